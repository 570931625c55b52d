import { basename, join, resolve } from "node:path";
import { filesOf, repositoryOf, trustedArtifacts } from "../github";
import { githubOf } from "./github-access";
import { writePrivate } from "./private-file";
import type { Surroundings } from "./session";

export interface GitHubArtifactOptions {
  readonly name: string;
  /** Path of the workflow that makes it, on the default branch. */
  readonly workflow: string;
  readonly out: string;
}

/** `github artifact`: the newest artifact of a name that a workflow of the default branch made. None is no error. */
export async function githubArtifactCommand(
  { name, workflow, out }: GitHubArtifactOptions,
  { env, directory, terminal }: Surroundings,
): Promise<number> {
  const github = githubOf(env);
  const trusted = { workflow, events: ["workflow_run", "schedule"] } as const;
  for await (const artifact of trustedArtifacts(github, name, trusted, await repositoryOf(github))) {
    const files = await filesOf(github, artifact, (path) => !path.endsWith("/"));
    for (const [path, text] of files) await writePrivate(join(resolve(directory, out), basename(path)), text);
    terminal.result(`${name} of ${artifact.created_at}: ${files.size} files.\n`);
    return 0;
  }
  terminal.result(`No ${name} was made by ${workflow} on the default branch, or none is kept any more.\n`);
  return 0;
}

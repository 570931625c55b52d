import { z } from "zod";
import { refused, type GitHub } from "./client";
import { shaSchema, type Repository } from "./pull-request";
import { unzipped } from "./zip";

const artifactSchema = z.looseObject({
  id: z.int(),
  name: z.string(),
  expired: z.boolean(),
  created_at: z.string(),
  workflow_run: z.looseObject({ id: z.int() }).nullish(),
});
export type Artifact = z.infer<typeof artifactSchema>;

export const runSchema = z.looseObject({
  id: z.int(),
  event: z.string(),
  path: z.string(),
  head_sha: shaSchema,
  head_branch: z.string().nullable(),
  created_at: z.string(),
  conclusion: z.string().nullable(),
  repository: z.looseObject({ id: z.int() }),
  head_repository: z.looseObject({ id: z.int(), owner: z.looseObject({ login: z.string() }) }).nullable(),
});
export type WorkflowRun = z.infer<typeof runSchema>;

/** https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run */
export async function runOf(github: GitHub, id: number): Promise<WorkflowRun> {
  return await github.get(github.repo(`/actions/runs/${id}`), runSchema);
}

/** Artifacts of one run that have a name: https://docs.github.com/en/rest/actions/artifacts#list-workflow-run-artifacts. */
export async function artifactsOfRun(github: GitHub, run: number, name: string): Promise<Artifact[]> {
  const route = github.repo(`/actions/runs/${run}/artifacts?name=${encodeURIComponent(name)}`);
  return (await github.list(route, artifactSchema, "artifacts")).filter(
    (artifact) => artifact.name === name && !artifact.expired,
  );
}

/** Which workflow's word counts. */
export interface Trusted {
  /** Path of its file: `.github/workflows/plan.yml`. */
  readonly workflow: string;
  /** What may have started it. A pull request's events are never among them: they run the pull request's own workflow. */
  readonly events: readonly ("workflow_run" | "schedule")[];
}

/**
 * Artifacts of a name that were made by a workflow of the default branch, newest first. Whoever opens a pull request can upload an artifact of
 * any name; what started the run tells whose code made it: `workflow_run` and `schedule` run what is on the default branch
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows).
 */
export async function* trustedArtifacts(
  github: GitHub,
  name: string,
  { workflow, events }: Trusted,
  repository: Repository,
): AsyncGenerator<Artifact> {
  const route = github.repo(`/actions/artifacts?name=${encodeURIComponent(name)}`);
  const found = (await github.list(route, artifactSchema, "artifacts"))
    .filter((artifact) => artifact.name === name && !artifact.expired)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  const runs = new Map<number, WorkflowRun>();
  for (const artifact of found) {
    if (artifact.workflow_run == null) continue;
    const { id } = artifact.workflow_run;
    const run = runs.get(id) ?? (await runOf(github, id));
    runs.set(id, run);
    const isOurs = run.repository.id === repository.id && run.head_repository?.id === repository.id;
    const started = events.some((event) => event === run.event);
    // What a run that was cancelled has uploaded, it may never have shown.
    if (isOurs && started && run.conclusion === "success" && run.path.split("@")[0] === workflow)
      yield artifact;
  }
}

/** The largest plan of an organization of 40,000 memberships has about 20 MB. */
const LIMITS = { entries: 5000, entryBytes: 64 * 1024 * 1024, totalBytes: 100 * 1024 * 1024 };

/** The files of an artifact that are wanted, by their path in it: https://docs.github.com/en/rest/actions/artifacts#download-an-artifact. */
export async function filesOf(
  github: GitHub,
  { id, name }: Artifact,
  wanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const what = `The artifact ${name} (${id})`;
  const zip = await github.download(github.repo(`/actions/artifacts/${id}/zip`));
  try {
    const text = new TextDecoder("utf8", { fatal: true });
    return new Map([...unzipped(zip, wanted, LIMITS)].map(([path, bytes]) => [path, text.decode(bytes)]));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw refused(
      what,
      `It cannot be unpacked: ${said}`,
      "Nothing of it was used. Run the job again that made it.",
    );
  }
}

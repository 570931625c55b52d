import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A repository with a state branch, as whoever sets it up makes it. */
export async function stateRepository(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = join(directory, "set-up");
  mkdirSync(folder);
  await git(folder, "init", "--quiet", "-b", "amplitude-access-state");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  await git(folder, "add", "--all");
  await git(folder, ...AUTHOR, "commit", "--quiet", "--message", "set up");
  await git(folder, "clone", "--quiet", "--bare", ".", join(directory, "set-up.git"));
  return join(directory, "set-up.git");
}

const AUTHOR = ["-c", "user.name=test", "-c", "user.email=test@acme.com"];

/** Runs a program to its end. */
export async function child(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; said: string }> {
  return await new Promise((done) => {
    execFile(program, [...args], { cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      done({ code, said: `${stdout}${stderr}` });
    });
  });
}

/** Runs git, which must end well. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  // Without its template: a dozen sample files in every clone.
  const env = { PATH: process.env["PATH"] ?? "", HOME: cwd, GIT_TEMPLATE_DIR: "" };
  const { code, said } = await child("git", args, cwd, env);
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${said}`);
  return said;
}

import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildProvider, EXECUTABLE, PROGRAM } from "./build-provider";
import { lifeWithoutNode } from "./executable-life";

/**
 * `npm run build:executable`: the Terraform provider and the Node that runs this script as one file, for workers that have no Node. linux_amd64
 * only: other platforms need a Node of theirs, and signatures. `-- --check`: runs a stack's life with it, with no Node on the PATH.
 */

const FOLDER = join(__dirname, "..", "lib", "executable");
/** Where Node looks for a program inside of itself: https://nodejs.org/api/single-executable-applications.html. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

function build(): string {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      `Cannot build the executable on ${process.platform} ${process.arch}: only linux_amd64 is made today. Run this there.`,
    );
  }
  const work = mkdtempSync(join(tmpdir(), "amplitude-executable-"));
  try {
    buildProvider(join(work, "provider"), { files: 1 });
    const [config, blob] = [join(work, "sea.json"), join(work, "provider.blob")];
    // Relative: it is kept in the file, and is not to differ from build to build.
    const main = join("provider", PROGRAM);
    writeFileSync(config, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
    execFileSync(process.execPath, ["--experimental-sea-config", config], {
      cwd: work,
      stdio: "ignore",
    });
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    const file = join(FOLDER, EXECUTABLE);
    copyFileSync(process.execPath, file);
    chmodSync(file, 0o755);
    // Before anything is put into it: afterwards it would be taken out. A Node without symbols has nothing to lose.
    spawnSync("strip", [file], { stdio: "ignore" });
    const postject = require.resolve("postject/dist/cli.js");
    execFileSync(process.execPath, [postject, file, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE], {
      // It warns of sections that it does not need.
      stdio: "ignore",
    });
    return file;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The PATH without any folder that has a Node. */
function pathWithoutNode(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, "node"))).join(delimiter);
}

async function main(): Promise<void> {
  const file = build();
  console.log(`${file}: ${Math.round(statSync(file).size / 2 ** 20)} MiB`);
  if (process.argv.includes("--check")) await lifeWithoutNode(file, pathWithoutNode());
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

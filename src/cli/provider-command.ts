import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { version } from "../api";
import { withoutCredentials } from "./foreign-command";
import { addressIn, impliedMirror, notInstallable, packageFolder, SOURCE } from "./provider-mirror";
import type { Surroundings } from "./session";

export interface ProviderOptions {
  /** A mirror other than the one that is searched without configuration. */
  readonly directory?: string | undefined;
  /** The folder that `npm run build:provider` made, instead of the one that comes with the package. */
  readonly bundle?: string | undefined;
}

/** Where the bundle is: beside the compiled CLI, or in `lib` of a clone. */
const PLACES = [join(__dirname, "..", "provider"), join(__dirname, "..", "..", "lib", "provider")];

const hasBundle = (folder: string): boolean => existsSync(join(folder, "provider.cjs"));

/** `provider install`: puts the Terraform provider where terraform and tofu look for it. */
export function providerInstallCommand(
  { directory, bundle = PLACES.find(hasBundle) }: ProviderOptions,
  { env, terminal, directory: here }: Surroundings,
): number {
  const refuse = (reason: string): number => {
    terminal.note(`Cannot install the Terraform provider: ${reason}`);
    return 1;
  };
  const impossible = notInstallable(process.platform);
  if (impossible !== undefined) return refuse(impossible);
  if (bundle === undefined)
    return refuse(
      "this copy of amplitude-access has no lib/provider. In a clone, run `npm run build:provider` first.",
    );
  const addresses = ["terraform", "tofu"].flatMap((binary) => {
    const address = addressOf(binary, env);
    return address === undefined ? [] : [{ binary, address }];
  });
  if (addresses.length === 0)
    return refuse(
      "neither terraform nor tofu on the PATH tells where its providers come from. Install one of them, see that `terraform version` works, and run this again.",
    );
  const mirror = directory === undefined ? impliedMirror(env["HOME"] ?? homedir()) : resolve(here, directory);
  for (const { binary, address } of addresses) {
    const { platform, arch: architecture } = process;
    const target = packageFolder(mirror, { address, version, platform, architecture });
    const outcome = install(bundle, target);
    terminal.result(`${binary}: version ${version} ${outcome}: ${target}\n`);
    if (outcome === "replaced")
      terminal.note(
        "It differs from what was there under this version: a .terraform.lock.hcl that names it refuses it until its entry is made anew by `terraform init`.",
      );
  }
  return 0;
}

/** The provider's address with the host of the binary's own registry; undefined where there is no such binary. */
function addressOf(binary: string, env: Surroundings["env"]): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "amplitude-provider-"));
  try {
    writeFileSync(
      join(folder, "main.tf"),
      `terraform {\n  required_providers {\n    amplitude = { source = ${JSON.stringify(SOURCE)} }\n  }\n}\n`,
    );
    writeFileSync(join(folder, "empty.tfrc"), "");
    const { stdout, error } = spawnSync(binary, ["providers"], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...withoutCredentials(env),
        TF_CLI_CONFIG_FILE: join(folder, "empty.tfrc"),
        CHECKPOINT_DISABLE: "1",
      },
    });
    return error === undefined ? addressIn(stdout) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Copies file by file, the same bytes and modes on every machine: a lock file knows the whole folder by one hash. */
function install(bundle: string, target: string): "installed" | "replaced" | "is there already" {
  const before = existsSync(target);
  if (before && contentsOf(target) === contentsOf(bundle)) return "is there already";
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  const made = mkdtempSync(join(parent, ".new-"));
  try {
    for (const name of readdirSync(bundle)) {
      copyFileSync(join(bundle, name), join(made, name));
      chmodSync(join(made, name), statSync(join(bundle, name)).mode & 0o100 ? 0o755 : 0o644);
    }
    chmodSync(made, 0o755);
    rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return before ? "replaced" : "installed";
}

function contentsOf(folder: string): string {
  const names = readdirSync(folder).sort();
  return JSON.stringify(names.map((name) => [name, readFileSync(join(folder, name), "base64")]));
}

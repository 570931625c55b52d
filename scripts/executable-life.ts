import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { version } from "../src/api";
import { packageFolder, addressIn, SOURCE } from "../src/cli/provider-mirror";
import { startEmulator } from "../src/emulator";

/** What `npm run build:executable -- --check` does with the file that it made. */

const requirement = `terraform {\n  required_providers {\n    amplitude = { source = "${SOURCE}" }\n  }\n}\n`;
const stack = (members: string): string => `${requirement}
provider "amplitude" {
  org_id = "7"
}
resource "amplitude_user" "jo" {
  email = "jo@nova.agency"
}
resource "amplitude_group" "nova" {
  name                = "agency-nova"
  members             = [${members}]
  deletion_protection = false
}
`;

/**
 * init, plan, apply, an empty plan, an update and a destroy with the executable as the only provider. @throws Error at the first that ends otherwise
 *
 * @param path a PATH without Node; terraform itself is linked from wherever it is
 */
export async function lifeWithoutNode(executable: string, path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "amplitude-life-"));
  const credentials = { scimKey: "scim", orgApiKey: "org", orgSecretKey: "secret", token: "token" };
  const emulator = await startEmulator({
    seed: {
      format: "amplitude-emulator/1",
      organization: { id: 7, name: "Acme" },
      people: [{ email: "sam@nova.agency" }],
      credentials,
    },
  });
  try {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const terraform = spawnSync("sh", ["-c", "command -v terraform || command -v tofu"], {
      encoding: "utf8",
    });
    if (terraform.stdout.trim() === "")
      throw new Error("Cannot check the executable: neither terraform nor tofu is on the PATH.");
    symlinkSync(terraform.stdout.trim(), join(bin, "terraform"));
    writeFileSync(join(folder, "empty.tfrc"), "");
    const env = {
      PATH: [bin, path].join(delimiter),
      HOME: folder,
      TF_CLI_CONFIG_FILE: join(folder, "empty.tfrc"),
      CHECKPOINT_DISABLE: "1",
      AMPLITUDE_SCIM_KEY: credentials.scimKey,
      AMPLITUDE_ORG_API_KEY: credentials.orgApiKey,
      AMPLITUDE_ORG_SECRET_KEY: credentials.orgSecretKey,
      AMPLITUDE_BASE_URL: emulator.url,
    };
    if (spawnSync("node", ["--version"], { env }).error === undefined)
      throw new Error("Cannot check the executable: there is still a Node on the PATH that it was given.");
    const run = (expected: number, ...args: readonly string[]): Promise<string> =>
      ended(expected, args, { cwd: folder, env });

    writeFileSync(join(folder, "main.tf"), stack('"jo@nova.agency"'));
    const address = addressIn(await run(0, "providers"));
    if (address === undefined) throw new Error("Cannot check the executable: terraform tells no address.");
    const target = packageFolder(join(folder, ".terraform.d", "plugins"), {
      address,
      version,
      platform: process.platform,
      architecture: process.arch,
    });
    mkdirSync(target, { recursive: true });
    copyFileSync(executable, join(target, basename(executable)));
    chmodSync(join(target, basename(executable)), 0o755);

    await run(0, "init", "-input=false");
    await run(2, "plan", "-detailed-exitcode");
    await run(0, "apply", "-auto-approve");
    await run(0, "plan", "-detailed-exitcode");
    writeFileSync(join(folder, "main.tf"), stack('"jo@nova.agency", "sam@nova.agency"'));
    await run(0, "apply", "-auto-approve");
    await run(0, "plan", "-detailed-exitcode");
    const members = emulator.emulator.state().groups.flatMap((group) => group.members);
    if (members.length !== 2) throw new Error(`The group has ${members.join(", ")} and not both members.`);
    await run(0, "destroy", "-auto-approve");
    if (emulator.emulator.state().groups.length > 0) throw new Error("The group outlived destroy.");
    console.log("init, plan, apply, update and destroy passed with no Node on the PATH");
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(
  expected: number,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> {
  const child = spawn("terraform", args, options);
  let said = "";
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end();
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code === expected) return printed;
  throw new Error(`terraform ${args.join(" ")} ended with ${code}, not ${expected}:\n${printed}\n${said}`);
}

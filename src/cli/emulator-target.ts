import { resolve } from "node:path";
import type { Environment, ReadPrivateText } from "../api";
import { createEmulator, exampleSeed, parseSeed, projectKeysText, SeedError, type Seed } from "../emulator";
import type { Desired } from "../reconcile";
import { DiagnosticError, problem } from "../schema";
import { readNeeded, writePrivate } from "./private-file";

/** An organization that lives in this process. */
export interface EmulatorTarget {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Credentials and address, as a shell would set them for a server. */
  readonly env: Environment;
  /** The file of project keys that `env` names: there is none on disk. */
  readonly readText: ReadPrivateText;
  readonly basePath: string | undefined;
  /** Writes the organization to the file that it came from. */
  keep(): Promise<void>;
}

/** Never resolved: requests are answered in this process. */
const ADDRESS = "http://127.0.0.1";

/**
 * `--emulator` alone: the example organization under the stack's id, for one command. With a file: the organization that the
 * seed describes, which is written back at the end, with its base beside it.
 */
export async function emulatorTarget(
  option: string | true,
  desired: Desired,
  directory: string,
  surrounding: Environment,
): Promise<EmulatorTarget> {
  const path = option === true ? undefined : resolve(directory, option);
  const seed = path === undefined ? exampleFor(desired) : await seedAt(path, desired);
  const emulator = createEmulator(seed, { clock: "virtual" });
  const prefix = desired.credentials === undefined ? "AMPLITUDE_" : `AMPLITUDE_${desired.credentials}_`;
  const { credentials, switches } = emulator.state();
  const { scimKey, orgApiKey, orgSecretKey, token } = credentials;
  return {
    fetch: (request) => emulator.fetch(request),
    env: {
      ...kept(surrounding, ["AMPLITUDE_ACCESS_READ_ONLY", `${prefix}ORG_ID`, `${prefix}REGION`]),
      [`${prefix}BASE_URL`]: ADDRESS,
      [`${prefix}SCIM_KEY`]: scimKey,
      [`${prefix}ORG_API_KEY`]: orgApiKey,
      [`${prefix}ORG_SECRET_KEY`]: orgSecretKey,
      [`${prefix}TOKEN`]: token,
      ...(switches.management === "served" ? { [`${prefix}MANAGEMENT_URL`]: ADDRESS } : {}),
      [`${prefix}PROJECT_KEYS_FILE`]: "the emulator's",
      AMPLITUDE_EMULATOR_CLOCK: "1",
    },
    readText: () => ({ text: projectKeysText(emulator.state()) }),
    basePath: path?.replace(/(\.json)?$/, ".base.json"),
    async keep() {
      if (path !== undefined) await writePrivate(path, `${JSON.stringify(emulator.state(), undefined, 2)}\n`);
    },
  };
}

/** What holds for every organization; the credentials of a real one stay out. */
function kept(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}

/** A seed that can be this stack's organization. */
async function seedAt(path: string, { region }: Desired): Promise<Seed> {
  let seed;
  try {
    seed = parseSeed(await readNeeded(path, "seed"));
  } catch (error) {
    if (error instanceof SeedError)
      throw new DiagnosticError([problem(`Cannot use the seed ${path}`, error.message)]);
    throw error;
  }
  if (seed.organization.region === region) return seed;
  throw new DiagnosticError([
    problem(
      `Cannot use the seed ${path}`,
      `Its organization is of the region ${seed.organization.region}, and the stack of ${region}. Correct one of them.`,
    ),
  ]);
}

/** The example, as the organization that the stack names; keys of its region follow from it. */
function exampleFor({ orgId, region }: Desired): Seed {
  const { credentials: _credentials, ...example } = exampleSeed;
  return { ...example, organization: { ...example.organization, id: Number(orgId), region } };
}

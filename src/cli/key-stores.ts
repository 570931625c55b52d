import { constants } from "node:fs";
import { access, lstat, readFile } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { quote, type Environment, type Secret } from "../api";
import type { NewKey } from "../resources";
import { runWithInput, withoutCredentials } from "./foreign-command";

const storesSchema = z.record(z.string(), z.tuple([z.string().min(1)], z.string()));
type Stores = z.infer<typeof storesSchema>;

/** How long a command may take to put one value away, in milliseconds. */
const PATIENCE = 60_000;

/** The operator's stores: a JSON file from labels to commands, each a list of words that no shell reads. */
export class KeyStores {
  readonly #path: string;
  readonly #named: string;
  readonly #env: Environment;
  #stores: Promise<Stores | { readonly refusal: string }> | undefined;

  /** @param variable the environment variable that names the file, for messages */
  constructor(path: string, variable: string, env: Environment) {
    this.#path = path;
    this.#named = `${path} (${variable})`;
    this.#env = env;
  }

  /** Whether the file names the store; a file that cannot be used names every store, and refuses it. */
  async has(store: string): Promise<boolean> {
    const stores = await this.#read();
    return isRefusal(stores) || Object.hasOwn(stores, store);
  }

  /** Why nothing can be put there, as a sentence; undefined when it can. */
  async refusal(store: string): Promise<string | undefined> {
    const found = await this.#commandOf(store);
    return isRefusal(found) ? found.refusal : undefined;
  }

  /** Runs the store's command with the value, and nothing else, on its standard input. Throws when it does not end well. */
  async put(store: string, key: NewKey, value: Secret): Promise<void> {
    const found = await this.#commandOf(store);
    if (isRefusal(found)) throw new Error(found.refusal);
    const { ended, said } = await runWithInput(found, value.reveal(), {
      cwd: dirname(this.#path),
      env: { ...withoutCredentials(this.#env), ...described(key) },
      patience: PATIENCE,
    });
    if (ended === undefined) return;
    const shown = quote(said, [value]);
    throw new Error(`the command of the store ${store} ${ended}${shown === "" ? "" : ` and said: ${shown}`}`);
  }

  async #commandOf(store: string): Promise<readonly [string, ...string[]] | { readonly refusal: string }> {
    const stores = await this.#read();
    if (isRefusal(stores)) return stores;
    const command = Object.hasOwn(stores, store) ? stores[store] : undefined;
    if (command === undefined) return { refusal: `${this.#named} names no store ${store}.` };
    const [program, ...args] = command;
    for (const candidate of this.#candidates(program))
      if (await isRunnable(candidate)) return [candidate, ...args];
    return {
      refusal: `${program}, the command of the store ${store}, cannot be run. Correct ${this.#named}.`,
    };
  }

  /** A path is seen from the file, never from the folder of the stack, which a pull request can write. */
  #candidates(program: string): string[] {
    if (program.includes("/")) return [resolve(dirname(this.#path), program)];
    return (this.#env["PATH"] ?? "")
      .split(delimiter)
      .filter((folder) => isAbsolute(folder))
      .map((folder) => join(folder, program));
  }

  #read(): Promise<Stores | { readonly refusal: string }> {
    return (this.#stores ??= readStores(this.#path, this.#named));
  }
}

/** Whoever can write the file decides who gets the keys. */
async function readStores(path: string, named: string): Promise<Stores | { readonly refusal: string }> {
  try {
    const state = await lstat(path);
    if (!state.isFile()) return { refusal: `${named} is not a file. Name one, not a link or a folder.` };
    const me = process.getuid?.();
    if (me !== undefined && state.uid !== 0 && state.uid !== me)
      return { refusal: `${named} is somebody else's. It decides who gets keys: make it your own.` };
    if (me !== undefined && (state.mode & 0o022) !== 0)
      return { refusal: `${named} can be written by others. It decides who gets keys: chmod go-w it.` };
    const parsed = storesSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    if (parsed.success) return parsed.data;
    const example = `{"nova-vault": ["put-into-vault", "nova"]}`;
    return {
      refusal: `${named} is no map from stores to commands, ${example}: ${z.prettifyError(parsed.error)}.`,
    };
  } catch (error) {
    return { refusal: `Cannot use ${named}: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function isRefusal(found: object): found is { readonly refusal: string } {
  return "refusal" in found && typeof found.refusal === "string";
}

async function isRunnable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** What a command may file the value under; none of it is secret. */
function described({ label, keyType, project = "", generation, id }: NewKey): Record<string, string> {
  return {
    AMPLITUDE_NEW_KEY_LABEL: label,
    AMPLITUDE_NEW_KEY_TYPE: keyType,
    AMPLITUDE_NEW_KEY_PROJECT: project,
    AMPLITUDE_NEW_KEY_GENERATION: String(generation),
    AMPLITUDE_NEW_KEY_ID: id,
  };
}

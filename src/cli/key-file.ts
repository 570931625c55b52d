import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { Secret } from "../api";
import type { NewKey } from "../resources";
import { removeFile } from "./private-file";

/** A new file that values of new keys are appended to, one JSON object a line; only its owner may read it. */
export class KeyFile {
  readonly #path: string;
  #file: FileHandle | undefined;
  #refusal: string | undefined;
  #written = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Makes the file, when first asked. Why it cannot be used, as a sentence; undefined when it can. */
  async refusal(): Promise<string | undefined> {
    if (this.#file !== undefined || this.#refusal !== undefined) return this.#refusal;
    try {
      // Never one that is there: its mode, and who has it open, are somebody else's.
      this.#file = await open(this.#path, "wx", 0o600);
      await syncFolder(dirname(this.#path));
    } catch (error) {
      const exists = (error as { code?: unknown }).code === "EEXIST";
      const said = error instanceof Error ? error.message : String(error);
      this.#refusal = exists
        ? `${this.#path} is there already. Name a file that is not: keys of an earlier run may be in it.`
        : `Cannot make ${this.#path}: ${said}. Check the path and its permissions.`;
    }
    return this.#refusal;
  }

  /** The value is on disk when it returns. */
  async put({ label, keyType, project, generation, id }: NewKey, value: Secret): Promise<void> {
    const refusal = await this.refusal();
    if (this.#file === undefined) throw new Error(refusal);
    this.#written = true;
    const line = { label, type: keyType, project, generation, id, value: value.reveal() };
    await this.#file.writeFile(`${JSON.stringify(line)}\n`);
    await this.#file.sync();
  }

  /** A file that nothing was written to goes again. */
  async close(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.close();
    this.#file = undefined;
    if (!this.#written) await removeFile(this.#path);
  }
}

/** The file's name survives a power cut too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

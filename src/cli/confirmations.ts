import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseConfirmation, type Confirmation } from "../reconcile";
import { readNeeded, unusable } from "./private-file";

/** Where reviewed confirmations are, unless --confirmations says otherwise. */
export const CONFIRMATIONS = "confirmations";

/** Every confirmation of a folder; none where there is no folder. Throws DiagnosticError for a file that cannot be used. */
export async function readConfirmations(folder: string, organization: string): Promise<Confirmation[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw unusable("read", folder, error);
  }
  const files = names.filter((name) => name.endsWith(".json")).sort();
  return await Promise.all(
    files.map(async (name) => {
      const path = join(folder, name);
      return parseConfirmation(await readNeeded(path, "confirmation"), path, organization);
    }),
  );
}

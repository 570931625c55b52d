import { seedSchema, type State } from "./schema";
import { referenceProblems } from "./references";
import { SeedError, zodProblems } from "./seed-error";

/** Reads a seed from JSON text. Throws SeedError with every problem and its path. */
export function parseSeed(text: string): State {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new SeedError([`(root): not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return checkSeed(document);
}

/** Checks a document against the seed's format and its own cross-references. Throws SeedError. */
export function checkSeed(document: unknown): State {
  const parsed = seedSchema.safeParse(document);
  if (!parsed.success) throw new SeedError(zodProblems(parsed.error));
  const problems = referenceProblems(parsed.data);
  if (problems.length > 0) throw new SeedError(problems);
  return parsed.data;
}

import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  openingOf,
  parseApprovedBy,
  parseConfirmation,
  parseGuardApproval,
  reviewedDigest,
  type ApprovedBy,
  type Confirmation,
  type Opening,
} from "../reconcile";
import { readNeeded, unusable } from "./private-file";

/** Where reviewed files are, unless an option says otherwise. */
export const CONFIRMATIONS = "confirmations";
export const APPROVALS = "approvals";

/** Where to look. */
export interface ReviewedPlaces {
  readonly directory: string;
  readonly organization: string;
  readonly confirmations?: string | undefined;
  readonly approvals?: string | undefined;
  /** What trusted code found approved. */
  readonly approvedBy?: string | undefined;
}

/** What reviewed files say, as far as it counts. */
export interface Reviewed {
  readonly confirmations: readonly Confirmation[];
  readonly openings: readonly Opening[];
  readonly approvedBy?: ApprovedBy;
  /** What is there and does not count, in words. */
  readonly notes: readonly string[];
}

/**
 * Reads confirmations and approvals. Whether an approval counts is not for the file to say: only where `--approved-by` names its digest.
 * A confirmation counts without that list; where there is one, only if it is named too.
 *
 * @throws DiagnosticError for a file that cannot be used
 */
export async function readReviewed(places: ReviewedPlaces): Promise<Reviewed> {
  const { directory, organization, approvedBy: listed } = places;
  const path = listed === undefined ? undefined : resolve(directory, listed);
  const approvedBy =
    path === undefined
      ? undefined
      : parseApprovedBy(await readNeeded(path, "list of what is approved"), path, organization);
  const named = new Set(approvedBy?.files.map(({ digest }) => digest));
  const confirmed = await jsonFiles(
    resolve(directory, places.confirmations ?? CONFIRMATIONS),
    "confirmation",
  );
  const approvals = await jsonFiles(resolve(directory, places.approvals ?? APPROVALS), "approval");
  const counts = ({ text }: ReviewedFile): boolean => named.has(reviewedDigest(text));
  const notes: string[] = [];
  const confirmations = confirmed.flatMap((file) => {
    const confirmation = parseConfirmation(file.text, file.path, organization);
    if (approvedBy === undefined || counts(file)) return [confirmation];
    notes.push(`${file.name} does not count: --approved-by does not name it as it is.`);
    return [];
  });
  const openings = approvals.map((file) => {
    const approval = parseGuardApproval(file.text, file.path, organization);
    return openingOf(approval, file.name, counts(file) ? undefined : lack(approvedBy));
  });
  return { confirmations, openings, notes, ...(approvedBy === undefined ? {} : { approvedBy }) };
}

function lack(approvedBy: ApprovedBy | undefined): string {
  return approvedBy === undefined
    ? "it counts only where --approved-by names it, once it was reviewed"
    : "--approved-by does not name it as it is";
}

interface ReviewedFile {
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Names of the JSON files of a folder; none where there is no folder. Throws DiagnosticError. */
export async function namesOfReviewed(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw unusable("read", folder, error);
  }
}

async function jsonFiles(folder: string, what: string): Promise<ReviewedFile[]> {
  return await Promise.all(
    (await namesOfReviewed(folder)).map(async (name) => {
      const path = join(folder, name);
      return { name, path, text: await readNeeded(path, what) };
    }),
  );
}

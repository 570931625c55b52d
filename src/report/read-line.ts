import type { Plan } from "../reconcile";
import { counted, number } from "./count";

/** More ids than this are counted where they are told. */
const SHOWN = 5;

/** The proof of the read in one line: `Read 09:14:02 UTC, complete: 3,041 people, 142 groups, 318 role assignments (37 requests)`. */
export function readLine({
  proofs,
  discrepancies = [],
  unlistedProjects = [],
  failed = [],
}: Pick<Plan, "proofs"> & Partial<Pick<Plan, "discrepancies" | "unlistedProjects" | "failed">>): string {
  if (proofs.length === 0) return "Nothing could be read: there is no credential.";
  const ended =
    proofs
      .map(({ endedAt }) => endedAt)
      .sort()
      .at(-1) ?? "";
  const rows = proofs.map(({ collection, rows: count, total }) => {
    const of = total === undefined || total === count ? "" : ` of ${number(total)}`;
    return `${number(count)}${of} ${count === 1 && of === "" ? singular(collection) : collection}`;
  });
  const requests = proofs.reduce((sum, proof) => sum + proof.requests, 0);
  const lacking =
    unlistedProjects.length === 0
      ? failed.length === 0
        ? "complete"
        : "not complete (see Not checked)"
      : `not complete (the list of projects lacks ${unlistedProjects
          .map(({ id }) => id)
          .slice(0, SHOWN)
          .join(", ")})`;
  return `Read ${ended.slice(0, 19).replace("T", " ")} UTC, ${discrepancies.length === 0 ? lacking : "but the lists do not fit together"}: ${rows.join(", ")} (${counted(requests, "request")})`;
}

/** `1 person`, `1 group id`, `1 user property of project 501` */
const singular = (collection: string): string =>
  collection === "people"
    ? "person"
    : collection.replace(/^(.*?)(ies|s)(?= of |$)/, (_, stem: string, end: string) =>
        end === "ies" ? `${stem}y` : stem,
      );

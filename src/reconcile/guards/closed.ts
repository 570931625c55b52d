import type { Guard } from "./guard";

/** Whether a guard holds its steps back. */
export function isClosed({ verdict }: Pick<Guard, "verdict">): boolean {
  return verdict === "holds" || verdict === "unjudged";
}

import type { Organization } from "../access";
import type { Base } from "./base/base";

/** Who was removed by somebody else, now or before an earlier run. */
export function removedOutside(base: Base, live: Organization): string[] {
  const removed = new Set(base.removed);
  const known = new Set([...base.removedOutside, ...base.present]);
  return [...known].filter((email) => !removed.has(email) && live.person(email) === undefined).sort();
}

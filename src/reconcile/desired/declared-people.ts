import { canonicalEmail } from "../../access";
import type { Desired } from "./desired";
import type { Instance } from "../instance";

/** Everybody whom some declaration names, as canonical e-mails. */
export function declaredPeople(desired: Desired, instances: readonly Instance[]): Set<string> {
  const { admins, breakGlass, operator } = desired.policy;
  const named = new Set(
    [...admins, ...breakGlass, ...(operator === undefined ? [] : [operator])].map(canonicalEmail),
  );
  for (const { naming, current } of instances) {
    if (current !== undefined) for (const email of naming.present) named.add(canonicalEmail(email));
  }
  return named;
}

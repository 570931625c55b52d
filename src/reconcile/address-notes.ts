import { canonicalEmail, type Organization } from "../access";
import { addressSlips } from "./address-slips";
import type { Base } from "./base/base";
import { knownPeople } from "./base/known-people";
import type { Refusal } from "./refusal";
import type { LiveStep } from "./step";

/** What an address is judged by: what the plan invites, what it cannot do, and whom the state has seen. */
export interface NamedPeople {
  /** E-mails. */
  readonly invitations: readonly string[];
  readonly steps: readonly LiveStep[];
  readonly refusals: readonly Refusal[];
  readonly live: Organization;
  readonly base: Base;
}

/** Addresses that are new here and differ by a letter from one that is there, in words. */
export function addressNotes({ invitations, steps, refusals, live, base }: NamedPeople): string[] {
  const refused = new Set(
    refusals.flatMap(({ rule, steps: ids = [] }) => (rule === "not possible" ? ids : [])),
  );
  const named = steps.flatMap(({ step }) => (refused.has(step.id) ? step.people : []));
  const invited = new Set(invitations.map(canonicalEmail));
  const wanted = new Set([...invited, ...named.map(canonicalEmail)]);
  if (wanted.size === 0) return [];
  const known = knownPeople(base);
  for (const email of wanted) if (known.has(email) || live.person(email) !== undefined) wanted.delete(email);
  if (wanted.size === 0) return [];
  const slips = addressSlips(
    wanted,
    [...live.people()].map(({ email }) => canonicalEmail(email)),
  );
  return [...slips].map(([email, near]) => {
    const there = near.join(" and ");
    const says = invited.has(email)
      ? `The plan invites ${email}, and`
      : `${email} is not in the organization, and`;
    return `${says} ${there} ${near.length === 1 ? "is" : "are"} there: correct the address if ${near.length === 1 ? there : "one of them"} is meant.`;
  });
}

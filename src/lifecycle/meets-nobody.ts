import { canonicalEmail, type Organization } from "../access";
import type { Kind } from "../resources";
import { problem, type Diagnostic } from "../schema";
import { nearest } from "../schema/nearest";
import type { Values } from "./compare";
import type { LiveReads } from "./live-reads";

/** Canonical addresses of everybody who is there, or holds something all the same. */
function addressesIn(live: Organization): Set<string> {
  const addresses = new Set<string>();
  for (const { email } of live.people()) addresses.add(canonicalEmail(email));
  for (const { members } of live.groups()) for (const email of members) addresses.add(email);
  for (const { principal } of [...live.grants(), ...live.modules()])
    if (principal.type === "user") addresses.add(principal.id);
  return addresses;
}

/** The addresses nearest to one that nobody has. */
export function nearestAddresses(email: string, live: Organization): string[] {
  return nearest(canonicalEmail(email), addressesIn(live));
}

/** Whether somebody of that address is there, or holds something all the same. */
export function hasTrace(live: Organization, email: string): boolean {
  const self = { type: "user", id: canonicalEmail(email) } as const;
  return (
    live.person(email) !== undefined ||
    live.groupsOf(email).length > 0 ||
    live.grantsOf(self).length > 0 ||
    live.modulesOf(self).length > 0
  );
}

/**
 * What a host that keeps state of its own says of a new line that takes everything from somebody and meets nobody. The whole list of people
 * is read only then. Throws ApiFailure, NotWhole.
 */
export async function absentWarnings(
  kind: Kind,
  config: Values,
  reads: Pick<LiveReads, "around" | "whole">,
): Promise<Diagnostic[]> {
  const { absent } = kind.names(config);
  if (absent.length === 0) return [];
  const live = await reads.around(kind, config, undefined);
  const unmet = absent.filter((email) => !hasTrace(live, email));
  if (unmet.length === 0) return [];
  const whole = await reads.whole(["people"]);
  return unmet.map((email) =>
    problem(
      `Nobody in the organization has the address ${email}`,
      `Nothing is taken from anybody for it.${meant(nearestAddresses(email, whole))} Correct the address if it is misspelt.`,
      { severity: "warning" },
    ),
  );
}

const meant = (near: readonly string[]): string =>
  near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;

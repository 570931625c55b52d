import type { Organization } from "../access";
import type { Lookup } from "../resources";
import { nearest } from "../schema/nearest";

const SHOWN = 10;

/** What Amplitude lists where a lookup finds nothing, the nearest names first: `Did you mean Web? Amplitude lists Web, App`; undefined: nothing. */
export function listedNames(lookup: Lookup, value: string, live: Organization): string | undefined {
  const known = lookup.known(live);
  if (known.length === 0) return undefined;
  const near = nearest(value, known);
  const question = near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `;
  const more = known.length > SHOWN ? `, and ${known.length - SHOWN} more` : "";
  return `${question}Amplitude lists ${known.slice(0, SHOWN).join(", ")}${more}`;
}

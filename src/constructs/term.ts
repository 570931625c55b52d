import type { Construct } from "constructs";
import type { Limit } from "./limit";
import type { Attempt } from "./stack-error";

/** Something inside of an engagement whose own end is written. */
export interface Inside {
  /** `the grant "jo@nova.agency on Web"` */
  readonly what: string;
  /** RFC 3339 */
  readonly until: string;
  readonly at: Construct;
}

/** What an engagement gives to everything inside of it, and what is inside so far. */
export interface Term {
  readonly name: string;
  readonly agency: string;
  /** E-mail domains of the agency, lower case. */
  readonly domains: ReadonlySet<string>;
  /** RFC 3339; for the record. */
  readonly from: string;
  /** RFC 3339 */
  readonly until: string;
  readonly declared: Attempt;
  /** People, service accounts and leavers by canonical e-mail. */
  readonly people: Map<string, Construct>;
  /** Groups by name. */
  readonly groups: Map<string, Construct>;
  readonly inside: Inside[];
}

/** What nothing inside of an engagement may outlive. */
export function limitOf(term: Term | undefined): Limit {
  return {
    until: term?.until,
    whose: `its engagement ${JSON.stringify(term?.name)}, which`,
    possessive: "the engagement's",
  };
}

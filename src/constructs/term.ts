import type { Construct } from "constructs";
import { domainOf } from "../schema";
import type { Limit } from "./limit";
import { canonical } from "./people";
import { StackError, type Attempt } from "./stack-error";

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
  /** Canonical e-mails of who is welcome although of no such domain; service accounts are. */
  readonly guests: Set<string>;
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

/**
 * Who is inside of an engagement is of the agency: a wrong domain is a stranger, or a typing error that invites one.
 *
 * @throws StackError when the address is of none of the domains, and no guest's
 */
export function admit(term: Term | undefined, attempt: Attempt, email: string): void {
  if (term === undefined || term.domains.has(domainOf(email)) || term.guests.has(canonical(email))) return;
  throw new StackError(
    attempt,
    `${email} is of none of the domains of the engagement ${JSON.stringify(term.name)}, ${[...term.domains].join(", ")}`,
    "Correct the address, add the domain to the engagement, or name the person in its `guests`.",
  );
}

/** The same for everybody whom the stack declares in a group. */
export function admitMembers(
  term: Term | undefined,
  attempt: Attempt,
  group: string,
  members: readonly { readonly group: string; readonly email: string }[],
): void {
  for (const member of members) if (member.group === group) admit(term, attempt, member.email);
}

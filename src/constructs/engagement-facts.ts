import type { Construct } from "constructs";
import { domainOf, email, string, type ValueType } from "../schema";
import { endOf, isLater, startOf } from "./end";
import { checked } from "./literal";
import { canonical } from "./people";
import { StackError, type Attempt } from "./stack-error";

/** The facts of an engagement: what the playbook wants recorded before access is granted ("Audit Requirements for Collaborators"). */
export interface EngagementProps {
  /** Who the collaborators work for. */
  readonly agency: string;
  /** E-mail domains of the agency; at least one. */
  readonly domains: readonly string[];
  /** Reference of the statement of work. */
  readonly sow: string;
  /** Reference of the signed data processing agreement (playbook, "Governance Checklist"). */
  readonly dpa: string;
  /** E-mail of who answers for it in the quarterly review. */
  readonly owner: string;
  /** When it begins, for the record: a date or a time with an offset. Nothing waits for it. */
  readonly from: string;
  /** When everything inside ends: a date (the end of that day in the stack's time zone) or a time with an offset. */
  readonly until: string;
  /** E-mails of people of none of the domains who may be inside all the same. */
  readonly guests?: readonly string[];
}

/** What people write where there is nothing yet. */
const NOTHING_SIGNED = /^(?:tb[acd]|to ?do|none|null|nil|no|n\/?a|pending|missing|open|unknown|[-–—?.x]+)$/i;

/** Reference of a signed document. */
export const signedReference: ValueType<string> = {
  ...string,
  name: "reference",
  check: (value) =>
    typeof value === "string" && NOTHING_SIGNED.test(value.trim())
      ? `${JSON.stringify(value)} is the reference of nothing that was signed`
      : string.check(value),
};

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u;

/** @throws StackError when one of the two is wrong, or the end is not after the start */
export function datesOf(
  attempt: Attempt,
  written: Pick<EngagementProps, "from" | "until">,
  timeZone: string,
): { from: string; until: string } {
  const from = startOf(attempt, "from", written.from, timeZone);
  const until = endOf(attempt, "until", written.until, timeZone);
  if (isLater(until, from)) return { from, until };
  throw new StackError(
    attempt,
    `its until ${written.until} is before its from ${written.from}`,
    "Correct one of the two dates.",
  );
}

/** @throws StackError when it cannot be the name of an engagement */
export function checkedName(scope: Construct, name: string): string {
  const attempt = { what: `the engagement ${JSON.stringify(name)}`, path: scope.node.path };
  checked(attempt, "name", name);
  if (NAME.test(name)) return name;
  throw new StackError(
    attempt,
    "its name has characters that an engagement's name must not have",
    "Use letters and digits, with blanks, dots, hyphens and underscores between them.",
  );
}

/** @throws StackError when there is no reference to a signed document */
export function signed(attempt: Attempt, field: "sow" | "dpa", value: string | undefined): void {
  if (value !== undefined && value.trim() !== "") return void checked(attempt, field, value, signedReference);
  const document = field === "sow" ? "statement of work (sow)" : "data processing agreement (dpa)";
  throw new StackError(
    attempt,
    `it has no ${document}`,
    `Write the reference of the signed document in \`${field}\`: no access is granted without one.`,
  );
}

/** @throws StackError when there is none, or one is no domain */
export function checkedDomains(attempt: Attempt, domains: readonly string[]): readonly string[] {
  if (domains.length === 0) {
    throw new StackError(attempt, "it has no domains", "Name the e-mail domains of the agency.");
  }
  for (const domain of domains) {
    checked(attempt, "domains", domain);
    const wrong = domainProblem(domain);
    if (wrong !== undefined)
      throw new StackError(attempt, `its domains are wrong: ${wrong}`, "Write them as nova.agency.");
  }
  return domains;
}

/** Why somebody cannot answer for an engagement: nobody reviews their own access. Undefined when they can. */
export function ownerProblem(
  owner: string,
  { domains, guests = [] }: Pick<EngagementProps, "domains" | "guests">,
): string | undefined {
  const inside =
    domains.some((domain) => domain.toLowerCase() === domainOf(owner)) ||
    guests.some((guest) => canonical(guest) === canonical(owner));
  return inside ? `${owner} is of the agency, and would review their own access` : undefined;
}

/** Why a text is no e-mail domain; undefined when it is one. */
export function domainProblem(domain: string): string | undefined {
  return email.check(`somebody@${domain}`) === undefined
    ? undefined
    : `${JSON.stringify(domain)} is not an e-mail domain`;
}

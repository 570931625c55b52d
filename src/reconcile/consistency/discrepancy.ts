import type { Effect, Email } from "../../access";
import { someOf } from "../some-of";

/** Rows that nobody understands, and what is not taken away because of them. */
export interface UnknownRowDoubt {
  /** Effects that change the list that the rows are of. */
  readonly effects: ReadonlySet<Effect["type"]>;
  /** Ids and addresses in the rows, in the form in which they are compared. */
  readonly mentions: ReadonlySet<string>;
  /** Whether one of them names nothing that another list has: then it may be about anything. */
  readonly mayBeAnything: boolean;
}

/** What is in doubt because of a discrepancy. A step rests on it when one of its effects is about any of this. */
export interface Doubt {
  /** Ids of groups of which it is not known who is in them. */
  readonly membersOf?: ReadonlySet<string>;
  /** Ids of groups that one list has and another lacks. */
  readonly groups?: ReadonlySet<string>;
  /** Names of groups that may be there although SCIM does not list them; "any" where the names are not known. */
  readonly newGroups?: ReadonlySet<string> | "any";
  /** No group of the one API can be told from another one in the other API. */
  readonly groupIds?: true;
  /** People of whom it is not known whether they are there. */
  readonly people?: ReadonlySet<Email>;
  /** People of whom no list says which role in the organization they have. */
  readonly organizationRolesOf?: ReadonlySet<Email>;
  /** Ids of projects on which somebody holds a role who cannot be told from the people. */
  readonly rolesOfPeopleOn?: ReadonlySet<string>;
  /** Ids of roles that no list names: what a grant of one of them gives is not known. */
  readonly roles?: ReadonlySet<string>;
  /** Roles by name have no id that is known. */
  readonly rolesByName?: true;
  /** Somebody in a group of whom two lists disagree, by `membershipKey`. */
  readonly memberships?: ReadonlySet<string>;
  /** A role on a project of which two lists disagree, by `holdingKey`. */
  readonly holdings?: ReadonlySet<string>;
  /** Rows that nobody understands: what could rest on them is not taken away. */
  readonly unknownRows?: UnknownRowDoubt;
}

/** Two lists of one organization that do not fit, or rows that name what no list has. */
export interface Discrepancy {
  /** What does not fit (`members`, `built-in roles`), once each: the guard `whole-read` judges it under this name. */
  readonly name: string;
  /** How many rows, groups or roles do not fit. */
  readonly count: number;
  /** One sentence with the lists by name, the number and an example. */
  readonly says: string;
  /** What it may come from, and what to do. */
  readonly advice: string;
  /** At most three: `602 agency-lumen`. */
  readonly examples: readonly string[];
  readonly doubt: Doubt;
}

const EXAMPLES = 3;

/** One discrepancy of everything that does not fit, or none where nothing is wrong. */
export function discrepancy(
  name: string,
  wrong: readonly string[],
  { says, advice, doubt }: Pick<Discrepancy, "says" | "advice" | "doubt">,
): Discrepancy[] {
  if (wrong.length === 0) return [];
  return [{ name, count: wrong.length, says, advice, examples: wrong.slice(0, EXAMPLES), doubt }];
}

/** At most three of them, and how many more. */
export function exampleText(all: readonly string[]): string {
  return someOf(all, EXAMPLES);
}

/** `1 group`, `3 groups` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

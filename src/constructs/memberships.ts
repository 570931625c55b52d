import type { Construct } from "constructs";
import { endWithin } from "./limit";
import type { Invited } from "./people";
import type { Attempt } from "./stack-error";
import { limitOf, type Term } from "./term";

/** One person in one group. */
export interface Membership {
  /** As written. */
  readonly email: string;
  /** RFC 3339, as written. */
  readonly until: string | undefined;
  /** What a remark about it belongs to. */
  readonly at: Construct;
  /** Told whenever it is known when it ends. */
  readonly settle: (end: string) => void;
}

/** When the members of one group end: when it is written, else with the person or the engagement, whichever is first. */
export class Memberships {
  readonly #all: { readonly membership: Membership; person: Invited | undefined }[] = [];
  #term: Term | undefined;

  constructor(
    private readonly attempt: Attempt,
    term: Term | undefined,
  ) {
    this.#term = term;
  }

  /**
   * @returns what to call when the stack invites the person
   * @throws StackError when it ends after the engagement
   */
  add(membership: Membership): (person: Invited) => void {
    const entry: { membership: Membership; person: Invited | undefined } = { membership, person: undefined };
    this.#all.push(entry);
    this.#settle(membership, undefined);
    this.#record(membership);
    return (person) => {
      entry.person = person;
      this.#settle(membership, person);
    };
  }

  /** @throws StackError when one of them ends after the engagement */
  engage(term: Term): void {
    this.#term = term;
    for (const { membership, person } of this.#all) {
      this.#settle(membership, person);
      this.#record(membership);
    }
  }

  #settle({ email, until, settle }: Membership, person: Invited | undefined): void {
    const own = { until: person?.until, whose: "the person, who", possessive: "the person's" };
    const end = endWithin(this.attempt, `the membership of ${email}`, until, [own, limitOf(this.#term)]);
    if (end !== undefined) settle(end);
  }

  #record({ email, until, at }: Membership): void {
    const what = `the membership of ${email}`;
    if (until !== undefined) this.#term?.inside.push({ what, until, at });
  }
}

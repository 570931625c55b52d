import { email } from "../schema";
import { checked } from "./literal";
import { StackError, type Attempt } from "./stack-error";

/** A person whom the stack itself invites. */
export interface Invited {
  readonly email: string;
  /** Their block, for `depends_on`. */
  readonly address: string;
  /** RFC 3339; undefined: no end. */
  readonly until: string | undefined;
}

/** Who the stack says is there, and who it says is not. E-mails are compared without case. */
export class People {
  readonly #present = new Map<string, Attempt>();
  readonly #left = new Map<string, Attempt>();
  readonly #invited = new Map<string, Invited>();
  readonly #waiting = new Map<string, ((person: Invited) => void)[]>();

  /** @throws StackError when the address is wrong or somebody's who left */
  present(attempt: Attempt, address: string): void {
    const key = canonical(checked(attempt, "e-mail address", address, email));
    const left = this.#left.get(key);
    if (left !== undefined) throw contradiction(attempt, address, "absent", left);
    if (!this.#present.has(key)) this.#present.set(key, attempt);
  }

  /**
   * Several at once.
   *
   * @throws StackError also when two of them are the same person
   */
  allPresent(attempt: Attempt, field: string, addresses: readonly string[]): void {
    const seen = new Map<string, string>();
    for (const address of addresses) {
      this.present(attempt, address);
      const twin = seen.get(canonical(address));
      if (twin !== undefined) {
        const spelled = twin === address ? `${address} twice` : `one person twice, as ${twin} and ${address}`;
        throw new StackError(
          attempt,
          `its ${field} has ${spelled}`,
          "Keep one: Amplitude ignores the case of e-mail addresses.",
        );
      }
      seen.set(canonical(address), address);
    }
  }

  /** @throws StackError when the address is wrong or somebody's whom the stack names as present */
  left(attempt: Attempt, address: string): void {
    const key = canonical(checked(attempt, "e-mail address", address, email));
    const present = this.#present.get(key);
    if (present !== undefined) throw contradiction(attempt, address, "present", present);
    this.#left.set(key, attempt);
  }

  /** Canonical e-mails of everybody whom the stack names. */
  addresses(): string[] {
    return [...this.#present.keys(), ...this.#left.keys()];
  }

  /** Tells everybody who asked. */
  invite(person: Invited): void {
    const key = canonical(person.email);
    this.#invited.set(key, person);
    for (const tell of this.#waiting.get(key) ?? []) tell(person);
    this.#waiting.delete(key);
  }

  /** Calls back at once if the stack invites that person, or as soon as it does; never otherwise. */
  whenInvited(address: string, tell: (person: Invited) => void): void {
    const key = canonical(address);
    const invited = this.#invited.get(key);
    if (invited !== undefined) return tell(invited);
    const waiting = this.#waiting.get(key);
    if (waiting === undefined) this.#waiting.set(key, [tell]);
    else waiting.push(tell);
  }
}

/** The identity of a person. */
export function canonical(address: string): string {
  return email.canonical(address);
}

function contradiction(attempt: Attempt, address: string, state: string, other: Attempt): StackError {
  return new StackError(
    attempt,
    `${address} is declared ${state} by ${other.what} at ${other.path}`,
    "Remove one of the two.",
  );
}

import type { IConstruct } from "constructs";
import { checkedIfGiven } from "./literal";
import { StackError, type Attempt } from "./stack-error";
import type { Term } from "./term";

/** The engagement that something belongs to, if any. */
export interface Belonging {
  readonly name: string | undefined;
  /** undefined where the name is only for the record, because the stack declares no such engagement. */
  readonly term: Term | undefined;
}

const TERM = Symbol.for("amplitude-access/term");

/** The engagements of a stack. */
export class Engagements {
  readonly #declared = new Map<string, Term>();
  readonly #recorded = new Map<string, Attempt>();

  /**
   * Everything below this construct belongs to it from now on, and everything that names it.
   *
   * @throws StackError when something has named it already: that would not end with it
   */
  declare(construct: IConstruct, term: Term): void {
    const earlier = this.#recorded.get(term.name);
    if (earlier !== undefined) {
      throw new StackError(
        term.declared,
        `${earlier.what} at ${earlier.path} names it already and would not end with it`,
        "Declare the engagement before what belongs to it.",
      );
    }
    this.#declared.set(term.name, term);
    Object.defineProperty(construct, TERM, { value: term });
  }

  /**
   * What a construct belongs to: the engagement that it names, else the one that it stands in.
   *
   * @throws StackError when it names another than it stands in, or none at all
   */
  belonging(attempt: Attempt, scope: IConstruct, written: string | undefined): Belonging {
    const inside = enclosing(scope);
    const name = checkedIfGiven(attempt, "engagement", written) ?? inside?.name;
    if (name === undefined) return { name, term: undefined };
    if (inside !== undefined && inside.name !== name) {
      throw new StackError(
        attempt,
        `it names the engagement ${JSON.stringify(name)} and stands in ${JSON.stringify(inside.name)}`,
        "Leave `engagement` out, or declare it in the stack.",
      );
    }
    const term = this.#declared.get(name);
    if (term === undefined && !this.#recorded.has(name)) this.#recorded.set(name, attempt);
    return { name, term };
  }

  /** In the order of their declaration. */
  all(): Iterable<Term> {
    return this.#declared.values();
  }
}

function enclosing(scope: IConstruct): Term | undefined {
  for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
    const found = (at as { readonly [TERM]?: Term })[TERM];
    if (found !== undefined) return found;
  }
  return undefined;
}

import { collectionNamed, type UnreadFamily } from "../../collections";
import type { Organization } from "../../access";
import type { Family } from "../../api";
import {
  identify,
  identifyReference,
  liveId,
  isReadable,
  listedNames,
  liveState,
  validate,
  validateLookup,
  type Identity,
  type KnownObject,
  type KnownReference,
  type Values,
} from "../../lifecycle";
import { DiagnosticError, problem, Unknown, type Attributes, type Diagnostic } from "../../schema";
import { SEES_ALL, unlistedProjects } from "../unlisted-project";
import type { Declaration, LookupDeclaration, Stack } from "./declaration";
import { literalText, referenceIn, type Reference } from "./expression";

/** A declaration with its references followed. */
export interface Evaluated {
  readonly declaration: Declaration;
  readonly config: Values;
}

/** What evaluating needs to know beside the stack. */
export interface EvaluationInput {
  readonly live: Organization;
  readonly families: ReadonlySet<Family>;
  /** Families that did not answer as documented, and why. */
  readonly unread?: readonly UnreadFamily[] | undefined;
  /** What the base knows of an address. */
  known(address: string): KnownObject | undefined;
  /** What the base knows of what lookups found, by their address. */
  readonly lookups?: Readonly<Record<string, KnownReference>> | undefined;
}

/** A lookup, and what it means now. */
export interface EvaluatedLookup {
  readonly declaration: LookupDeclaration;
  readonly name: string;
  readonly identity: Identity;
}

/**
 * Follows every reference of a stack against the live organization. A reference to something that does not exist yet
 * becomes Unknown. Problems are collected; what depends on a broken declaration is reported once, at its cause.
 */
export function evaluateStack(
  stack: Stack,
  input: EvaluationInput,
): { evaluated: Evaluated[]; lookups: EvaluatedLookup[]; problems: Diagnostic[] } {
  const evaluator = new StackEvaluator(stack, input);
  const evaluated = stack.declarations.flatMap((declaration) => {
    const config = evaluator.config(declaration);
    return config === undefined ? [] : [{ declaration, config }];
  });
  // One that nobody could look up stops only what refers to it.
  for (const lookup of stack.lookups) if (unreadOf(lookup, input) === undefined) evaluator.found(lookup);
  return { evaluated, lookups: evaluator.lookups, problems: evaluator.problems };
}

class StackEvaluator {
  readonly problems: Diagnostic[] = [];
  readonly lookups: EvaluatedLookup[] = [];
  readonly #declarations: ReadonlyMap<string, Declaration>;
  readonly #lookups: ReadonlyMap<string, LookupDeclaration>;
  readonly #configs = new Map<Declaration, Values | undefined>();
  readonly #found = new Map<LookupDeclaration, Values | undefined>();
  readonly #live = new Map<Declaration, Values | undefined>();
  readonly #open = new Set<string>();
  readonly #input: EvaluationInput;

  constructor(stack: Stack, input: EvaluationInput) {
    this.#input = input;
    this.#declarations = new Map(stack.declarations.map((declaration) => [declaration.local, declaration]));
    this.#lookups = new Map(stack.lookups.map((lookup) => [lookup.local, lookup]));
  }

  /** The configuration with references followed and checked; undefined when it has a problem, which is then recorded. */
  config(declaration: Declaration): Values | undefined {
    const { kind, raw } = declaration;
    return once(this.#configs, declaration, () =>
      this.#guarded(declaration, () => {
        const config = this.#followAll(raw, kind.attributes);
        if (config === undefined) return undefined;
        return this.#report(validate(kind, config), declaration) ? undefined : config;
      }),
    );
  }

  /** What a lookup found; undefined when it found nothing or is wrong, which is then recorded. */
  found(declaration: LookupDeclaration): Values | undefined {
    const { lookup, raw } = declaration;
    return once(this.#found, declaration, () =>
      this.#guarded(declaration, () => {
        const config = this.#followAll(raw, lookup.attributes);
        if (config === undefined || this.#report(validateLookup(lookup, config), declaration))
          return undefined;
        const value = String(config[lookup.by]);
        const { live, lookups } = this.#input;
        const known = lookups?.[declaration.address];
        const identity = identifyReference(lookup, config, { live, known });
        this.lookups.push({ declaration, name: value, identity });
        // Of what no list shows, the id that code knows stays.
        if (identity.answer === "hidden") return { [lookup.by]: value, id: identity.id };
        const found = liveState(identity);
        // What nobody could read is what it was.
        if (found === undefined && known?.name === value && unreadOf(declaration, this.#input) !== undefined)
          return { [lookup.by]: value, id: known.id };
        if (found === undefined) this.#report([notFound(declaration, value, this.#input)], declaration);
        return found;
      }),
    );
  }

  #guarded<T>(where: Declaration | LookupDeclaration, work: () => T | undefined): T | undefined {
    if (this.#open.has(where.local)) {
      this.#report(
        [problem(`${where.local} refers to itself`, "Remove one of the references of the circle.")],
        where,
      );
      return undefined;
    }
    this.#open.add(where.local);
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      this.#report(error.diagnostics, where);
      return undefined;
    } finally {
      this.#open.delete(where.local);
    }
  }

  #report(
    found: readonly Diagnostic[],
    { address, constructPath }: Declaration | LookupDeclaration,
  ): boolean {
    this.problems.push(
      ...found.map((diagnostic) => ({
        address,
        ...(constructPath === undefined ? {} : { constructPath }),
        ...diagnostic,
      })),
    );
    return found.length > 0;
  }

  /** undefined when something that a value refers to has a problem of its own. */
  #followAll(raw: Values, attributes: Attributes): Values | undefined {
    const followed: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(raw)) {
      let result: unknown;
      try {
        result = this.#follow(value);
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        throw new DiagnosticError(
          error.diagnostics.map((diagnostic) => ({ attribute: name, ...diagnostic })),
        );
      }
      if (result === BROKEN) return undefined;
      followed[name] =
        typeof result === "number" && attributes[name]?.type.wire === "string" ? String(result) : result;
    }
    return followed;
  }

  #follow(value: unknown): unknown {
    if (typeof value === "string") {
      const reference = referenceIn(value);
      return reference === undefined ? literalText(value) : this.#target(reference);
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#follow(item));
      return items.includes(BROKEN) ? BROKEN : items;
    }
    if (typeof value !== "object" || value === null || value instanceof Unknown) return value;
    const entries = Object.entries(value).map(
      ([key, item]) => [literalKey(key), this.#follow(item)] as const,
    );
    return entries.some(([, item]) => item === BROKEN) ? BROKEN : Object.fromEntries(entries);
  }

  #target({ target, attribute }: Reference): unknown {
    const lookup = this.#lookups.get(target);
    if (lookup !== undefined) {
      const found = this.found(lookup);
      return found === undefined ? BROKEN : present(found[attribute], target, attribute);
    }
    const declaration = this.#declarations.get(target);
    if (declaration === undefined) {
      throw new DiagnosticError([
        problem(`Nothing is declared as ${target}`, "Declare it in this stack, or look it up by name."),
      ]);
    }
    const config = this.config(declaration);
    if (config === undefined) return BROKEN;
    const { kind } = declaration;
    if (kind.attributes[attribute] === undefined) {
      throw new DiagnosticError([
        problem(
          `${target} has no attribute ${attribute}`,
          `It has ${Object.keys(kind.attributes).join(", ")}.`,
        ),
      ]);
    }
    if (config[attribute] !== undefined) return config[attribute];
    const live = once(this.#live, declaration, () => this.#referent(declaration, config));
    const predicted = kind.predict?.(config) as Values | undefined;
    return (
      live?.[attribute] ??
      predicted?.[attribute] ??
      new Unknown(`${target}.${attribute}`, kind.label(config, this.#input.live))
    );
  }

  /** What is live of it. Of what no list shows or nobody can read, the id that code knows stays: nothing else becomes another object for it. */
  #referent({ kind, address }: Declaration, config: Values): Values | undefined {
    const { live, families } = this.#input;
    const known = this.#input.known(address);
    const identity = identify(kind, config, { live, known });
    const state = liveState(identity);
    if (state !== undefined) return state;
    const id = liveId(kind, identity) ?? (isReadable(kind, families) ? undefined : known?.id);
    return id === undefined ? undefined : { id };
  }
}

/** Stands for a value whose problem is already recorded where it arose. */
const BROKEN = Symbol("broken");

function once<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  if (!known.has(key)) known.set(key, compute());
  return known.get(key) as V;
}

function present(value: unknown, target: string, attribute: string): unknown {
  if (value !== undefined) return value;
  throw new DiagnosticError([
    problem(`${target} has no value ${attribute}`, "Refer to an attribute that the lookup answers."),
  ]);
}

function literalKey(key: string): string {
  if (referenceIn(key) !== undefined) {
    throw new DiagnosticError([
      problem(`Only Terraform can evaluate the key ${JSON.stringify(key)}`, "Write the key as plain text."),
    ]);
  }
  return literalText(key);
}

/** Why what a lookup reads is unknown. */
function unreadOf({ lookup }: LookupDeclaration, { unread = [] }: EvaluationInput): string | undefined {
  const read = new Set(lookup.reads.map((name) => collectionNamed(name).family));
  return unread.find(({ family }) => read.has(family))?.reason;
}

function notFound(declaration: LookupDeclaration, value: string, input: EvaluationInput): Diagnostic {
  const { lookup } = declaration;
  const listed = listedNames(lookup, value, input.live);
  const what = lookup.type.replace(/^amplitude_/, "");
  const answer = listed ?? "Amplitude lists none under the credentials given";
  const reason = unreadOf(declaration, input);
  if (reason !== undefined) {
    const summary = `Nobody could read whether there is a ${what} called ${JSON.stringify(value)}`;
    return problem(summary, `${reason} Its id may be given instead.`);
  }
  const ids = lookup.reads.includes("projects")
    ? " Projects need AMPLITUDE_TOKEN, or their ids in `project_ids`."
    : "";
  const summary = `There is no ${what} called ${JSON.stringify(value)}`;
  const unseen =
    lookup.reads.includes("projects") && listed !== undefined ? unlistedProjects(input.live) : [];
  if (unseen.length === 0) return problem(summary, `${answer}. Correct the name.${ids}`);
  const others = `Roles are held on ${unseen.length === 1 ? "a project" : "projects"} that no list has: ${unseen.slice(0, 10).join(", ")}. ${value} may be one of them`;
  return problem(summary, `${answer}. ${others}. ${SEES_ALL} Else correct the name.`);
}

import { canonicalEmail, type Organization } from "../access";
import { keyOf, type Values } from "../lifecycle";
import type { CreatedGroups } from "../resources";
import { Unknown } from "../schema";
import type { Base, BaseEntry } from "./base";
import type { Policy } from "./declaration";
import type { Instance } from "./instance";
import { removedOutside } from "./refusal";
import type { Step } from "./step";

/** A declaration that a run brings into effect. */
export interface LedgerLine {
  readonly instance: Instance;
  /** Whether the base's entry of this address is of the same object. */
  readonly sameObject: boolean;
}

/** The base while a run advances it, step by step. */
export class Ledger {
  readonly #base: Base;
  readonly #entries: Map<string, BaseEntry>;
  readonly #removed: Set<string>;
  readonly #lines: ReadonlyMap<string, LedgerLine>;
  readonly #declaredPolicy: Policy;
  #policy: Policy | undefined;

  constructor(base: Base, lines: ReadonlyMap<string, LedgerLine>, policy: Policy) {
    this.#base = base;
    this.#entries = new Map(Object.entries(base.entries));
    this.#removed = new Set(base.removed);
    this.#lines = lines;
    this.#declaredPolicy = policy;
    this.#policy = base.policy;
  }

  /** The base as it is now. */
  base(): Base {
    const policy = this.#policy === undefined ? {} : { policy: this.#policy };
    return {
      ...this.#base,
      ...policy,
      entries: Object.fromEntries(this.#entries),
      removed: [...this.#removed],
    };
  }

  /**
   * One more step has finished. The first step of a declaration makes its entry, incomplete; its record completes it.
   * What the entry said of another object is kept aside until that object's revocation is done.
   */
  advance(step: Step, created: CreatedGroups): void {
    const isRecord = step.actor === "record";
    if (step.operation === "person.remove") for (const email of step.people) this.#removed.add(email);
    if (isRecord && step.values["what"] === "policy") this.#policy = this.#declaredPolicy;
    for (const address of step.addresses) {
      const line = this.#lines.get(address);
      if (isRecord && step.values["what"] === "forget") this.#entries.delete(address);
      else if (line !== undefined) this.#write(address, line, created, isRecord);
    }
  }

  #write(
    address: string,
    { instance, sameObject }: LedgerLine,
    created: CreatedGroups,
    complete: boolean,
  ): void {
    const { kind } = instance.declaration;
    const known = this.#entries.get(address);
    const config = resolved(instance.config, created);
    const key = keyOf(kind, config);
    const same = known?.kind === kind.type && (known.key === key || sameObject);
    if (known !== undefined && !same) this.#entries.set(`${address}~${known.key}`, known);
    this.#entries.set(address, {
      kind: kind.type,
      key,
      ...(same && known.id !== undefined ? { id: known.id } : {}),
      label: instance.label,
      // Until the declaration is in effect, the base knows what was before it.
      config: complete || !same ? { ...config } : known.config,
      complete,
    });
  }
}

/** A configuration without Unknowns, as far as this run made what they stand for. */
function resolved(config: Values, created: CreatedGroups): Values {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      value instanceof Unknown ? (created.get(value.name) ?? `~${value.name}`) : value,
    ]),
  );
}

/** The base at the end of a run: ids, keys and people as a fresh read shows them. */
export function settled(base: Base, live: Organization, instances: readonly Instance[]): Base {
  const entries = { ...base.entries };
  for (const { declaration, config, key } of instances) {
    const entry = entries[declaration.address];
    if (entry?.kind !== declaration.kind.type) continue;
    if (entry.key !== key && !entry.key.includes("~")) continue;
    const found = declaration.kind.find(live, config, entry.id);
    const id = found && declaration.kind.id(found);
    entries[declaration.address] = { ...entry, key, ...(id === undefined ? {} : { id }) };
  }
  const named = new Set(instances.flatMap(({ naming }) => naming.present).map(canonicalEmail));
  return {
    ...base,
    entries,
    present: [...live.people()].map(({ email }) => canonicalEmail(email)).sort(),
    removed: [],
    removedOutside: removedOutside(base, live).filter((email) => named.has(email)),
    groupIds: [...live.groups()].map(({ id }) => id).sort(),
  };
}

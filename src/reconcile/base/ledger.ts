import { canonicalEmail, type Organization } from "../../access";
import { identify, keyOf, liveId, liveState, type Values } from "../../lifecycle";
import type { Created, Kind } from "../../resources";
import { Unknown } from "../../schema";
import { entryOfKey, type Base, type BaseEntry } from "./base";
import { changed, type BaseChange } from "./base-journal";
import type { Desired } from "../desired/desired";
import type { EvaluatedLookup } from "../desired/evaluate";
import type { AccessFacts } from "../desired/engagement";
import { statedBy } from "../fact-steps";
import type { Instance } from "../instance";
import type { LookAlike } from "../look-alike";
import { removedOutside } from "../removed-outside";
import type { Step } from "../step";

/** A declaration that a run brings into effect. */
export interface LedgerLine {
  readonly instance: Instance;
  /** Whether the base's entry of this address is of the same object. */
  readonly sameObject: boolean;
}

/** What stacks state beside their declarations. */
type StatedFacts = Pick<Desired, "policy" | keyof AccessFacts>;

/** What of a plan a run writes into the base. */
export interface RunPlan extends Pick<Seen, "emailChanges"> {
  /** By address. */
  readonly lines: ReadonlyMap<string, LedgerLine>;
}

/** The base while a run advances it, step by step. */
export class Ledger {
  readonly #base: Base;
  readonly #changes: BaseChange[] = [];
  readonly #entries: Map<string, BaseEntry>;
  readonly #lines: ReadonlyMap<string, LedgerLine>;
  readonly #desired: StatedFacts;

  constructor(base: Base, { lines, emailChanges }: RunPlan, desired: StatedFacts) {
    // A role that showed it may go in this run.
    this.#base = { ...base, ...changedEmailsOf(emailChanges) };
    this.#entries = new Map(Object.entries(base.entries));
    this.#lines = lines;
    this.#desired = desired;
  }

  /** The base as it is now. */
  base(): Base {
    return changed(this.#base, this.#changes);
  }

  /**
   * What is around declarations, and which leavers are there, is recorded before anything is written: a run that dies may have removed them.
   *
   * @param met canonical e-mails
   * @returns what it changed in the base, for the journal
   */
  watch(found: Base["found"], met: readonly string[]): BaseChange {
    return this.#keep({
      set: {},
      forget: [],
      removed: [],
      ...(found === undefined ? {} : { found }),
      ...(met.length === 0 ? {} : { met }),
    });
  }

  /**
   * A key is about to be made, whose value is seen once. Whatever happens next, the base knows it.
   *
   * @returns what it changed in the base, for the journal
   */
  begin(step: Step, created: Created): BaseChange {
    const set: Record<string, BaseEntry> = {};
    for (const [address, entry] of Object.entries(this.#setBy(step, created, false)))
      set[address] = step.addresses.includes(address) ? { ...entry, unhanded: true } : entry;
    return this.#keep({ set, forget: [], removed: [] });
  }

  /**
   * One more step has finished. The first step of a declaration makes its entry, incomplete; its record completes it.
   * What the entry said of another object is kept aside until that object's revocation is done.
   *
   * @param at when, RFC 3339
   * @returns what the step changed in the base, for the journal
   */
  advance(step: Step, created: Created, at: string): BaseChange {
    const isRecord = step.actor === "record";
    const forgets = isRecord && step.values["what"] === "forget";
    const set = forgets ? {} : this.#setBy(step, created, isRecord);
    return this.#keep({
      set,
      forget: forgets ? step.addresses : [],
      removed: step.operation === "person.remove" ? step.people : [],
      ...(step.actor === "write" && step.invites.length > 0
        ? { invited: Object.fromEntries(step.invites.map((email) => [canonicalEmail(email), at])) }
        : {}),
      ...(isRecord && step.values["what"] === "policy" ? { policy: this.#desired.policy } : {}),
      ...(isRecord && step.values["what"] === "fact"
        ? { facts: statedBy(this.#desired, step.values["label"] ?? "") }
        : {}),
    });
  }

  #setBy(step: Step, created: Created, complete: boolean): Record<string, BaseEntry> {
    const set: Record<string, BaseEntry> = {};
    for (const address of step.addresses) {
      const line = this.#lines.get(address);
      if (line !== undefined) Object.assign(set, this.#entriesFor(address, line, created, complete));
    }
    return set;
  }

  #keep(change: BaseChange): BaseChange {
    for (const address of change.forget) this.#entries.delete(address);
    for (const [address, entry] of Object.entries(change.set)) this.#entries.set(address, entry);
    this.#changes.push(change);
    return change;
  }

  #entriesFor(
    address: string,
    { instance, sameObject }: LedgerLine,
    created: Created,
    complete: boolean,
  ): Record<string, BaseEntry> {
    const { kind } = instance.declaration;
    const known = this.#entries.get(address);
    const config = resolved(kind, instance.config, created);
    const key = keyOf(kind, config);
    const same = known?.kind === kind.type && (known.key === key || sameObject);
    const moved = kind.knownTo === undefined ? undefined : entryOfKey(this.#base, kind, key);
    const earlier = same ? known : moved;
    const entry: BaseEntry = {
      kind: kind.type,
      key,
      ...(same ? idInEffect(known, instance, complete) : {}),
      label: instance.label,
      // Until the declaration is in effect, the base knows what was before it.
      config: complete || !same ? { ...config } : known.config,
      complete,
      ...(complete && earlier?.unhanded === true ? { unhanded: true as const } : {}),
      ...knowing(kind, config, earlier?.knowing),
    };
    const aside = known === undefined || same ? {} : { [`${address}~${known.key}`]: known };
    return { ...aside, [address]: entry };
  }
}

/** What was made anew has its new id once the record of it is done. */
function idInEffect(
  { id }: BaseEntry,
  { declaration, identity }: Instance,
  complete: boolean,
): Pick<BaseEntry, "id"> {
  const now = complete && identity.answer === "re-made" ? liveId(declaration.kind, identity) : id;
  return now === undefined ? {} : { id: now };
}

/** Those that a stack still says. */
function changedEmailsOf(changes: Seen["emailChanges"]): Pick<Base, "changedEmails"> {
  const said = changes.filter(({ addresses }) => addresses.length > 0);
  if (said.length === 0) return {};
  return { changedEmails: Object.fromEntries(said.map(({ from, to }) => [from, canonicalEmail(to)])) };
}

/** What lookups mean stays what they mean, whatever it is called. */
function lookupsKnown({ lookups }: Seen): Pick<Base, "lookups"> {
  const found = lookups.flatMap(({ declaration: { address }, name, identity }) => {
    const id = identity.answer === "hidden" ? identity.id : liveState(identity)?.["id"];
    return typeof id === "string" ? [[address, { name, id }] as const] : [];
  });
  return found.length === 0 ? {} : { lookups: Object.fromEntries(found) };
}

/** What makes people known again whose addresses change. */
function peopleKnown(
  live: Organization,
  { emailChanges, lookAlikes }: Seen,
): Pick<Base, "memberIds" | "changedEmails" | "lookAlikes"> {
  const open = lookAlikes.filter(({ line }) => line !== "deleted");
  const ids = [...live.people()].flatMap(({ email, memberId }) =>
    memberId === undefined ? [] : [[canonicalEmail(email), memberId] as const],
  );
  return {
    ...(ids.length === 0 ? {} : { memberIds: Object.fromEntries(ids.sort()) }),
    ...changedEmailsOf(emailChanges),
    ...(open.length === 0
      ? {}
      : { lookAlikes: Object.fromEntries(open.map(({ gone, found }) => [found, gone])) }),
  };
}

/** Whoever ever knew what one object keeps secret knows it for good. */
function knowing(kind: Kind, config: Values, before: BaseEntry["knowing"]): Pick<BaseEntry, "knowing"> {
  const now = (kind.knownTo?.(config as never) ?? []).map(canonicalEmail);
  const people = [...new Set([...(before?.people ?? []), ...now])].sort();
  return people.length === 0 ? {} : { knowing: { people, seen: before?.seen ?? [] } };
}

/** A configuration without Unknowns, as far as this run made what they stand for. */
function resolved(kind: Kind, config: Values, created: Created): Values {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      if (!(value instanceof Unknown)) return [name, value];
      const what = kind.attributes[name]?.type.refersTo?.(config) ?? "";
      return [name, created.get(`${what} ${value.name}`) ?? `~${value.name}`];
    }),
  );
}

/** What a fresh plan shows beside the declarations. */
export interface Seen {
  /** Changed addresses that a stack still says. */
  readonly emailChanges: readonly {
    readonly from: string;
    readonly to: string;
    readonly addresses: readonly string[];
  }[];
  readonly lookAlikes: readonly LookAlike[];
  readonly lookups: readonly EvaluatedLookup[];
}

/**
 * The base at the end of a run: ids, keys and people as a fresh read shows them.
 *
 * @param accepted canonical e-mails of people who are known to have accepted their invitation
 */
export function settled(
  {
    invited = {},
    memberIds: _ids,
    changedEmails: _changed,
    lookAlikes: _alike,
    lookups: _lookups,
    ...base
  }: Base,
  live: Organization,
  instances: readonly Instance[],
  accepted: { has(email: string): boolean } = new Set(),
  seen: Seen = { emailChanges: [], lookAlikes: [], lookups: [] },
): Base {
  const entries = { ...base.entries };
  for (const { declaration, config, key } of instances) {
    const entry = entries[declaration.address];
    if (entry?.kind !== declaration.kind.type) continue;
    if (entry.key !== key && !entry.key.includes("~")) continue;
    const id = liveId(declaration.kind, identify(declaration.kind, config, { live, known: entry }));
    entries[declaration.address] = { ...entry, key, ...(id === undefined ? {} : { id }) };
  }
  for (const [address, entry] of Object.entries(entries)) {
    if (entry.knowing === undefined) continue;
    const { people, seen } = entry.knowing;
    const present = people.filter((email) => live.person(email) !== undefined);
    entries[address] = { ...entry, knowing: { people, seen: [...new Set([...seen, ...present])].sort() } };
  }
  const named = new Set(instances.flatMap(({ naming }) => naming.present).map(canonicalEmail));
  const waiting = Object.entries(invited).filter(([email]) => {
    const person = live.person(email);
    return person !== undefined && person.accepted !== true && !accepted.has(email);
  });
  return {
    ...base,
    ...(waiting.length === 0 ? {} : { invited: Object.fromEntries(waiting) }),
    ...peopleKnown(live, seen),
    ...lookupsKnown(seen),
    entries,
    present: [...live.people()].map(({ email }) => canonicalEmail(email)).sort(),
    removed: [],
    removedOutside: removedOutside(base, live).filter((email) => named.has(email)),
    groupIds: [...live.groups()].map(({ id }) => id).sort(),
  };
}

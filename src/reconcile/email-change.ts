import { canonicalEmail, type Email, type Organization } from "../access";
import { identify, keyOf, type Values } from "../lifecycle";
import { kindOf, type Kind } from "../resources";
import type { Base } from "./base/base";
import type { Desired } from "./desired/desired";
import type { Instance } from "./instance";

/** A person whom Amplitude shows under another address by now: they are who they were. */
export interface EmailChange {
  readonly from: Email;
  /** As Amplitude spells it. */
  readonly to: string;
  /** What says so, in words. */
  readonly because: string;
}

/**
 * Whose address has changed. A change is known by an id that stayed: of a role or module that somebody held under the old address and
 * holds under the new one, or of the person. SCIM's id is the address itself (https://amplitude.com/docs/apis/analytics/scim), so of whoever
 * has neither nothing is known, and `lookAlikes` only guesses. Somebody who is there under the old address, too, has not changed it.
 */
export function emailChanges(base: Base, live: Organization): EmailChange[] {
  const found = new Map<Email, EmailChange>();
  const add = (from: Email, to: string, because: string): void => {
    const person = live.person(to);
    if (person === undefined || live.person(from) !== undefined || found.has(from)) return;
    found.set(from, { from, to: person.email, because });
  };
  for (const { kind: type, id, config, label } of Object.values(base.entries)) {
    const kind = kindOf(type);
    if (kind?.isGrant !== true || id === undefined) continue;
    const [from] = kind.names(config).present;
    // Nearly everybody is there under the address that the base knows.
    if (from === undefined || live.person(from) !== undefined) continue;
    const identity = identify(kind, config, { live, known: { id, config } });
    if (identity.answer !== "renamed") continue;
    const [to] = kind.names(identity.shown).present;
    if (to !== undefined) add(canonicalEmail(from), to, `${label} keeps its id ${id}`);
  }
  const ids = Object.entries(base.memberIds ?? {});
  if (ids.length > 0) {
    const byId = new Map([...live.people()].map((person) => [person.memberId, person.email]));
    for (const [from, id] of ids) {
      const to = byId.get(id);
      if (to !== undefined) add(from, to, `the person keeps the id ${id}`);
    }
  }
  for (const [from, to] of Object.entries(base.changedEmails ?? {})) add(from, to, "an earlier run saw it");
  return [...found.values()];
}

/** The address by which Amplitude knows whoever a text names; any other text as it is. */
export type Readdress = (text: string) => string;

export function readdressing(changes: readonly EmailChange[]): Readdress {
  const addresses = new Map(changes.map(({ from, to }) => [from, canonicalEmail(to)]));
  return (text) => (text.includes("@") ? (addresses.get(canonicalEmail(text)) ?? text) : text);
}

/** A value with every address in it as it is by now: in lists, as key of a map, or alone. */
export function readdressed<T>(value: T, readdress: Readdress): T {
  const follow = (part: unknown): unknown => {
    if (typeof part === "string") return readdress(part);
    if (Array.isArray(part)) return [...new Set(part.map(follow))];
    if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype)
      return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [readdress(key), follow(item)]));
  };
  return follow(value) as T;
}

/** The same of attributes, where they hold addresses: what is only called like one stays. */
function readdressedValues(
  attributes: Readonly<Record<string, { readonly type: { readonly name: string } }>>,
  values: Values,
  readdress: Readdress,
): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const holds = /e-?mail/.test(attributes[name]?.type.name ?? "");
      return [name, holds ? readdressed(value, readdress) : value];
    }),
  );
}

/** What the base knows, in the addresses of now. */
export function readdressedBase(base: Base, readdress: Readdress): Base {
  const { entries, ...rest } = base;
  const renewed = Object.entries(entries).map(([address, entry]) => {
    const kind = kindOf(entry.kind);
    if (kind === undefined) return [address, entry] as const;
    const config = readdressedValues(kind.attributes, entry.config, readdress);
    const { id, knowing } = entry;
    return [
      address,
      {
        ...entry,
        key: keyOf(kind, config),
        config: { ...config },
        ...(id === undefined ? {} : { id: readdress(id) }),
        ...(knowing === undefined ? {} : { knowing: readdressed(knowing, readdress) }),
      },
    ] as const;
  });
  return { ...readdressed(rest, readdress), entries: Object.fromEntries(renewed) };
}

/** What the stacks say, in the addresses of now. */
export function readdressedDesired(desired: Desired, readdress: Readdress): Desired {
  const { policy, stacks, services, engagements } = desired;
  const keys = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].map(([key, value]) => [readdress(key), readdressed(value, readdress)]));
  return {
    ...desired,
    policy: readdressed(policy, readdress),
    services: keys(services),
    engagements: keys(engagements),
    stacks: stacks.map((stack) => ({
      ...stack,
      declarations: stack.declarations.map((declaration) => ({
        ...declaration,
        raw: readdressedValues(declaration.kind.attributes, declaration.raw, readdress),
      })),
      lookups: stack.lookups.map((lookup) => ({
        ...lookup,
        raw: readdressedValues(lookup.lookup.attributes, lookup.raw, readdress),
      })),
    })),
  };
}

/** A declaration in the addresses in which the stack says it. */
export function asSaid(
  instance: Instance,
  changes: readonly (EmailChange & { readonly addresses: readonly string[] })[],
): Instance {
  const { kind, address } = instance.declaration;
  const old = changes.filter(({ addresses }) => addresses.includes(address));
  if (old.length === 0) return instance;
  const said = readdressing(
    old.map(({ from, to, because }) => ({ from: canonicalEmail(to), to: from, because })),
  );
  const config = readdressedValues(kind.attributes, instance.config, said);
  return { ...instance, config, key: keyOf(kind, config) };
}

/** The declarations that still say an old address. */
export function namingOld(desired: Desired, { from }: EmailChange): string[] {
  const old: Readdress = (text) => (text.includes("@") && canonicalEmail(text) === from ? "" : text);
  return desired.stacks.flatMap(({ declarations }) =>
    declarations.filter(({ kind, raw }) => says(kind, raw, old)).map(({ address }) => address),
  );
}

function says(kind: Kind, raw: Values, old: Readdress): boolean {
  return JSON.stringify(readdressedValues(kind.attributes, raw, old)) !== JSON.stringify(raw);
}

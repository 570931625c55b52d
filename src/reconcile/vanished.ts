import { canonicalEmail, type Effect, type Organization } from "../access";
import {
  compare,
  goneReferent,
  identify,
  idsReferredTo,
  liveId,
  liveState,
  type Identity,
  type Values,
} from "../lifecycle";
import { kindOf, type Context, type Kind } from "../resources";
import type { BaseEntry } from "./base/base";
import type { Decision, DecisionInput } from "./decision";
import { declaredPeople } from "./desired/declared-people";
import type { Memory } from "./base/memory";
import { record } from "./base/record";
import type { Instance } from "./instance";
import { stepOf } from "./step";
import { isGift } from "./unread-access";

/**
 * What the base holds and no stack declares any more: a revocation, as in Terraform, unless it moved, was let go, or is still wanted
 * by another declaration.
 */
export function vanished(input: DecisionInput, memory: Memory, context: Context): Decision[] {
  const { base, instances, desired, live, families } = input;
  const remembered = new Set(memory.values());
  const addresses = new Set(instances.map(({ declaration }) => declaration.address));
  const gone = Object.entries(base.entries).filter(([, entry]) => !remembered.has(entry));
  if (gone.length === 0) return [];
  const declared = declaredObjects(input, memory);
  const wanted = wantedOf(input);
  const released = new Set(
    desired.stacks.flatMap(({ name, released: locals }) => locals.map((local) => `${name}/${local}`)),
  );
  return gone.flatMap(([address, entry]): Decision[] => {
    const kind = kindOf(entry.kind);
    if (kind === undefined) return [];
    const stays =
      released.has(address) ||
      declared.has(`${entry.kind} ${entry.key}`) ||
      (entry.id !== undefined && declared.has(`${entry.kind} #${entry.id}`));
    const identity = stays ? undefined : identify(kind, entry.config, { live, known: entry, families });
    const prior = identity === undefined ? undefined : priorOf(kind, entry, identity, input);
    const change = compare(kind, prior, undefined);
    const drafts = (change.action === "no-op" ? [] : kind.steps(change, context)).filter(
      ({ operation, values, facts }) => !operation.effects(values, facts).some(wanted),
    );
    // An address that was given to another object keeps the old entry aside, as the ledger does.
    const own = addresses.has(address) ? `${address}~${entry.key}` : address;
    const gone = own === address ? undefined : goneReferent(kind, entry.config, live);
    const changes = gone === undefined ? "" : `the ${gone} is gone`;
    const forget = record.draft({ address: own, what: "forget", label: entry.label }, { changes });
    const origin = { address: own, because: "no longer declared" };
    const steps = [...drafts, forget].map((draft) => stepOf(draft, origin, families, live));
    // A grant that nobody could read is taken to be there until it is revoked: whoever holds it loses it.
    const assumed =
      prior !== undefined && identity?.answer === "unknown"
        ? kind
            .steps(compare(kind, undefined, entry.config), context)
            .flatMap((draft) => stepOf(draft, origin, families, live).effects)
            .filter(isGift)
        : [];
    const letGo = released.has(address) ? { letGo: `${entry.kind} ${entry.key}` } : {};
    return [
      {
        address: own,
        label: entry.label,
        kind: entry.kind,
        action: change.action,
        changes: [],
        inEffect: false,
        steps,
        ...(stays ? {} : { revokes: `${entry.kind} ${entry.key}` }),
        ...(assumed.length === 0 ? {} : { assumed }),
        ...letGo,
      },
    ];
  });
}

/**
 * Where it cannot be read, what code brought into effect is taken to be there: it is revoked by hand, not forgotten. A group that is gone
 * holds nothing.
 */
function priorOf(
  kind: Kind,
  entry: BaseEntry,
  identity: Identity,
  { live, families }: DecisionInput,
): Values | undefined {
  const { answer } = identity;
  if (answer === "unknown" && families.has("scim") && isOfGoneGroup(kind, entry.config, live))
    return undefined;
  return answer === "unknown" || answer === "hidden"
    ? { ...entry.config, id: entry.id }
    : liveState(identity);
}

function isOfGoneGroup(kind: Kind, config: Values, live: Organization): boolean {
  return idsReferredTo(kind, config, "group").some(
    (id) => live.group(id) === undefined && !live.isMentioned(id),
  );
}

/** Keys and ids of everything that is declared now. */
function declaredObjects({ instances }: DecisionInput, memory: Memory): Set<string> {
  const declared = new Set<string>();
  for (const instance of instances) {
    const { kind } = instance.declaration;
    declared.add(`${kind.type} ${instance.key}`);
    const id = liveId(kind, instance.identity) ?? unreadId(instance, memory);
    if (id !== undefined) declared.add(`${kind.type} #${id}`);
  }
  return declared;
}

/** Of what nobody could read, the id that the base knows. */
const unreadId = (instance: Instance, memory: Memory): string | undefined =>
  instance.identity.answer === "unknown" ? memory.get(instance)?.id : undefined;

/** Whether an effect would take what another declaration says is to be there, or give a leaver another role than theirs does. */
function wantedOf({ desired, instances, live }: DecisionInput): (effect: Effect) => boolean {
  const people = declaredPeople(desired, instances);
  const groups = new Set<string>();
  const members = new Set<string>();
  const leavers = new Set<string>();
  for (const instance of instances) {
    const { declaration, config, current, naming } = instance;
    for (const email of naming.absent) leavers.add(canonicalEmail(email));
    const { kind } = declaration;
    const group = kind.group?.(config, live);
    if (group === undefined || current === undefined) continue;
    // One that is to be renamed still has its old name.
    const id = liveId(kind, instance.identity);
    const name = nameOf(live, { name: group.name, ...(id === undefined ? {} : { id }) });
    if (group.members !== "one") groups.add(name);
    for (const email of naming.present) members.add(memberKey(name, email));
  }
  return (effect) => {
    if (effect.type === "remove_person") return people.has(canonicalEmail(effect.email));
    if (effect.type === "set_organization_role") return leavers.has(canonicalEmail(effect.email));
    if (effect.type === "delete_group") return groups.has(nameOf(live, effect.group));
    return (
      effect.type === "remove_member" && members.has(memberKey(nameOf(live, effect.group), effect.email))
    );
  };
}

const memberKey = (group: string, email: string): string => `${group}\n${canonicalEmail(email)}`;
const nameOf = (live: Organization, { id, name }: { readonly id?: string; readonly name: string }): string =>
  (id === undefined ? undefined : live.group(id)?.name) ?? name;

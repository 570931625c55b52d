import { canonicalEmail, type Organization } from "../access";
import type { Family } from "../api";
import { attributesOf, compare, keyOf, type Values } from "../lifecycle";
import {
  familyOf,
  kindOf,
  kinds,
  ownershipOf,
  type Action,
  type AttributeChange,
  type Context,
  type Kind,
  type StepDraft,
} from "../resources";
import type { Base, BaseEntry } from "./base";
import type { Desired } from "./desired";
import type { Instance } from "./instance";
import { record, recordedChanges } from "./record";
import { stepOf, type LiveStep } from "./step";

/** What is to happen to one instance, before order: its change and its steps. */
export interface Decision {
  readonly address: string;
  readonly label: string;
  readonly kind: string;
  readonly constructPath?: string;
  readonly action: Action;
  readonly changes: readonly AttributeChange[];
  /** Whether what it says is in effect already since an earlier run: then a difference was made outside. */
  readonly inEffect: boolean;
  readonly steps: readonly LiveStep[];
}

export interface DecisionInput {
  readonly desired: Desired;
  readonly instances: readonly Instance[];
  readonly base: Base;
  readonly live: Organization;
  readonly families: ReadonlySet<Family>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Desired, base and live against each other: every change that code asks for, is no longer asking for, or owns by a pattern. */
export function decide(input: DecisionInput): Decision[] {
  const { instances } = input;
  const index: Index = {
    keys: new Set(instances.map(({ declaration: { kind }, key }) => `${kind.type} ${key}`)),
    remembered: new Set(instances.flatMap((instance) => rememberedEntry(instance, input) ?? [])),
    addresses: new Set(instances.map(({ declaration }) => declaration.address)),
    context: { live: input.live, now: input.now },
  };
  return [
    ...instances.map((instance) => decideInstance(instance, input, index)),
    ...vanished(input, index),
    ...owned(input, index),
  ].filter(({ steps }) => steps.length > 0);
}

interface Index {
  readonly keys: ReadonlySet<string>;
  /** Entries whose object is declared still, under whatever key. */
  readonly remembered: ReadonlySet<BaseEntry>;
  readonly addresses: ReadonlySet<string>;
  readonly context: Context;
}

function decideInstance(instance: Instance, input: DecisionInput, { context }: Index): Decision {
  const { declaration, config, current, label } = instance;
  const { kind, address, constructPath } = declaration;
  const remembered = rememberedEntry(instance, input);
  const prior = priorOf(instance, remembered, input);
  const change = compare(kind, prior, current);
  const ended = current === undefined;
  const origin = {
    address,
    because: ended ? `ended ${String(config["expires_at"])}` : `declared by ${constructPath ?? address}`,
  };
  const drafts: StepDraft[] = [
    ...(change.action === "no-op" ? [] : kind.steps(change, context)),
    ...(ended ? [] : (kind.awaits?.(current, context) ?? [])),
  ];
  const changes = recordedChanges(kind, remembered, config);
  // A step alone leaves the declaration half in effect: its record completes it again.
  if (changes !== undefined || drafts.length > 0) {
    drafts.push(record.draft({ address, what: "declare", label, changes: changes ?? "" }, {}));
  }
  return {
    address,
    label,
    kind: kind.type,
    ...(constructPath === undefined ? {} : { constructPath }),
    action: change.action,
    changes: change.changes,
    inEffect: remembered?.complete === true && changes === undefined,
    steps: drafts.map((draft) => stepOf(draft, origin, input.families, input.live)),
  };
}

/** What the base knows of this very object: under its address, with its key or, after a rename, with its id. */
export function rememberedEntry(
  { declaration: { kind, address }, config, key }: Instance,
  { base, live }: DecisionInput,
): BaseEntry | undefined {
  const entry = base.entries[address];
  if (entry?.kind !== kind.type) return undefined;
  if (entry.key === key) return entry;
  if (entry.id === undefined) return undefined;
  const found = kind.find(live, config, entry.id);
  return found !== undefined && kind.id(found) === entry.id ? entry : undefined;
}

/** Whether Amplitude answers for everything that a kind is read from. Project names may come from the stack. */
export function isReadable(kind: Kind, families: ReadonlySet<Family>): boolean {
  return kind.reads.every((collection) => collection === "projects" || families.has(familyOf[collection]));
}

/**
 * What is there now: read from Amplitude, with what only the base knows. Where a family does not answer, what code brought
 * into effect is taken to be there: not readable is not the same as gone.
 */
function priorOf(
  { declaration: { kind }, config }: Instance,
  entry: BaseEntry | undefined,
  { live, families }: DecisionInput,
): Values | undefined {
  if (!isReadable(kind, families)) return entry?.complete === true ? entry.config : undefined;
  const found = kind.find(live, config, entry?.id) as Values | undefined;
  if (found === undefined) return undefined;
  if (entry === undefined) return found;
  const declared: Record<string, unknown> = {};
  for (const [name, { origin }] of attributesOf(kind))
    if (origin === "declared") declared[name] = entry.config[name];
  return { ...found, ...declared };
}

/** What the base holds and no stack declares any more: a revocation, as in Terraform, unless it moved or was let go. */
function vanished(
  { base, desired, live, families }: DecisionInput,
  { keys, remembered, addresses, context }: Index,
): Decision[] {
  const released = new Set(
    desired.stacks.flatMap(({ name, released: locals }) => locals.map((local) => `${name}/${local}`)),
  );
  return Object.entries(base.entries).flatMap(([address, entry]) => {
    const kind = kindOf(entry.kind);
    if (kind === undefined || remembered.has(entry)) return [];
    const letGo = released.has(address) || keys.has(`${entry.kind} ${entry.key}`);
    const prior = letGo ? undefined : (kind.find(live, entry.config, entry.id) as Values | undefined);
    const change = compare(kind, prior, undefined);
    const drafts = change.action === "no-op" ? [] : [...kind.steps(change, context)];
    // A new declaration under the same address overwrites the entry by itself.
    if (!addresses.has(address))
      drafts.push(record.draft({ address, what: "forget", label: entry.label, changes: "" }, {}));
    const origin = { address, because: "no longer declared" };
    return [
      {
        address,
        label: entry.label,
        kind: entry.kind,
        action: change.action,
        changes: [],
        inEffect: false,
        steps: drafts.map((draft) => stepOf(draft, origin, families, live)),
      },
    ];
  });
}

/** What nobody declares and a pattern says is ours. */
function owned({ desired, instances, live, families }: DecisionInput, { keys, context }: Index): Decision[] {
  const { policy } = desired;
  const patterns = {
    groups: policy.ownsGroups,
    grantsOn: policy.ownsGrantsOn,
    peopleOf: policy.ownsPeopleOf,
  };
  const owns = ownershipOf(patterns, declaredPeople(desired, instances));
  return kinds.flatMap((kind) => {
    const claims = kind.claims?.bind(kind);
    if (claims === undefined) return [];
    return [...kind.list(live)].flatMap((state): Decision[] => {
      if (!claims(state, owns, live) || keys.has(`${kind.type} ${keyOf(kind, state)}`)) return [];
      const change = compare(kind, state, undefined);
      const label = kind.label(state, live);
      const steps = kind
        .steps(change, context)
        .map((draft) => stepOf(draft, { because: "owned by a pattern, declared by nobody" }, families, live));
      return [
        {
          address: `${kind.type} ${label}`,
          label,
          kind: kind.type,
          action: change.action,
          changes: [],
          inEffect: false,
          steps,
        },
      ];
    });
  });
}

/** Everybody whom some declaration names, as canonical e-mails. */
export function declaredPeople(desired: Desired, instances: readonly Instance[]): Set<string> {
  const { admins, breakGlass, operator } = desired.policy;
  const named = new Set([...admins, ...breakGlass, ...(operator === undefined ? [] : [operator])]);
  for (const { naming, current } of instances) {
    if (current !== undefined) for (const email of naming.present) named.add(canonicalEmail(email));
  }
  return named;
}

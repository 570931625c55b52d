import type { Family } from "../api";
import {
  attributesOf,
  canonicalConfig,
  compare,
  liveId,
  keyOf,
  liveState,
  type Identity,
  type Values,
  isReadable,
  wasRead,
} from "../lifecycle";
import { kinds, ownershipOf, type Context, type StepDraft } from "../resources";
import type { BaseEntry } from "./base/base";
import type { Decision, DecisionInput } from "./decision";
import { declaredPeople } from "./desired/declared-people";
import type { Instance } from "./instance";
import type { Memory } from "./base/memory";
import { declarationOf, record, recordedChanges } from "./base/record";
import { stepId, stepOf, type LiveStep } from "./step";
import { unitedSteps } from "./united-steps";
import { vanished } from "./vanished";

/** Desired, base and live against each other: every change that code asks for, is no longer asking for, or owns by a pattern. */
export function decide(input: DecisionInput, memory: Memory): Decision[] {
  const context: Context = { live: input.live, now: input.now };
  const decisions = [
    ...input.instances.map((instance) => decideInstance(instance, memory.get(instance), input, context)),
    ...vanished(input, memory, context),
    ...owned(input, context),
  ].filter(({ steps }) => steps.length > 0);
  return unitedSteps(decisions, input);
}

function decideInstance(
  instance: Instance,
  remembered: BaseEntry | undefined,
  input: DecisionInput,
  context: Context,
): Decision {
  const { declaration, config, current, label } = instance;
  const { kind, address, constructPath } = declaration;
  const { identity } = instance;
  const prior = priorOf(instance, remembered);
  const change = compare(kind, prior, current);
  const isOver = current === undefined;
  const origin = {
    address,
    because: isOver ? `ended ${String(config["expires_at"])}` : `declared by ${constructPath ?? address}`,
  };
  const known = { ...context, id: liveId(kind, identity) ?? remembered?.id };
  // It is there by its id, and what it is by now is not understood, or no list shows it: nothing is done about it.
  const isOpaque =
    remembered?.id !== undefined &&
    identity.answer === "unknown" &&
    isReadable(kind, input.families) &&
    wasRead(kind, config, input.live);
  const isHidden = identity.answer === "hidden" && !isOver;
  const isLeft = change.action === "no-op" || isOpaque || isHidden;
  const changing = isLeft ? [] : kind.steps(change, known);
  const ended = endedSteps(instance, changing, prior, known);
  const drafts: StepDraft[] = [...changing, ...(isOver ? [] : (kind.awaits?.(current, known) ?? []))];
  const canonical = canonicalConfig(kind, config);
  const recorded = recordedChanges(kind, remembered, config, canonical, drafts.length > 0);
  const changes = remembered === undefined ? recorded : withOtherId(recorded, identity);
  const inEffect = remembered?.complete === true && recorded === undefined;
  const isUnread = identity.answer === "unknown" && inEffect && !isOver;
  if (isUnread) origin.because = "in effect by an earlier run; nobody could read whether it still is";
  const available = isUnread ? NONE : input.families;
  const drafted = drafts.map((draft) => stepOf(draft, origin, available, input.live));
  // What was in effect and cannot be read is neither gained nor lost: somebody looks whether it is there.
  const steps: LiveStep[] = isUnread
    ? drafted.map((step) => ({ ...step, effects: [], assumed: step.effects }))
    : drafted;
  // A step alone leaves the declaration half in effect: its record completes it again.
  if (changes !== undefined || steps.length > 0) {
    const values = { address, what: "declare" as const, label, declaration: declarationOf(kind, canonical) };
    const step = stepOf(record.draft(values, { changes: changes ?? "" }), origin, input.families, input.live);
    steps.push(changes === undefined ? { ...step, completes: true } : step);
  }
  return {
    address,
    label,
    kind: kind.type,
    ...(constructPath === undefined ? {} : { constructPath }),
    action: change.action,
    changes: change.changes,
    inEffect,
    steps,
    ...(isUnread ? { assumed: drafted.flatMap(({ effects }) => effects) } : {}),
    ...(ended.length === 0 ? {} : { ended }),
  };
}

/** What nobody could read, a person looks at: nothing is written again. */
const NONE: ReadonlySet<Family> = new Set();

/** What has another id by now is recorded under it. */
function withOtherId(changes: string | undefined, identity: Identity): string | undefined {
  if (identity.answer !== "re-made") return changes;
  const other = `the object of id ${identity.goneId} is gone, another one is taken over`;
  return changes === undefined || changes === "" ? other : `${changes}, ${other}`;
}

/** Of the steps of a change, those that nobody would need, had nothing ended by its own date. */
function endedSteps(
  { declaration: { kind }, config, current }: Instance,
  drafts: readonly StepDraft[],
  prior: Values | undefined,
  context: Context,
): string[] {
  if (drafts.length === 0 || (current !== undefined && kind.current === undefined)) return [];
  const ids = drafts.map(({ operation, values }) => stepId(operation.name, values));
  if (current === undefined) return ids;
  const whole = compare(kind, prior, config);
  const lasting = whole.action === "no-op" ? [] : kind.steps(whole, context);
  const needed = new Set(lasting.map(({ operation, values }) => stepId(operation.name, values)));
  return ids.filter((id) => !needed.has(id));
}

/**
 * What is there now: read from Amplitude, with what only the base knows. Where a family does not answer nothing is known: what is
 * declared is a step by hand for as long as nobody confirms it.
 */
function priorOf(
  { declaration: { kind }, current, identity, key }: Instance,
  entry: BaseEntry | undefined,
): Values | undefined {
  // What code brought into effect and has ended, or is to be called otherwise, is taken to be there until somebody confirms that it is not.
  if (identity.answer === "unknown") {
    const isTaken = entry !== undefined && (current === undefined || entry.key !== key);
    return isTaken ? { ...entry.config, id: entry.id } : undefined;
  }
  const found = liveState(identity);
  if (found === undefined) return undefined;
  if (entry === undefined) return found;
  const declared: Record<string, unknown> = {};
  for (const [name, { origin }] of attributesOf(kind))
    if (origin === "declared") declared[name] = entry.config[name];
  return { ...found, ...declared };
}

/** What nobody declares and a pattern says is ours. */
function owned({ desired, instances, live, families }: DecisionInput, context: Context): Decision[] {
  const { policy } = desired;
  if (policy.ownsGrantsOn.length === 0 && policy.ownsPeopleOf.length === 0) return [];
  const keys = new Set(instances.map(({ declaration: { kind }, key }) => `${kind.type} ${key}`));
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
          revokes: `${kind.type} ${keyOf(kind, state)}`,
        },
      ];
    });
  });
}

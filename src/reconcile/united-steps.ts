import type { Effect } from "../access";
import type { StepDraft } from "../resources";
import type { Decision, DecisionInput } from "./decision";
import { stepOf, type LiveStep } from "./step";

/** Where one request does what several steps are for, that one step stands in the place of each of them. */
export function unitedSteps(
  decisions: Decision[],
  { families, live }: Pick<DecisionInput, "families" | "live">,
): Decision[] {
  const written = decisions.flatMap(({ steps }) => steps).filter(({ step }) => step.actor === "write");
  if (!written.some(({ operation }) => operation.unites !== undefined)) return decisions;
  const effects = written.flatMap((step) => step.effects);
  const byEffect = new Map<string, LiveStep[]>();
  for (const step of written) {
    for (const effect of step.effects)
      byEffect.set(textOf(effect), [...(byEffect.get(textOf(effect)) ?? []), step]);
  }
  const instead = new Map<string, StepDraft>();
  for (const { operation, step } of written) {
    const draft = operation.unites?.(step.values, effects, live);
    if (draft?.operation.family === undefined || !families.has(draft.operation.family)) continue;
    const done = new Set(draft.operation.effects(draft.values, draft.facts).map(textOf));
    for (const other of [...done].flatMap((text) => byEffect.get(text) ?? [])) {
      if (other.effects.every((effect) => done.has(textOf(effect)))) instead.set(other.step.id, draft);
    }
  }
  return decisions.map((decision) => ({
    ...decision,
    steps: decision.steps.map((known) => {
      const draft = instead.get(known.step.id);
      if (draft === undefined) return known;
      const [address, because] = [known.step.addresses[0], known.step.because[0]];
      const origin = {
        ...(address === undefined ? {} : { address }),
        ...(because === undefined ? {} : { because }),
      };
      return stepOf(draft, origin, families, live);
    }),
  }));
}

/** E-mails are the same in any case. */
const textOf = (effect: Effect): string => JSON.stringify(effect).toLowerCase();

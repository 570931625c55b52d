import { canonicalEmail } from "../../access";
import type { AuditEvent } from "../../api";
import { attributionOf, isOurs, stepWent, type Attribution } from "../log/attribution";
import type { LivePlan } from "../live-plan";
import type { StepResult } from "./run";
import type { Step } from "../step";

/** Somebody else changed what a run was about while it went on. */
export interface Clash {
  readonly step: Step;
  /** The step of this run that met it, where one did. */
  readonly met?: Step;
  /** Both sides, in words, with the other one's actor and time. */
  readonly text: string;
}

/** What a fresh plan still holds after a run, by cause. */
export interface LeftOver {
  readonly clashes: readonly Clash[];
  /** What nobody else is known to have done: Amplitude took a write and did not do it. */
  readonly steps: readonly Step[];
}

/**
 * Tells what others changed during a run from what did not work. A run never writes such a thing again: whoever the other side is would
 * change it back.
 *
 * @param after the plan of a reading after the last step
 * @param events of the audit log since the run began, oldest first
 */
export function leftOverOf(
  after: LivePlan,
  results: readonly StepResult[],
  events: readonly AuditEvent[],
): LeftOver {
  const byId = new Map(results.map((result) => [result.step.id, result]));
  // Anybody can name a client: an entry is this run's own where one of its steps went the same way, about the same.
  const sent = results.filter(
    ({ step, outcome }) => step.actor === "write" && (outcome === "done" || outcome === "failed"),
  );
  const isOwn = (event: AuditEvent): boolean =>
    sent.some(({ step }) => attributionOf(step, after.live, [event], stepWent(step.text)) !== undefined);
  const foreign = events.filter((event) => !isOurs(event) || !isOwn(event));
  const who = (step: Step): Attribution | undefined => attributionOf(step, after.live, foreign);
  // Whoever took a whole group or project away spoke of nobody in it.
  const whoMade = ({ values: { group, project }, ...step }: Step): Attribution | undefined =>
    who({ ...step, values: { group, project } });
  const clashes = results.flatMap(
    (result) => clashOf(result, who(result.step) ?? whoMade(result.step)) ?? [],
  );
  const told = new Set(clashes.map(({ step }) => step.id));
  const joined = new Set(
    results.flatMap(({ step, outcome }) => (outcome === "done" ? step.invites.map(canonicalEmail) : [])),
  );
  const steps: Step[] = [];
  for (const step of after.plan.steps) {
    const met = byId.get(step.id) ?? metAt(step, results);
    const outcome = met?.outcome;
    if (step.actor === "record" || (outcome !== undefined && outcome !== "done" && outcome !== "failed"))
      continue;
    if (met !== undefined && told.has(met.step.id)) continue;
    // What somebody is to see of whoever came by this run could not be asked before it.
    if (step.actor === "hand" && step.people.length > 0 && step.people.every((email) => joined.has(email)))
      continue;
    const by = who(step);
    if (by === undefined) {
      if (outcome !== "failed") steps.push(step);
      continue;
    }
    const ours =
      outcome === "done"
        ? `this run did "${met?.step.text ?? step.text}", and it is not so any more`
        : outcome === "failed"
          ? `this run was to do "${met?.step.text ?? step.text}", and was refused`
          : `"${step.text}" is to be done since this run began`;
    clashes.push({
      step,
      ...(met === undefined ? {} : { met: met.step }),
      text: `${ours}; ${byWhom(by)}`,
    });
  }
  return { clashes, steps };
}

/** What a write met: that is a clash whoever made it so, and whatever is there at the end. */
function clashOf({ step, unexpected }: StepResult, by: Attribution | undefined): Clash | undefined {
  if (unexpected === undefined) return undefined;
  const { was, is, when } = unexpected;
  const text = `this run was to do "${step.text}", there was ${was} ${when}, and it met ${is}; `;
  return { step, met: step, text: text + (by === undefined ? UNTOLD : byWhom(by)) };
}

const UNTOLD = "who changed it, no audit log that can be read says";

function byWhom({ actor, at, through }: Attribution): string {
  return `${actor} changed it at ${at}${through === undefined ? "" : ` through ${through}`}`;
}

/** What was to be something else is another step in a fresh plan: of the same place, in the same declaration. */
function metAt({ addresses, values }: Step, results: readonly StepResult[]): StepResult | undefined {
  return results.find(
    ({ step, outcome }) =>
      (outcome === "failed" || outcome === "done") &&
      step.actor === "write" &&
      step.addresses.some((address) => addresses.includes(address)) &&
      PLACE.every((name) => step.values[name] === values[name]),
  );
}

/** Values that say where something is written, beside what is written there. */
const PLACE = ["group", "email", "principal", "project", "module", "setting", "property"];

import { z } from "zod";
import { canonicalEmail } from "../../access";
import { fileProblem, seal, unseal, type FileFormat } from "../base/sealed-file";
import { stepId, type LiveStep, type Step } from "../step";

const FORMAT: FileFormat = { what: "confirmation", format: "amplitude-access/confirmation", version: 1 };

const confirmationSchema = z.strictObject({
  organization: z.string(),
  /** Id of the step; what it says is beside it, so that a reviewer reads what is confirmed. */
  step: z.string(),
  operation: z.string(),
  values: z.record(z.string(), z.string()),
  text: z.string(),
  by: z.email(),
  on: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).optional(),
  evidence: z.string().optional(),
});

/** Somebody says, in a reviewed file, that a step which cannot be read back was done. */
export type Confirmation = z.infer<typeof confirmationSchema>;

/** A confirmation for a step of a plan. `until` (RFC 3339) is left out for an act, which does not become undone. */
export function confirmationOf(
  step: Step,
  organization: string,
  said: Pick<Confirmation, "by" | "on" | "until" | "evidence">,
): Confirmation {
  const values = Object.entries(step.values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    organization,
    step: step.id,
    operation: step.operation,
    values: Object.fromEntries(values),
    text: step.text,
    ...said,
  };
}

export function confirmationText(confirmation: Confirmation): string {
  return seal(FORMAT, confirmation);
}

/** Reads a confirmation of this organization. Throws DiagnosticError when it was edited, or is for another step than it says. */
export function parseConfirmation(text: string, file: string, organization: string): Confirmation {
  const confirmation = unseal(FORMAT, text, file, confirmationSchema);
  if (confirmation.organization !== organization) {
    throw fileProblem(
      FORMAT,
      file,
      `It is of organization ${confirmation.organization}, and this run is for ${organization}`,
    );
  }
  if (stepId(confirmation.operation, confirmation.values) !== confirmation.step) {
    throw fileProblem(FORMAT, file, "It is for another step than the one that it describes");
  }
  return confirmation;
}

/** A step by hand that somebody has confirmed. */
export interface ConfirmedStep {
  readonly step: Step;
  readonly by: string;
  readonly on: string;
  readonly until?: string;
}

/** `tom@acme.com on 2026-11-23, until 2026-12-23` */
export function saidBy({ by, on, until }: Pick<ConfirmedStep, "by" | "on" | "until">): string {
  return `${by} on ${on.slice(0, 10)}${until === undefined ? "" : `, until ${until.slice(0, 10)}`}`;
}

/** What confirmations say about the steps of a plan. */
export interface Confirmed {
  readonly steps: readonly LiveStep[];
  readonly open: readonly LiveStep[];
  readonly confirmed: readonly ConfirmedStep[];
  /** What a person should know of them, in words. */
  readonly notes: readonly string[];
}

/**
 * Takes what is confirmed out of a plan's steps. Only steps by hand can be confirmed. That of a state counts until it ends; that of an act
 * for good. What waited for a confirmed step waits no longer, and a record that only completed confirmed steps says nothing.
 *
 * @param now milliseconds since the epoch
 */
export function confirm(
  steps: readonly LiveStep[],
  confirmations: readonly Confirmation[],
  now: number,
): Confirmed {
  const valid = new Map<string, Confirmation>();
  const notes: string[] = [];
  const byId = new Map(steps.map((live) => [live.step.id, live]));
  for (const confirmation of [...confirmations].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    const live = byId.get(confirmation.step);
    const { until, by, text } = confirmation;
    if (live?.step.actor !== "hand") continue;
    const isAct = live.operation.confirms === "act";
    if (isAct || (until !== undefined && Date.parse(until) > now)) valid.set(confirmation.step, confirmation);
    else
      notes.push(
        `${text}: confirmed by ${canonicalEmail(by)}, ended ${until ?? "at once, for want of an end"}. Look again, and confirm again.`,
      );
  }
  const isConfirmed = ({ step }: LiveStep): boolean => valid.has(step.id);
  const remaining = steps.filter((live) => !isConfirmed(live)).map((live) => released(live, valid));
  const busy = new Set(
    remaining.filter(({ step }) => step.actor !== "record").flatMap(({ step }) => step.addresses),
  );
  const open = remaining.filter(
    ({ step, completes }) => completes !== true || step.addresses.some((address) => busy.has(address)),
  );
  return {
    steps: steps.filter(isConfirmed),
    open,
    confirmed: steps.filter(isConfirmed).map(({ step }) => confirmedStep(step, valid.get(step.id))),
    notes,
  };
}

function confirmedStep(step: Step, confirmation: Confirmation | undefined): ConfirmedStep {
  const { by = "", on = "", until } = confirmation ?? {};
  return { step, by, on, ...(until === undefined ? {} : { until }) };
}

function released(live: LiveStep, valid: ReadonlyMap<string, Confirmation>): LiveStep {
  const { unless, notBefore: _notBefore, ...step } = live.step;
  return unless !== undefined && valid.has(unless) ? { ...live, step } : live;
}

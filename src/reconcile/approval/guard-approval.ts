import { z } from "zod";
import { guardNames, isClosed, type Guard, type Opening } from "../guards";
import { fileProblem, seal, unseal, type FileFormat } from "../base/sealed-file";

const FORMAT: FileFormat = { what: "approval", format: "amplitude-access/approval", version: 1 };

const guardApprovalSchema = z.strictObject({
  organization: z.string(),
  guard: z.enum([...guardNames, "policy"]),
  subject: z.string().optional(),
  /** What the guard said, for reviewers. */
  text: z.string(),
  /** The largest number that it lets pass. */
  count: z.int().nonnegative(),
  people: z.array(z.email()),
  /** What it says is beside each step, so that a reviewer reads what is approved. */
  steps: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  reason: z.string().min(1),
  by: z.email(),
  on: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
});

/** A reviewed file that lets a guard's steps pass: bound to the guard, to people and their number, and to the steps. */
export type GuardApproval = z.infer<typeof guardApprovalSchema>;

/** The approval of what a guard holds back in a plan. */
export function guardApprovalOf(
  guard: Guard,
  organization: string,
  steps: GuardApproval["steps"],
  said: Pick<GuardApproval, "reason" | "by" | "on" | "until">,
): GuardApproval {
  const held = new Set(guard.steps);
  return {
    organization,
    guard: guard.guard,
    ...(guard.subject === undefined ? {} : { subject: guard.subject }),
    text: guard.text,
    count: guard.found,
    people: [...guard.people],
    steps: steps.filter(({ id }) => held.has(id)),
    ...said,
  };
}

export function guardApprovalText(approval: GuardApproval): string {
  return seal(FORMAT, approval);
}

/** Reads an approval of this organization. Throws DiagnosticError when it was edited, or is of another one. */
export function parseGuardApproval(text: string, file: string, organization: string): GuardApproval {
  const approval = unseal(FORMAT, text, file, guardApprovalSchema);
  if (approval.organization === organization) return approval;
  throw fileProblem(
    FORMAT,
    file,
    `It is of organization ${approval.organization}, and this run is for ${organization}`,
  );
}

/** What an approval lets pass. `lacks`: why it does not count yet. */
export function openingOf(approval: GuardApproval, file: string, lacks?: string): Opening {
  const { guard, subject, people, count, steps, reason, on, until, by } = approval;
  return {
    guard,
    subject,
    people,
    count,
    steps: steps.map(({ id }) => id),
    by: `${file} (${by})`,
    reason,
    on,
    until,
    ...(lacks === undefined ? {} : { lacks }),
  };
}

/** Guards of a plan that an approval could open. */
export function openable(guards: readonly Guard[]): Guard[] {
  return guards.filter((guard) => guard.opens === "approval" && isClosed(guard) && guard.steps.length > 0);
}

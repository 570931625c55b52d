import { z } from "zod";
import type { Plan } from "../live-plan";
import { planDigest } from "../plan";
import { fileProblem, seal, unseal, type FileFormat } from "../base/sealed-file";

const FORMAT: FileFormat = { what: "plan file", format: "amplitude-access/plan", version: 1 };

/** Only what an apply compares is checked here; the seal answers for the rest. */
const planSchema = z.looseObject({
  organization: z.looseObject({ orgId: z.string(), host: z.string(), region: z.string() }),
  stacks: z.array(z.string()),
  refusals: z.array(z.looseObject({ steps: z.array(z.string()).optional() })),
  steps: z.array(
    z.looseObject({
      id: z.string(),

      text: z.string(),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
});

export function planFileText(plan: Plan): string {
  return seal(FORMAT, { plan });
}

/** A saved plan, as it was saved. Throws DiagnosticError when it was edited, cut short, or is of another version. */
export function savedPlan(text: string, file: string): Plan {
  const { plan: found } = unseal(FORMAT, text, file, z.strictObject({ plan: planSchema }));
  const plan = found as unknown as Plan;
  if (planDigest(plan) === plan.digest) return plan;
  throw fileProblem(FORMAT, file, "Its steps do not match its digest: it was edited");
}

/** A saved plan. It carries no authority: it says what was looked at, never what may run now. Throws DiagnosticError. */
export function parsePlan(text: string, file: string, now: Pick<Plan, "organization" | "stacks">): Plan {
  const plan = savedPlan(text, file);
  const { orgId, host, region, credentials } = plan.organization;
  const [before, after] = [{ region, credentials }, now.organization];
  if (before.region !== after.region || before.credentials !== after.credentials) {
    throw fileProblem(
      FORMAT,
      file,
      "It was made with another region or other credentials than the stack names now",
    );
  }
  if (orgId !== now.organization.orgId || host !== now.organization.host) {
    throw fileProblem(
      FORMAT,
      file,
      `It is of organization ${orgId} on ${host}, and this run is for ${now.organization.orgId} on ${now.organization.host}`,
    );
  }
  // One that has come or gone since is no reason: what runs are steps that are in both, on facts that hold.
  if (!plan.stacks.some((stack) => now.stacks.includes(stack))) {
    throw fileProblem(
      FORMAT,
      file,
      `It is of the stacks ${plan.stacks.join(", ")}, and these are ${now.stacks.join(", ")}`,
    );
  }
  return plan;
}

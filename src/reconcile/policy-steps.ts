import type { Organization } from "../access";
import { digest, type Json } from "../schema";
import { administratorSteps } from "./administrators";
import { policyJson } from "./desired/desired";
import { factSteps } from "./fact-steps";
import type { PlanInput } from "./live-plan";
import { policyChanges, record } from "./base/record";
import { stepOf, type LiveStep } from "./step";

/** A changed policy or fact sends no request, but decides what later runs may take away: it is a step like any other. */
export function policySteps({ desired, base, snapshot, only }: PlanInput, live: Organization): LiveStep[] {
  const changes = policyChanges(
    base.policy && (policyJson(base.policy) as Record<string, Json>),
    policyJson(desired.policy) as Record<string, Json>,
  );
  if (only !== undefined) return [];
  const families = new Set(snapshot.families);
  const facts = [...administratorSteps(desired.policy, families, live), ...factSteps(desired, base, live)];
  if (changes === "") return facts;
  const draft = record.draft(
    {
      address: "provider",
      what: "policy",
      label: "policy",
      declaration: digest(policyJson(desired.policy)).slice(0, 16),
    },
    { changes },
  );
  return [
    ...facts,
    stepOf(draft, { address: "provider", because: "the provider block says so" }, families, live),
  ];
}

import { alertsIn, driftItems, driftReport, type DriftReport } from "../../src/drift";
import type { Drift, LivePlan } from "../../src/reconcile";

/** What drift tells of a situation, without a baseline, policies or a run before. */
export function reportOf(
  { plan, steps, live }: LivePlan,
  drift: Drift,
  notes: readonly string[] = [],
): DriftReport {
  const { orgId, region } = plan.organization;
  return driftReport({
    organization: { orgId, region },
    stacks: plan.stacks,
    at: plan.plannedAt,
    looked: "everything",
    eventsSince: plan.plannedAt,
    items: driftItems(drift, steps, live, { alerts: alertsIn([]), findings: [] }),
    baseline: [],
    notes,
    notChecked: plan.notChecked,
    proofs: plan.proofs,
  });
}

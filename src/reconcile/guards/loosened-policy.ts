import { loosened } from "../desired/limits";
import type { GuardRule } from "./guard";

/**
 * A policy that lets more pass than the one in effect. The plan itself is judged under both; the looser one comes into effect, and counts
 * for the next plan, once it was approved.
 */
export const loosenedPolicy: GuardRule = {
  name: "loosened-policy",
  opens: "approval",
  advice: "Until it is approved, the policy in effect stays in effect.",
  judge({ base, policy, steps }) {
    const clauses = loosened(base.policy, policy);
    const records = steps
      .filter(({ step }) => step.actor === "record" && step.values["what"] === "policy")
      .map(({ step }) => step.id);
    return [
      {
        found: clauses.length,
        limit: 0,
        text: `${clauses.length === 0 ? "no limit is loosened" : clauses.join(", ")}; limit 0`,
        verdict: clauses.length > 0 && records.length > 0 ? "holds" : "passes",
        people: [],
        steps: clauses.length > 0 ? records : [],
      },
    ];
  },
};

import { canonicalEmail } from "../../access";
import { removedOutside } from "../removed-outside";
import type { GuardRule } from "./guard";

/**
 * Somebody who was in the organization after the last run, is gone now and was not removed by us, was removed by somebody.
 * They are not invited again unless a line says so.
 */
export const returns: GuardRule = {
  name: "returns",
  opens: "never",
  advice: "Declare the person with `rejoins`, or as somebody who left, or remove the lines that name them.",
  judge({ base, before, instances, steps, leavers }) {
    const rejoining = new Set(instances.flatMap(({ naming }) => naming.rejoins ?? []).map(canonicalEmail));
    const findings = removedOutside(base, before)
      .filter((email) => !rejoining.has(email) && !leavers.has(email))
      .map((email) => ({
        subject: email,
        found: 1,
        limit: 0,
        text: `${email} was removed outside of the stack and is not invited again`,
        verdict: "holds" as const,
        people: [email],
        steps: steps
          .filter(({ step }) => step.actor === "write" && step.people.includes(email))
          .map(({ step }) => step.id),
      }))
      .filter(({ steps: held }) => held.length > 0);
    if (findings.length > 0) return findings;
    const text = "nobody who was removed outside would be invited again";
    return [{ found: 0, limit: 0, text, verdict: "passes", people: [], steps: [] }];
  },
};

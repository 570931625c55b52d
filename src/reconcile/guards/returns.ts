import { canonicalEmail } from "../../access";
import { removedOutside } from "../removed-outside";
import type { LiveStep } from "../step";
import type { GuardFacts, GuardFinding, GuardRule } from "./guard";

/**
 * Somebody who was in the organization after the last run, is gone now and was not removed by us, was removed by somebody.
 * They are not invited again unless a line says so.
 */
export const returns: GuardRule = {
  name: "returns",
  opens: "never",
  advice: "Declare the person with `rejoins`, or as somebody who left, or remove the lines that name them.",
  judge(facts) {
    const { base, before, instances, steps, leavers, baseKnown } = facts;
    const rejoining = new Set(instances.flatMap(({ naming }) => naming.rejoins ?? []).map(canonicalEmail));
    const removed = baseKnown ? removedOutside(base, before) : removedByLog(facts);
    const findings = removed
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
    const invited = baseKnown ? [] : steps.filter(({ step }) => step.invites.length > 0);
    if (invited.length > 0) return [notJudged(invited, facts)];
    const text = "nobody who was removed outside would be invited again";
    return [{ found: 0, limit: 0, text, verdict: "passes", people: [], steps: [] }];
  },
};

/** Without a state the audit log is what tells of removals, as far as it names somebody. */
function removedByLog({ past, before }: GuardFacts): string[] {
  return [...(past?.removed.keys() ?? [])].filter((email) => before.person(email) === undefined).sort();
}

function notJudged(invited: readonly LiveStep[], { past }: GuardFacts): GuardFinding {
  const people = [...new Set(invited.flatMap(({ step }) => step.invites.map(canonicalEmail)))].sort();
  const log =
    past === undefined
      ? "the audit log was not read"
      : `the audit log since ${past.since.slice(0, 10)} tells of no removal of them, and not of every one`;
  return {
    found: people.length,
    text: `not judged: there is no state of an earlier apply, so nobody knows whether somebody removed one of ${people.length} who ${people.length === 1 ? "is" : "are"} to be invited; ${log}`,
    verdict: "unjudged",
    people,
    steps: [],
  };
}

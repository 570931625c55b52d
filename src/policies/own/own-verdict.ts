import type { PolicyFinding, Step, Verdict } from "../../reconcile";
import { findingOf } from "../judge";
import type { Answer } from "./ask";

/** What policies of one's own say of a plan. One that could not answer denies. */
export function ownVerdict(answers: readonly Answer[], steps: readonly Step[]): Verdict {
  return {
    findings: answers.flatMap((answer) => [...findingsOf(answer, steps), ...thrownBy(answer)]),
    outcomes: answers.map(({ name, level, before, hits, thrown }) => ({
      rule: name,
      level: thrown === undefined ? level : "deny",
      before,
      after: hits.length,
      judged: thrown === undefined ? "whole" : "not",
      ...(thrown === undefined ? {} : { unchecked: thrown }),
    })),
  };
}

function findingsOf({ name, level, because, fix, hits }: Answer, steps: readonly Step[]): PolicyFinding[] {
  return hits.map(({ subject, path, email, project, group, wasSo }) =>
    findingOf(
      { rule: name, level },
      {
        subject,
        path,
        people: [email],
        project,
        ...(group === undefined ? {} : { groups: [group] }),
        reason: /[.!?]$/.test(because) ? because : `${because}.`,
        fix,
      },
      wasSo,
      steps,
    ),
  );
}

function thrownBy({ name, thrown }: Answer): PolicyFinding[] {
  if (thrown === undefined) return [];
  const objection = {
    subject: "thrown",
    path: `policy ${name}`,
    people: [],
    reason: `The policy could not judge: ${thrown}.`,
    fix: "Correct the policy.",
  };
  return [findingOf({ rule: name, level: "deny" }, objection, false, [])];
}

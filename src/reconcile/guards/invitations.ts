import { canonicalEmail } from "../../access";
import { limitsOf } from "../desired/limits";
import type { GuardRule } from "./guard";

/** Invitations that will be sent, by whomever: the one act that nothing takes back. */
export const invitations: GuardRule = {
  name: "invitations",
  opens: "approval",
  advice: "Is it the right organization? If all of them are to be invited, have it approved.",
  judge({ steps, base, policy }) {
    const { invitations: limit } = limitsOf(base.policy, policy);
    const inviting = steps.filter(({ step }) => step.invites.length > 0);
    const people = [
      ...new Set(inviting.flatMap(({ step }) => step.invites.map((email) => canonicalEmail(email)))),
    ].sort();
    const found = people.length;
    return [
      {
        found,
        limit,
        text: `${found} to be sent; limit ${limit}`,
        verdict: found > limit ? "holds" : "passes",
        people,
        steps: inviting.map(({ step }) => step.id),
      },
    ];
  },
};

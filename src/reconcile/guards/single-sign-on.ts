import { enforces } from "../order/sign-on";
import { signsIn } from "../single-sign-on";
import type { LiveStep } from "../step";
import type { GuardRule } from "./guard";

/** Single sign-on is enforced while nobody knows whether somebody with access can log in then. */
export const singleSignOn: GuardRule = {
  name: "single-sign-on",
  opens: "never",
  advice:
    "Put them into a group of the identity provider that the stack declares, or confirm for each of them, by the manual step that names them, that they can log in.",
  judge({ steps }) {
    const enforcing = steps.filter(enforces);
    const asked = enforcing.length === 0 ? [] : steps.filter(({ step }) => signsIn(step) !== undefined);
    const isSpecial = ({ step: { facts } }: LiveStep): boolean => facts["as"] !== undefined;
    const open = [...asked.filter(isSpecial), ...asked.filter((live) => !isSpecial(live))];
    const people = open.flatMap(({ step }) => step.people);
    const named = open.map(
      ({
        step: {
          facts,
          people: [email = ""],
        },
      }) => (typeof facts["as"] === "string" ? `${email} (${facts["as"]})` : email),
    );
    const text =
      enforcing.length === 0
        ? "single sign-on is not switched on"
        : people.length === 0
          ? "everybody with access is known to log in through the identity provider"
          : `single sign-on would be enforced, and no group of the identity provider is known to have ${named.join(", ")}`;
    return [
      {
        found: people.length,
        limit: 0,
        text: `${text}; limit 0`,
        verdict: people.length > 0 ? "unjudged" : "passes",
        people,
        steps: people.length > 0 ? enforcing.map(({ step }) => step.id) : [],
      },
    ];
  },
};

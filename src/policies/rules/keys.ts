import { canonicalEmail } from "../../access";
import { defineRule } from "../rule";

export const organizationKey = defineRule({
  name: "organization-key-collaborator",
  level: "deny",
  description: "A key of the whole organization that a collaborator uses or knows.",
  source: "For collaborator integrations: provide project-scoped API keys only",
  parameters: {},
  organization({ circumstances }) {
    return circumstances.organizationKeys.flatMap(({ address, label, people }) => {
      const outside = people.map(canonicalEmail).filter((email) => circumstances.collaborator(email));
      return outside.length === 0
        ? []
        : [
            {
              subject: JSON.stringify([address, outside]),
              path: `${label}: ${outside.join(", ")}`,
              people: outside,
              addresses: [address],
              reason: "A collaborator could reach every project with it.",
              fix: "Make keys of the projects that the work is in, and take them out of `owners` and `known_to`.",
            },
          ];
    });
  },
});

export const keyRotation = defineRule({
  name: "key-past-rotation",
  level: "warn",
  description: "A key that is older than it may be, or known to somebody who has gone.",
  source: "Rotate API Keys Regularly: rotation schedule; rotate all keys when engagement ends",
  parameters: {},
  organization({ circumstances }) {
    return circumstances.dueKeys
      .filter(({ state }) => state === "due" || state === "lost")
      .map(({ address, label, because, change }) => ({
        subject: address,
        path: label,
        people: [],
        addresses: [address],
        reason: `It is to be exchanged: ${because.join("; ")}.`,
        fix: `Raise it in its line: ${change}.`,
      }));
  },
});

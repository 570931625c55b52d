import { defineRule } from "../rule";
import { onProject } from "../wording";

export const groupAndDirect = defineRule({
  name: "group-and-direct",
  level: "warn",
  description: "Somebody who has a role on a project both through a group and directly.",
  source: "Use Groups for Scalability: clearer documentation (members of X group can do Y)",
  parameters: {},
  person(holder, view) {
    return [...holder.access.projects.values()].flatMap((access) => {
      const paths = access.paths.filter(({ role }) => role !== undefined);
      const through = new Set(paths.map(({ via }) => via.type));
      if (!through.has("group") || !through.has("direct")) return [];
      return [
        onProject(holder, view, access, {
          paths,
          reason: "Leaving the group would not take the access away.",
          fix: "Remove the direct grant, or the membership.",
        }),
      ];
    });
  },
});

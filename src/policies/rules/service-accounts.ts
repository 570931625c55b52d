import {
  compareOrganizationRoles,
  compareProjectRoles,
  organizationRoleName,
  projectRoleName,
  projectRoles,
} from "../../access";
import { defineRule } from "../rule";
import { onProject } from "../wording";

export const serviceAccountRole = defineRule({
  name: "service-account-human-role",
  level: "deny",
  description: "A service account with a role that people are meant to have.",
  source: "Service Accounts and API Users: grant minimal project access required for the integration",
  parameters: {
    highest: {
      value: "member",
      description: "The highest role, on projects and in the organization, that an integration may have.",
      oneOf: projectRoles,
    },
  },
  person(holder, view, { highest }) {
    if (!holder.isServiceAccount) return [];
    const limit = projectRoles.find((role) => role === highest) ?? "member";
    const { email, access } = holder;
    const role = access.organizationRole;
    const onProjects = [...access.projects.values()].flatMap((held) =>
      held.role === undefined || compareProjectRoles(held.role, limit) <= 0
        ? []
        : [
            onProject(holder, view, held, {
              reason: `A service account is ${projectRoleName(held.role)}, and ${projectRoleName(limit)} is the most.`,
              fix: "Grant what the integration needs, and no more.",
            }),
          ],
    );
    if (role === undefined || compareOrganizationRoles(role, limit) <= 0) return onProjects;
    const inOrganization = {
      subject: email,
      path: `${email}: organization ${organizationRoleName(role)}`,
      people: [email],
      reason: `A service account is ${organizationRoleName(role)} of the organization.`,
      fix: "Make it Member of the organization.",
    };
    return [inOrganization, ...onProjects];
  },
});

import {
  compareOrganizationRoles,
  organizationRoleName,
  organizationRoleNamed,
  organizationRoles,
} from "../../access";
import { defineRule, type Objection, type Unchecked, type View } from "../rule";

/** Where settings can be read, one that is not there is none: nobody is let in just in time. Where they cannot, a line may say it. */
const unlessKnown =
  (name: string) =>
  ({ organization, circumstances }: View): Unchecked | undefined =>
    circumstances.families.has("management") || organization.settings().has(name)
      ? undefined
      : { judged: "not", why: "settings cannot be read" };

export const jitDefaultRole = defineRule({
  name: "jit-default-role",
  level: "deny",
  description: "A just-in-time default role above the highest that is allowed.",
  source: "Just-In-Time (JIT) Provisioning: set default JIT role to Member (not Admin or Owner)",
  parameters: {
    highest: {
      value: "member",
      description: "The highest role that a first login may bring.",
      oneOf: organizationRoles,
    },
  },
  unchecked: unlessKnown("jit_default_role"),
  organization({ organization }, { highest }) {
    const role = organizationRoleNamed(organization.settings().get("jit_default_role") ?? "");
    const limit = organizationRoleNamed(highest) ?? "member";
    if (role === undefined || compareOrganizationRoles(role, limit) <= 0) return [];
    return [
      {
        subject: "organization",
        path: `organization settings: just-in-time role ${organizationRoleName(role)}`,
        people: [],
        reason: `Whoever logs in for the first time becomes ${organizationRoleName(role)}.`,
        fix: `Set jit_default_role to ${limit}.`,
      },
    ];
  },
});

export const mfaOff = defineRule({
  name: "mfa-off-production",
  level: "deny",
  description: "A collaborator who holds production access while no second factor is required.",
  source: "Enforce Multi-Factor Authentication: enforce MFA before granting access to production projects",
  parameters: {
    ssoCounts: {
      value: true,
      description:
        "Whether enforced single sign-on is enough: the identity provider asks for the second factor.",
    },
  },
  unchecked: unlessKnown("mfa_required"),
  person({ email, access, collaborator, isServiceAccount }, view, { ssoCounts }): Objection[] {
    const settings = view.organization.settings();
    if (collaborator === undefined || isServiceAccount || settings.get("mfa_required") !== "false") return [];
    if (ssoCounts && settings.get("sso_enforced") === "true") return [];
    const production = [...access.projects.keys()]
      .map((id) => view.project(id))
      .filter((project) => view.circumstances.environmentOf(project) === "production");
    if (production.length === 0) return [];
    return [
      {
        subject: email,
        path: `${email} on ${production.map(({ name }) => name).join(", ")}`,
        people: [email],
        reason: "They reach production data with a password alone.",
        fix: "Require a second factor, or enforce single sign-on, before production access is granted.",
      },
    ];
  },
});

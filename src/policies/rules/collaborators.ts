import { moduleName, type ProjectAccess } from "../../access";
import { instantOf } from "../../schema";
import { defineRule, type Holder, type View } from "../rule";
import { groupsOf, onProject } from "../wording";

const DAY = 24 * 60 * 60 * 1000;

function inEnvironment({ access }: Holder, view: View, environment: string): ProjectAccess[] {
  return [...access.projects.values()].filter(
    ({ projectId }) => view.circumstances.environmentOf(view.project(projectId)) === environment,
  );
}

export const collaboratorProductionAdmin = defineRule({
  name: "collaborator-production-admin",
  level: "warn",
  description: "A collaborator who is Admin of a production project.",
  source: "Separate Staging and Production Access: production projects: Project Manager or Member",
  parameters: {},
  person(holder, view) {
    if (holder.collaborator === undefined) return [];
    return inEnvironment(holder, view, "production")
      .filter(({ role }) => role === "admin")
      .map((access) =>
        onProject(holder, view, access, {
          paths: access.paths.filter(({ role }) => role?.name.toLowerCase() === "admin"),
          reason:
            "A collaborator can change settings and destinations of production data, and export all of it.",
          fix: "Grant Manager or Member there, and Admin on staging.",
        }),
      );
  },
});

export const productionAndStaging = defineRule({
  name: "production-and-staging",
  level: "warn",
  description: "A collaborator with access to production as well as staging.",
  source:
    "Common over-provisioning mistakes: providing access to production and staging when work is only in staging",
  parameters: {},
  person(holder, view) {
    if (holder.collaborator === undefined) return [];
    const production = inEnvironment(holder, view, "production");
    const staging = inEnvironment(holder, view, "staging");
    if (production.length === 0 || staging.length === 0) return [];
    const names = (reached: readonly ProjectAccess[]): string =>
      reached.map(({ projectId }) => view.project(projectId).name).join(", ");
    const paths = [...production, ...staging].flatMap((access) => access.paths);
    return [
      {
        subject: holder.email,
        path: `${holder.email} on ${names(production)} and ${names(staging)}`,
        people: [holder.email],
        groups: groupsOf(paths),
        reason: "A collaborator reaches production as well as staging.",
        fix: "Keep the one that the work is in, or switch the rule off for an engagement that needs both.",
      },
    ];
  },
});

export const moduleOutsideScope = defineRule({
  name: "module-outside-scope",
  level: "deny",
  description: "A collaborator with a Govern or Experiment module that no line of an engagement grants.",
  source: "Common over-provisioning mistakes: enabling Govern/Experiment when not in scope",
  parameters: {},
  unchecked: ({ circumstances }) =>
    circumstances.families.has("management")
      ? undefined
      : { judged: "in part", why: "modules cannot be read, only what the plan grants" },
  person(holder, view) {
    if (holder.collaborator === undefined) return [];
    const { circumstances } = view;
    return [...holder.access.projects.values()].flatMap((access) =>
      access.paths.flatMap((path) => {
        const { via, module } = path;
        if (module === undefined || via.type === "organization") return [];
        const principal =
          via.type === "group"
            ? { type: "group" as const, id: via.id }
            : { type: "user" as const, id: holder.email };
        if (circumstances.isModuleInScope(principal, access.projectId, module)) return [];
        return [
          onProject(holder, view, access, {
            paths: [path],
            detail: `${module} ${via.type === "group" ? via.id : ""}`,
            reason: `${moduleName(module)} is in no engagement's scope.`,
            fix: "Declare it with the `engagement` whose statement of work covers it, or revoke it.",
          }),
        ];
      }),
    );
  },
});

export const engagementEnded = defineRule({
  name: "engagement-ended",
  level: "deny",
  description: "A collaborator who still holds access after the engagement has ended.",
  source: "Governance Checklist: when engagement ends: remove collaborator from all projects",
  parameters: { graceDays: { value: 0, description: "Days after the end that are let pass." } },
  person(holder, view, { graceDays }) {
    const { collaborator, email, access } = holder;
    const end = instantOf(collaborator?.until ?? "");
    const holds = access.present || access.projects.size > 0;
    if (end === undefined || !holds || end + graceDays * DAY > view.circumstances.now) return [];
    const projects = [...access.projects.keys()].map((id) => view.project(id).name);
    return [
      {
        subject: email,
        path: `${email}: ${projects.length === 0 ? "in the organization" : `on ${projects.join(", ")}`}`,
        people: [email],
        groups: groupsOf([...access.projects.values()].flatMap(({ paths }) => paths)),
        reason: `The engagement ${collaborator?.engagement ?? ""} ended ${collaborator?.until ?? ""}.`,
        fix: "Declare them as somebody who left, or extend the engagement's `until`.",
      },
    ];
  },
});

export const dormant = defineRule({
  name: "dormant",
  level: "warn",
  description:
    "A collaborator of whom the audit log shows no sign for so many days. Judged by `drift` alone, which reads the log.",
  source: "Audit Requirements for Collaborators: check for dormant accounts (no logins in 60+ days)",
  parameters: { days: { value: 60, description: "Days without a sign; Amplitude keeps 90 of them." } },
  unchecked: ({ circumstances: { logDays } }, { days }) =>
    logDays >= days
      ? undefined
      : { judged: "not", why: `${logDays === 0 ? "no" : `only ${logDays} days of the`} audit log was read` },
  person({ email, access, collaborator, isServiceAccount }, { circumstances }, { days }) {
    if (collaborator === undefined || isServiceAccount || !access.present) return [];
    const { logDays, now } = circumstances;
    if (logDays < days) return [];
    const seen = circumstances.lastSeen(email);
    if (seen !== undefined && Date.parse(seen) > now - days * DAY) return [];
    return [
      {
        subject: email,
        path: `${email}: in the organization`,
        people: [email],
        reason: `No sign of them in the audit log for ${days} days${seen === undefined ? "" : `; last seen ${seen.slice(0, 10)}`}.`,
        fix: "Ask whether they still need access; declare them as somebody who left if not.",
      },
    ];
  },
});

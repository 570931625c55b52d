import { projectRoleName, projectRoleNamed, projectRoles } from "../../access";
import type { Snapshot } from "../../collections";
import { countOf, discrepancy, exampleText, type Discrepancy } from "./discrepancy";

/** Is every role that somebody has listed, and are Amplitude's own? `roleIds`: what the provider block says, name to id. */
export function roleDiscrepancies(
  { families, roles = [], assignments = [] }: Snapshot,
  roleIds: Readonly<Record<string, string>>,
): Discrepancy[] {
  if (!families.includes("user-management")) return [];
  const ids = new Set([...roles.map(({ id }) => id), ...Object.values(roleIds)]);
  const unlisted = assignments.filter(({ roleId }) => !ids.has(roleId));
  const rows = unlisted.map(
    ({ roleId, principalType, principal, projectId }) =>
      `${roleId} of ${principalType === "group" ? "group " : ""}${principal} on project ${projectId}`,
  );
  const named = new Set(
    [...roles.map(({ name }) => name), ...Object.keys(roleIds)].flatMap(
      (name) => projectRoleNamed(name) ?? [],
    ),
  );
  // Whether they are listed is not documented (https://amplitude.com/docs/apis/user-management/roles/list-roles).
  const missing = projectRoles.filter((role) => !named.has(role)).map(projectRoleName);
  return [
    ...discrepancy("roles", rows, {
      says: `${countOf(rows.length, "role assignment")} ${rows.length === 1 ? "has" : "have"} a role that Amplitude's list of roles lacks: ${exampleText(rows)}`,
      advice: "Say what the role is in `role_ids` of the provider block (name to id)",
      doubt: { roles: new Set(unlisted.map(({ roleId }) => roleId)) },
    }),
    ...discrepancy("built-in roles", missing, {
      says: `Amplitude's list of roles lacks ${missing.length} of its own ${projectRoles.length}: ${missing.join(", ")}. Without its id a role cannot be granted`,
      advice:
        "Give the id in `role_ids` of the provider block (name to id; the id is in any assignment of that role), or grant it in Amplitude's pages",
      doubt: { rolesByName: true },
    }),
  ];
}

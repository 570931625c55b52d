import type { RoleState } from "./schema";

/**
 * Viewer, Member, Manager and Admin, weakest first
 * (https://amplitude.com/docs/admin/account-management/user-roles-permissions).
 * Their uuids are ours: Amplitude documents none.
 */
export const builtInRoles: readonly RoleState[] = [
  { id: "00000000-0000-4000-8000-000000000001", name: "Viewer" },
  { id: "00000000-0000-4000-8000-000000000002", name: "Member" },
  { id: "00000000-0000-4000-8000-000000000003", name: "Manager" },
  { id: "00000000-0000-4000-8000-000000000004", name: "Admin" },
];

/** How strong a built-in role is (0 is Viewer); -1 for a custom one. */
export function builtInRank(name: string): number {
  return builtInRoles.findIndex((role) => role.name.toLowerCase() === name.toLowerCase());
}

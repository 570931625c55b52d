import rows from "./permission-catalogue.json";
import { projectRoleNamed, type ProjectRole } from "./role";

/** One permission that Amplitude's role editor offers. */
export interface Permission {
  /** uuid */
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  /** `admin`, `audiences`, `data-management`, ... */
  readonly productArea: string;
  /** Amplitude sorts permissions into basic and advanced ones. */
  readonly advanced: boolean;
  /** What it lets people do, as Amplitude lists it (one misspelling of `drop filters` is corrected). */
  readonly actions: readonly string[];
  /** Built-in roles that have it unless an administrator edited them. */
  readonly defaultRoles: readonly ProjectRole[];
}

function builtIn(name: string, slug: string): ProjectRole {
  const role = projectRoleNamed(name);
  if (role === undefined)
    throw new Error(
      `permission-catalogue.json: ${slug} names the default role ${name}, which Amplitude does not have.`,
    );
  return role;
}

/**
 * Amplitude's permission catalogue as of 2026-03-12, by slug: `public/docs/rbac-permissions-data.json` of
 * https://github.com/amplitude/amplitude-docs, shown at https://amplitude.com/docs/admin/rbac-permissions-reference.
 */
export const permissionCatalogue: readonly Permission[] = rows.map((row) => ({
  ...row,
  defaultRoles: row.defaultRoles.map((name) => builtIn(name, row.slug)),
}));

/** What a built-in role permits as Amplitude ships it. Not every role contains the one below it. */
export function permissionsByDefault(role: ProjectRole): readonly Permission[] {
  return permissionCatalogue.filter(({ defaultRoles }) => defaultRoles.includes(role));
}

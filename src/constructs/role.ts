import { projectRoleName, projectRoleNamed, type ProjectRole } from "../access/role";

/** A role on a project, by name. Built-in ones are what Amplitude and the playbook call them ("Project-Level Roles"). */
export class Role {
  /** Sees dashboards and charts (playbook). */
  static readonly Viewer = new Role(projectRoleName("viewer"), "viewer");
  /** Builds charts and cohorts of their own; the playbook's default for collaborators. */
  static readonly Member = new Role(projectRoleName("member"), "member");
  /** Shares content (playbook). */
  static readonly Manager = new Role(projectRoleName("manager"), "manager");
  /** Controls settings, integrations and the project's team (playbook). */
  static readonly Admin = new Role(projectRoleName("admin"), "admin");

  private constructor(
    /** As Amplitude shows it. */
    readonly name: string,
    /** undefined for a custom role: what it permits is not known here. */
    readonly builtIn: ProjectRole | undefined,
  ) {}

  /**
   * A role that somebody made in Amplitude (https://amplitude.com/docs/admin/account-management/role-based-access-controls-rbac).
   *
   * @throws Error when the name is empty or a built-in role's
   */
  static custom(name: string): Role {
    if (name.trim() === "")
      throw new Error("Cannot name a custom role: its name is empty. Write it as Amplitude shows it.");
    if (name !== name.trim())
      throw new Error(
        `Cannot name a custom role ${JSON.stringify(name)}: it begins or ends with a blank. Write it without.`,
      );
    const builtIn = projectRoleNamed(name);
    if (builtIn === undefined) return new Role(name, undefined);
    throw new Error(
      `Cannot name a custom role ${JSON.stringify(name)}: a built-in role is called so. Use Role.${projectRoleName(builtIn)}.`,
    );
  }
}

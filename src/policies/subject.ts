/** One way in which one person reaches one project, before a plan and after it: what policies of one's own are asked about. */
export interface Subject {
  readonly person: SubjectPerson;
  readonly project: SubjectProject;
  /** The highest role on the project: `viewer`, `member`, `manager`, `admin`; a custom role by its name; undefined: no role there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** How they reach it after the plan; before it, where they reach it no more. */
  readonly via: "organization" | "direct" | "group";
  /** Name of the group, where it is one. */
  readonly group?: string;
  /** The role or the module that this way gives, by its name. */
  readonly role?: string;
  readonly module?: string;
  /** What they may do there after the plan, by all ways together: the playbook's capabilities, `export_data`. */
  readonly capabilities: readonly string[];
}

export interface SubjectPerson {
  /** Lower case. */
  readonly email: string;
  readonly kind: "person" | "service";
  /** From outside: of an engagement, or of a domain that the provider block owns. */
  readonly collaborator: boolean;
  readonly engagement?: string;
  /** `admin`; undefined where it cannot be read. */
  readonly organizationRole?: string;
}

export interface SubjectProject {
  readonly id: string;
  readonly name: string;
  /** `production` */
  readonly environment?: string;
}

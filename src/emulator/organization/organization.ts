import type {
  ApiKeyState,
  AuditEntry,
  ModuleName,
  PersonState,
  ProjectState,
  PropertyState,
  RoleState,
  Settings,
} from "../seed/schema";
import { Collection } from "./collection";

/** A permission group; members by lower-cased e-mail, in the order in which they were added. */
export interface Group {
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  readonly members: ReadonlySet<string>;
  readonly created: string;
  readonly lastModified: string;
}

/** An explicit role of a person (lower-cased e-mail) or a group (its id as text) on a project. */
export interface Assignment {
  readonly id: string;
  readonly principalType: "user" | "group";
  readonly principal: string;
  readonly project: number;
  readonly roleId: string;
}

/** A module of an add-on that a person (lower-cased e-mail) or a group (its id as text) has on a project. */
export interface ModuleGrant {
  readonly id: string;
  readonly principalType: "user" | "group";
  readonly principal: string;
  readonly project: number;
  readonly module: ModuleName;
}

/** The keys to the organization's APIs. */
export interface Credentials {
  readonly scimKey: string;
  readonly orgApiKey: string;
  readonly orgSecretKey: string;
  readonly token: string;
}

/** Who an organization is; changes only when the whole state is replaced. */
export interface Identity {
  readonly id: number;
  readonly name: string;
  readonly region: "us" | "eu";
}

/** An organization as the emulator keeps it: indexed records that are replaced, never changed. */
export class Organization {
  /** Grows with every change. */
  revision = 0;
  readonly people: Collection<PersonState>;
  readonly groups: Collection<Group>;
  readonly roles: Collection<RoleState>;
  readonly projects: Collection<ProjectState>;
  readonly assignments: Collection<Assignment>;
  readonly modules: Collection<ModuleGrant>;
  readonly apiKeys: Collection<ApiKeyState>;
  readonly properties: Collection<PropertyState>;
  credentials: Credentials;
  settings: Settings;
  /** Oldest first. */
  audit: AuditEntry[] = [];
  removed = new Set<string>();
  counters = { group: 1, assignment: 1, apiKey: 1, moduleGrant: 1 };

  constructor(
    readonly identity: Identity,
    credentials: Credentials,
    settings: Settings,
  ) {
    this.credentials = credentials;
    this.settings = settings;
    const changed = (): void => {
      this.revision += 1;
    };
    this.people = new Collection<PersonState>((person) => canonical(person.email), {}, changed);
    this.groups = new Collection<Group>(
      (group) => String(group.id),
      { member: (group) => [...group.members], name: (group) => [group.name] },
      changed,
    );
    this.roles = new Collection<RoleState>(
      (role) => role.id.toLowerCase(),
      { name: (role) => [role.name.toLowerCase()] },
      changed,
    );
    this.projects = new Collection<ProjectState>(
      (project) => String(project.id),
      { name: (project) => [project.name] },
      changed,
    );
    this.assignments = new Collection<Assignment>(
      (assignment) => assignment.id,
      {
        principal: (assignment) => [`${assignment.principalType} ${assignment.principal}`],
        project: (assignment) => [String(assignment.project)],
        place: (assignment) => [placeOf(assignment)],
      },
      changed,
    );
    this.modules = new Collection<ModuleGrant>(
      (grant) => grant.id,
      {
        principal: (grant) => [`${grant.principalType} ${grant.principal}`],
        project: (grant) => [String(grant.project)],
        place: (grant) => [modulePlace(grant)],
      },
      changed,
    );
    this.apiKeys = new Collection<ApiKeyState>((key) => key.id, {}, changed);
    this.properties = new Collection<PropertyState>(
      propertyKey,
      { project: (property) => [String(property.project)] },
      changed,
    );
  }

  person(email: string): PersonState | undefined {
    return this.people.get(canonical(email));
  }

  /** The groups that somebody is in. */
  groupsOf(email: string): Group[] {
    return this.groups.where("member", canonical(email)).map((entry) => entry.value);
  }

  groupNamed(name: string): Group | undefined {
    return this.groups.where("name", name)[0]?.value;
  }

  projectNamed(name: string): ProjectState | undefined {
    return this.projects.where("name", name)[0]?.value;
  }

  /** A role by uuid or by name, whatever the case. */
  role(idOrName: string): RoleState | undefined {
    return (
      this.roles.get(idOrName.toLowerCase()) ?? this.roles.where("name", idOrName.toLowerCase())[0]?.value
    );
  }

  assignmentsOf(principalType: Assignment["principalType"], principal: string): Assignment[] {
    return this.assignments.where("principal", `${principalType} ${principal}`).map((entry) => entry.value);
  }

  /** The one assignment that a principal can have on a project. */
  assignmentAt(place: Pick<Assignment, "principalType" | "principal" | "project">): Assignment | undefined {
    return this.assignments.where("place", placeOf(place))[0]?.value;
  }

  modulesOf(principalType: ModuleGrant["principalType"], principal: string): ModuleGrant[] {
    return this.modules.where("principal", `${principalType} ${principal}`).map((entry) => entry.value);
  }

  /** The grant of one module to one principal on one project. */
  moduleAt(place: Omit<ModuleGrant, "id">): ModuleGrant | undefined {
    return this.modules.where("place", modulePlace(place))[0]?.value;
  }

  /** How it stands now, untouched by what follows. */
  copy(): Organization {
    const copy = new Organization(this.identity, this.credentials, this.settings);
    Object.assign(copy, {
      people: this.people.copy(),
      groups: this.groups.copy(),
      roles: this.roles.copy(),
      projects: this.projects.copy(),
      assignments: this.assignments.copy(),
      modules: this.modules.copy(),
      apiKeys: this.apiKeys.copy(),
      properties: this.properties.copy(),
      audit: this.audit.slice(),
      removed: new Set(this.removed),
      counters: { ...this.counters },
      revision: this.revision,
    });
    return copy;
  }
}

/**
 * What identifies a person: e-mail ids ignore case
 * (https://amplitude.com/docs/apis/analytics/scim).
 */
export function canonical(email: string): string {
  return email.trim().toLowerCase();
}

function placeOf(assignment: Pick<Assignment, "principalType" | "principal" | "project">): string {
  return `${assignment.principalType} ${assignment.principal} ${assignment.project}`;
}

function modulePlace(grant: Omit<ModuleGrant, "id">): string {
  return `${grant.principalType} ${grant.principal} ${grant.project} ${grant.module}`;
}

/** What identifies a property: its project, whose it is, and its name, case included. */
export function propertyKey(property: Pick<PropertyState, "project" | "type" | "name">): string {
  return `${property.project} ${property.type} ${property.name}`;
}

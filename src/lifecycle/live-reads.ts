import { canonicalEmail, principalKey, type Group, type Organization } from "../access";
import type {
  AssignmentRecord,
  GroupRecord,
  PersonRecord,
  ProjectRecord,
  ReadApi,
  SettingsRecord,
} from "../api";
import { allCollections, type CollectionName, type Rows } from "../collections";
import {
  familyOf,
  liveOrganization,
  placeKey,
  placeOf,
  propertyList,
  type Collection,
  type Kind,
  type PropertyList,
  type Row,
} from "../resources";
import { DiagnosticError, problem } from "../schema";
import { asShown, identify } from "./identity";
import { OurWrites } from "./our-writes";
import { Shelf, type Source } from "./shelf";
import type { Values } from "./compare";

/** What the provider block says about the organization beside what is read. */
export interface DeclaredIds {
  readonly roleIds: Readonly<Record<string, string>>;
  readonly projectIds: Readonly<Record<string, string>>;
}

type Shelves = { readonly [C in Collection]: Shelf<unknown> };

/**
 * The live organization, read for one instance at a time and shared by all of them: each collection is read singly while that is
 * cheaper and as a whole from then on, so that N instances cost at most twice the smaller of N and the pages of the lists.
 */
export class LiveReads {
  readonly #shelves: Shelves;
  readonly #declared: DeclaredIds;
  readonly #api: ReadApi;
  /** Groups that an identity provider writes, as far as instances have said so. */
  readonly #idpGroups = new Set<string>();

  /** Names of groups and projects that were among what was read, by id. */
  readonly #names = {
    groups: new Map<string, Pick<GroupRecord, "id" | "name">>(),
    projects: new Map<string, ProjectRecord>(),
  };

  /** Whoever writes beside these reads does it through here. */
  readonly writes = new OurWrites();

  constructor(api: ReadApi, declared: DeclaredIds) {
    this.#api = api;
    this.#declared = declared;
    this.#shelves = shelvesOf(api, this.writes);
  }

  /** An organization in which this instance is found. `asListed`: lists may be older than our own writes. Throws ApiFailure, NotWhole. */
  async around(
    kind: Kind,
    config: Values,
    id: string | undefined,
    { asListed = false }: { readonly asListed?: boolean } = {},
  ): Promise<Organization> {
    return this.#organization(rowsOf(kind, config, id), asListed);
  }

  /** An organization with these collections whole; those that no credential opens are empty. */
  async whole(
    collections: readonly Collection[],
    { asListed = false }: { readonly asListed?: boolean } = {},
  ): Promise<Organization> {
    return this.#organization(
      collections.map((collection) => ({ collection })),
      asListed,
    );
  }

  /** What an instance is read from has changed. */
  forget(kind: Kind, config: Values, id: string | undefined): void {
    for (const { collection, key } of rowsOf(kind, config, id)) this.#shelves[collection].forget(key);
  }

  /** Remembers what an instance says about a group: whom an identity provider holds in one, it would bring back. */
  heard(kind: Kind, config: Values, live: Organization): void {
    const known = { id: kind.id(config as never), config };
    const identity = identify(kind, config, { live, known });
    const group = kind.group?.(asShown(kind, config, identity), live);
    if (group?.writer === "idp") this.#idpGroups.add(group.name);
  }

  /** Names of groups that were heard of so: the process that applies has not read what does not change. */
  get idpGroups(): readonly string[] {
    return [...this.#idpGroups].sort();
  }

  recall(idpGroups: readonly string[]): void {
    for (const name of idpGroups) this.#idpGroups.add(name);
  }

  /** Groups and projects by name, as far as something has told them yet: for what is said to people, and nothing is decided by it. */
  get named(): Organization {
    return liveOrganization(
      {
        people: [],
        groups: [...this.#names.groups.values()].map((group) => ({ ...group, members: [] })),
        roles: [],
        assignments: [],
        projects: [...this.#names.projects.values()],
      },
      { ...this.#declared, writers: NONE },
    );
  }

  async #organization(rows: readonly Row[], asListed = false): Promise<Organization> {
    // Which properties a credential opens is a matter of their project.
    const open = rows.filter(
      ({ collection }) => collection === "properties" || this.#api.families.has(familyOf[collection]),
    );
    const found = await Promise.all(
      open.map(async ({ collection, key }) => {
        const shelf = this.#shelves[collection];
        return [collection, key === undefined ? await shelf.all(asListed) : await shelf.one(key)] as const;
      }),
    );
    const byCollection: Partial<Record<Collection, readonly unknown[]>> = Object.fromEntries(found);
    const of = (collection: Collection): readonly never[] => (byCollection[collection] ?? []) as never[];
    const groups: readonly GroupRecord[] = of("groups");
    const { settings, members, managedProjects, keys } = byCollection;
    for (const { id, name } of groups) this.#names.groups.set(id, { id, name });
    for (const { id, name } of [...of("projects"), ...of("managedProjects")] as readonly ProjectRecord[])
      this.#names.projects.set(id, { id, name });
    return liveOrganization(
      {
        ...(byCollection as Rows),
        people: of("people"),
        groups,
        roles: of("roles"),
        assignments: of("assignments"),
        projects: of("projects"),
        properties: of("properties"),
        management: {
          ...(settings === undefined ? {} : { settings: settings[0] as SettingsRecord }),
          ...(members === undefined ? {} : { members: of("members") }),
          ...(managedProjects === undefined ? {} : { projects: of("managedProjects") }),
          ...(keys === undefined ? {} : { apiKeys: of("keys") }),
        },
      },
      { ...this.#declared, writers: this.#writers(groups) },
    );
  }

  #writers(groups: readonly GroupRecord[]): ReadonlyMap<string, Group["writer"]> {
    return this.#idpGroups.size === 0
      ? NONE
      : new Map(
          groups
            .filter(({ name }) => this.#idpGroups.has(name))
            .map(({ name }): [string, Group["writer"]] => [name, "idp"]),
        );
  }
}

function rowsOf(kind: Kind, config: Values, id: string | undefined): readonly Row[] {
  return kind.rows?.(config, id) ?? kind.reads.map((collection) => ({ collection }));
}

const NONE: ReadonlyMap<string, Group["writer"]> = new Map();

function shelvesOf(api: ReadApi, writes: OurWrites): Shelves {
  const people: Source<PersonRecord> = {
    list: async (pace) => (await api.people({ pace })).items,
    key: ({ email }) => canonicalEmail(email),
    one: (email) => api.person(email),
  };
  const groups: Source<GroupRecord> = {
    list: async (pace) => (await api.groups({ pace })).items,
    key: ({ id }) => id,
    one: (id) => api.group(id),
  };
  const assignments: Source<AssignmentRecord> = {
    list: async (pace) => (await api.assignments({}, { pace })).items,
    key: assignmentKey,
    one: async (key) => {
      const [holder = "", projectId = ""] = key.split(" ");
      const principal = holder.slice(holder.indexOf(":") + 1);
      return (await api.assignments({ principal, projectId })).items.find(
        (found) => assignmentKey(found) === key,
      );
    },
  };
  const properties: Source<PropertyList> = {
    // There is no list of all projects': every place is a list of its own.
    list: () =>
      Promise.reject(
        new DiagnosticError([
          problem(
            "A property is not imported",
            "Declare it: what is there is taken over as it is, and forgotten when the line goes.",
          ),
        ]),
      ),
    key: placeKey,
    one: (key) => propertyList(api, placeOf(key)),
  };
  const listed = <T>(list: () => Promise<{ readonly items: readonly T[] }>): Source<T> => ({
    list: async () => (await list()).items,
  });
  const shelf = <T>(source: Source<T>): Shelf<unknown> => new Shelf(source as Source<unknown>, writes);
  return {
    ...(Object.fromEntries(
      allCollections.map(([name, collection]) => [
        name,
        shelf({ list: async (pace) => (await collection.list(api, { pace })).items }),
      ]),
    ) as Record<CollectionName, Shelf<unknown>>),
    people: shelf(people),
    groups: shelf(groups),
    assignments: shelf(assignments),
    roles: shelf(listed(() => api.roles())),
    projects: shelf(listed(() => api.projects())),
    members: shelf(listed(() => api.members())),
    settings: shelf({ list: async () => [await api.settings()] }),
    managedProjects: shelf(listed(() => api.managedProjects())),
    keys: shelf(listed(() => api.apiKeys())),
    properties: shelf(properties),
  };
}

function assignmentKey({ principalType, principal, projectId }: AssignmentRecord): string {
  return `${principalKey({ type: principalType, id: principal })} ${projectId}`;
}

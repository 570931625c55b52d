import { isAddress, type Group, type Organization } from "../access";
import type { ReadApi } from "../api";
import {
  allCollections,
  collectionNamed,
  liveOrganization,
  type Collection,
  type CollectionName,
  type DeclaredFacts,
  type Rows,
} from "../collections";
import type { Kind, Row } from "../resources";
import { DiagnosticError, problem } from "../schema";
import { asShown, identify } from "./identity";
import { OurWrites } from "./our-writes";
import { Shelf } from "./shelf";
import type { Values } from "./compare";

/** What the provider block says about the organization beside what is read. */
export type DeclaredIds = Omit<DeclaredFacts, "writers">;

interface HowRead {
  /** Lists may be older than our own writes. */
  readonly asListed?: boolean;
  /** That it is not there need not be proved: it is about to be made, and Amplitude refuses a second one. */
  readonly unproved?: boolean;
  /** It states who is in a group: that must be known. */
  readonly statesMembers?: boolean;
}

type Shelves = { readonly [C in CollectionName]: Shelf<unknown> };

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
  readonly #names = { groups: new Map<string, string>(), projects: new Map<string, string>() };

  /** Whoever writes beside these reads does it through here. */
  readonly writes = new OurWrites();

  constructor(api: ReadApi, declared: DeclaredIds) {
    this.#api = api;
    this.#declared = declared;
    this.#shelves = shelvesOf(api, this.writes);
  }

  /** An organization in which this instance is found. Throws ApiFailure, NotWhole; DiagnosticError where it states members and nobody can tell who they are. */
  async around(kind: Kind, config: Values, id: string | undefined, how: HowRead = {}): Promise<Organization> {
    return this.#organization(rowsOf(kind, config, id), { ...how, statesMembers: kind.group !== undefined });
  }

  /** An organization with these collections whole; those that no credential opens are empty. */
  async whole(
    collections: readonly CollectionName[],
    how: Pick<HowRead, "asListed"> = {},
  ): Promise<Organization> {
    return this.#organization(
      collections.map((collection) => ({ collection })),
      how,
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
    const { groups, projects } = this.#names;
    return liveOrganization(
      {
        groups: [...groups].map(([id, name]) => ({ id, name, members: [] })),
        projects: [...projects].map(([id, name]) => ({ id, name })),
      },
      { ...this.#declared, writers: NONE },
    );
  }

  async #organization(
    rows: readonly Row[],
    { asListed = false, unproved = false, statesMembers = false }: HowRead,
  ): Promise<Organization> {
    const open = rows.filter(({ collection }) => {
      const { extent, family } = collectionNamed(collection);
      // What a credential opens is a matter of each place.
      return extent === "by place" || this.#api.families.has(family);
    });
    const found = await Promise.all(
      open.map(async ({ collection, key }) => {
        const shelf = this.#shelves[collection];
        return [
          collection,
          key === undefined ? await shelf.all(asListed) : await shelf.one(key, unproved),
        ] as const;
      }),
    );
    const read: Rows = Object.fromEntries(found);
    const { groups = [], projects = [], managedProjects = [] } = read;
    if (statesMembers) mustBeUnderstood(groups);
    for (const { id, name } of groups) this.#names.groups.set(id, name);
    for (const { id, name } of [...projects, ...managedProjects]) this.#names.projects.set(id, name);
    return liveOrganization(read, { ...this.#declared, writers: this.#writers(groups) });
  }

  #writers(groups: readonly { readonly name: string }[]): ReadonlyMap<string, Group["writer"]> {
    return this.#idpGroups.size === 0
      ? NONE
      : new Map(
          groups
            .filter(({ name }) => this.#idpGroups.has(name))
            .map(({ name }): [string, Group["writer"]] => [name, "idp"]),
        );
  }
}

/** An id is never taken for a person, nor a group for empty whose members are listed by ids. */
function mustBeUnderstood(groups: NonNullable<Rows["groups"]>): void {
  for (const { name, members } of groups) {
    const strange = members.find((member) => !isAddress(member));
    if (strange === undefined) continue;
    throw new DiagnosticError([
      problem(
        `SCIM lists a member of ${name} by ${strange}, which is no e-mail address`,
        "It is not known who is in this group, so nobody is added to it or taken out. Amplitude documents e-mail addresses there: ask its support.",
      ),
    ]);
  }
}

function rowsOf(kind: Kind, config: Values, id: string | undefined): readonly Row[] {
  return kind.rows?.(config, id) ?? kind.reads.map((collection) => ({ collection }));
}

const NONE: ReadonlyMap<string, Group["writer"]> = new Map();

function shelvesOf(api: ReadApi, writes: OurWrites): Shelves {
  return Object.fromEntries(
    allCollections.map(([name, collection]) => [name, shelfOf(collection, api, writes)]),
  ) as unknown as Shelves;
}

function shelfOf<T>(collection: Collection<T>, api: ReadApi, writes: OurWrites): Shelf<T> {
  const { key } = collection;
  const reads = collection.key !== undefined || collection.one !== undefined;
  return new Shelf<T>(
    {
      list: async (pace) => (await collection.list(api, { pace })).items,
      key: (row) => key?.of(row) ?? collection.id(row),
      ...(reads && {
        one: async (text, proof) =>
          key === undefined ? await collection.one?.(api, text, { proof }) : await key.read(api, text),
      }),
    },
    writes,
  );
}

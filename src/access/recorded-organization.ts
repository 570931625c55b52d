import { canonicalName, caselessName } from "../schema";
import {
  canonicalEmail,
  keyText,
  principalKey,
  type ApiKey,
  type Email,
  type Grant,
  type Group,
  type KeyIdentity,
  type ModuleGrant,
  type Organization,
  type Person,
  type Principal,
  type Project,
  type Property,
} from "./organization";
import type { Role } from "./role";

/** Lists as they were read. Members and user principals hold canonical e-mails. Whoever changes a list afterwards breaks the look-ups. */
export interface OrganizationFacts {
  readonly people?: readonly Person[];
  readonly groups?: readonly Group[];
  readonly roles?: readonly Role[];
  readonly projects?: readonly Project[];
  readonly grants?: readonly Grant[];
  readonly modules?: readonly ModuleGrant[];
  readonly keys?: readonly ApiKey[];
  /** Those that were read. */
  readonly properties?: readonly {
    readonly projectId: string;
    readonly type: string;
    readonly items: readonly Property[];
  }[];
  /** Name to value. */
  readonly settings?: ReadonlyMap<string, string>;
  /** Rows of lists on which nobody's access depends, by collection. */
  readonly others?: ReadonlyMap<string, readonly unknown[]>;
  /** Ids and addresses in rows that nobody understood. */
  readonly mentioned?: ReadonlySet<string>;
}

/** An organization that does not change. Building it costs nothing; each index is built when it is first asked for. */
export function organizationOf(facts: OrganizationFacts): Organization {
  return new RecordedOrganization(facts);
}

/** A value that is computed when first asked for. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

function indexed<K, V>(items: readonly V[], keyOf: (item: V) => K): () => ReadonlyMap<K, V> {
  return once(() => new Map(items.map((item) => [keyOf(item), item])));
}

function listed<K, V>(
  items: readonly V[],
  keysOf: (item: V) => Iterable<K>,
): () => ReadonlyMap<K, readonly V[]> {
  return once(() => {
    const lists = new Map<K, V[]>();
    for (const item of items) {
      for (const key of keysOf(item)) {
        const list = lists.get(key);
        if (list === undefined) lists.set(key, [item]);
        else list.push(item);
      }
    }
    return lists;
  });
}

const none: readonly never[] = [];
const noSettings: ReadonlyMap<string, string> = new Map();

class RecordedOrganization implements Organization {
  readonly #people: readonly Person[];
  readonly #groups: readonly Group[];
  readonly #roles: readonly Role[];
  readonly #projects: readonly Project[];
  readonly #grants: readonly Grant[];
  readonly #modules: readonly ModuleGrant[];
  readonly #keys: readonly ApiKey[];
  readonly #properties: NonNullable<OrganizationFacts["properties"]>;
  readonly #settings: ReadonlyMap<string, string>;
  readonly #others: OrganizationFacts["others"];
  readonly #mentioned: ReadonlySet<string> | undefined;
  readonly #personByEmail: () => ReadonlyMap<Email, Person>;
  readonly #groupById: () => ReadonlyMap<string, Group>;
  readonly #groupsByName: () => ReadonlyMap<string, readonly Group[]>;
  readonly #groupsByMember: () => ReadonlyMap<Email, readonly Group[]>;
  readonly #roleById: () => ReadonlyMap<string, Role>;
  readonly #rolesByName: () => ReadonlyMap<string, readonly Role[]>;
  readonly #projectById: () => ReadonlyMap<string, Project>;
  readonly #projectsByName: () => ReadonlyMap<string, readonly Project[]>;
  readonly #projectIds: () => ReadonlySet<string>;
  readonly #grantsByPrincipal: () => ReadonlyMap<string, readonly Grant[]>;
  readonly #modulesByPrincipal: () => ReadonlyMap<string, readonly ModuleGrant[]>;
  readonly #keyByIdentity: () => ReadonlyMap<string, ApiKey>;

  constructor({
    people = none,
    groups = none,
    roles = none,
    projects = none,
    grants = none,
    modules = none,
    keys = none,
    properties = none,
    settings = noSettings,
    mentioned,
    others,
  }: OrganizationFacts) {
    this.#people = people;
    this.#groups = groups;
    this.#roles = roles;
    this.#projects = projects;
    this.#grants = grants;
    this.#modules = modules;
    this.#keys = keys;
    this.#properties = properties;
    this.#settings = settings;
    this.#mentioned = mentioned;
    this.#others = others;
    this.#personByEmail = indexed(people, ({ email }) => canonicalEmail(email));
    this.#groupById = indexed(groups, ({ id }) => id);
    this.#groupsByName = listed(groups, ({ name }) => [canonicalName(name)]);
    this.#groupsByMember = listed(groups, ({ members }) => members);
    this.#roleById = indexed(roles, ({ id }) => id);
    this.#rolesByName = listed(roles, ({ name }) => [caselessName(name)]);
    this.#projectById = indexed(projects, ({ id }) => id);
    this.#projectsByName = listed(projects, ({ name }) => [canonicalName(name)]);
    this.#projectIds = once(
      () => new Set([...projects.map(({ id }) => id), ...grants.map(({ projectId }) => projectId)]),
    );
    this.#grantsByPrincipal = listed(grants, ({ principal }) => [principalKey(principal)]);
    this.#modulesByPrincipal = listed(modules, ({ principal }) => [principalKey(principal)]);
    this.#keyByIdentity = indexed(keys, keyText);
  }

  people() {
    return this.#people;
  }
  person(email: string) {
    return this.#personByEmail().get(canonicalEmail(email));
  }
  groups() {
    return this.#groups;
  }
  group(id: string) {
    return this.#groupById().get(id);
  }
  groupsNamed(name: string) {
    return this.#groupsByName().get(canonicalName(name)) ?? none;
  }
  groupsOf(email: string) {
    return this.#groupsByMember().get(canonicalEmail(email)) ?? none;
  }
  roles() {
    return this.#roles;
  }
  role(id: string) {
    return this.#roleById().get(id);
  }
  rolesNamed(name: string) {
    return this.#rolesByName().get(caselessName(name)) ?? none;
  }
  projects() {
    return this.#projects;
  }
  project(id: string) {
    return this.#projectById().get(id);
  }
  projectsNamed(name: string) {
    return this.#projectsByName().get(canonicalName(name)) ?? none;
  }
  projectIds() {
    return this.#projectIds();
  }
  grants() {
    return this.#grants;
  }
  grant(principal: Principal, projectId: string) {
    return this.grantsOf(principal).find((grant) => grant.projectId === projectId);
  }
  grantsOf(principal: Principal) {
    return this.#grantsByPrincipal().get(principalKey(principal)) ?? none;
  }
  modules() {
    return this.#modules;
  }
  module(principal: Principal, projectId: string, module: string) {
    return this.modulesOf(principal).find((held) => held.projectId === projectId && held.module === module);
  }
  modulesOf(principal: Principal) {
    return this.#modulesByPrincipal().get(principalKey(principal)) ?? none;
  }
  keys() {
    return this.#keys;
  }
  key(identity: KeyIdentity) {
    return this.#keyByIdentity().get(keyText(identity));
  }
  properties(projectId: string, type: string) {
    return this.#properties.find((list) => list.projectId === projectId && list.type === type)?.items;
  }
  settings() {
    return this.#settings;
  }
  others(collection: string) {
    return this.#others?.get(collection) ?? none;
  }
  isMentioned(id: string) {
    return this.#mentioned?.has(id) === true;
  }
}

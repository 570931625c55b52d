import { DraftGroups } from "./draft-groups";
import { DraftHoldings } from "./draft-holdings";
import { DraftProjects } from "./draft-projects";
import {
  canonicalEmail,
  identityOfKey,
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
} from "./organization";
import { Overlay, type Undo } from "./overlay";

/**
 * An organization as it would be: changes over a base that itself never changes (and must not while this lives). What is not touched
 * is not copied, so fifty thousand changes in a row cost what they touch. `mark` and `rollback` try a change and take it back.
 * Its methods that change something check nothing: `applyEffect` knows what Amplitude accepts.
 */
export class Draft implements Organization {
  readonly #base: Organization;
  readonly #journal: Undo[] = [];
  readonly #people: Overlay<Email, Person>;
  readonly #groups: DraftGroups;
  readonly #projects: DraftProjects;
  readonly #grants: DraftHoldings<Grant>;
  readonly #grantedProjects: Overlay<string, true>;
  readonly #modules: DraftHoldings<ModuleGrant>;
  readonly #keys: Overlay<string, ApiKey>;
  readonly #settings: Overlay<string, string>;

  constructor(base: Organization) {
    this.#base = base;
    this.#people = new Overlay((email) => base.person(email), this.#journal);
    this.#groups = new DraftGroups(base, this.#journal);
    this.#projects = new DraftProjects(base, this.#journal);
    this.#grants = new DraftHoldings(
      { all: () => base.grants(), of: (principal) => base.grantsOf(principal) },
      this.#journal,
    );
    this.#grantedProjects = new Overlay<string, true>(() => undefined, this.#journal);
    this.#modules = new DraftHoldings(
      { all: () => base.modules(), of: (principal) => base.modulesOf(principal) },
      this.#journal,
    );
    this.#keys = new Overlay((text) => base.key(identityOfKey(text)), this.#journal);
    this.#settings = new Overlay((name) => base.settings().get(name), this.#journal);
  }

  /** Remembers this moment for `rollback`. */
  mark(): number {
    return this.#journal.length;
  }

  /** Takes back everything since that moment. Marks made after it are void. */
  rollback(mark: number): void {
    while (this.#journal.length > mark) this.#journal.pop()?.();
  }

  *people(): Iterable<Person> {
    for (const person of this.#base.people()) {
      if (!this.#people.covers(canonicalEmail(person.email))) yield person;
    }
    yield* this.#people.added();
  }

  person(email: string): Person | undefined {
    return this.#people.get(canonicalEmail(email));
  }

  groups(): Iterable<Group> {
    return this.#groups.all();
  }

  /** Its `members` follow later changes of this draft. */
  group(id: string): Group | undefined {
    return this.#groups.one(id);
  }

  groupsNamed(name: string): readonly Group[] {
    return this.#groups.named(name);
  }

  groupsOf(email: string): readonly Group[] {
    return this.#groups.of(email);
  }

  roles() {
    return this.#base.roles();
  }

  role(id: string) {
    return this.#base.role(id);
  }

  rolesNamed(name: string) {
    return this.#base.rolesNamed(name);
  }

  projects() {
    return this.#projects.all();
  }

  project(id: string) {
    return this.#projects.one(id);
  }

  projectsNamed(name: string) {
    return this.#projects.named(name);
  }

  projectIds(): Iterable<string> {
    return new Set([
      ...this.#base.projectIds(),
      ...this.#projects.putIds(),
      ...this.#grantedProjects.addedKeys(),
    ]);
  }

  grants(): Iterable<Grant> {
    return this.#grants.all();
  }

  grant(principal: Principal, projectId: string): Grant | undefined {
    return this.grantsOf(principal).find((grant) => grant.projectId === projectId);
  }

  grantsOf(principal: Principal): readonly Grant[] {
    return this.#grants.of(principal);
  }

  modules(): Iterable<ModuleGrant> {
    return this.#modules.all();
  }

  module(principal: Principal, projectId: string, module: string): ModuleGrant | undefined {
    return this.modulesOf(principal).find((held) => held.projectId === projectId && held.module === module);
  }

  modulesOf(principal: Principal): readonly ModuleGrant[] {
    return this.#modules.of(principal);
  }

  *keys(): Iterable<ApiKey> {
    for (const key of this.#base.keys()) {
      if (!this.#keys.covers(keyText(key))) yield key;
    }
    yield* this.#keys.added();
  }

  key(identity: KeyIdentity): ApiKey | undefined {
    return this.#keys.get(keyText(identity));
  }

  properties(projectId: string, type: string) {
    return this.#base.properties(projectId, type);
  }

  others(collection: string) {
    return this.#base.others(collection);
  }

  isMentioned(id: string) {
    return this.#base.isMentioned(id);
  }

  settings(): ReadonlyMap<string, string> {
    return new Map([...this.#base.settings(), ...this.#settings.addedEntries()]);
  }

  setting(name: string): string | undefined {
    return this.#settings.get(name);
  }

  /** Adds the person, or replaces what was known of them. */
  putPerson(person: Person): void {
    this.#people.set(canonicalEmail(person.email), person);
  }

  /** Takes the person out of the organization, out of every group, and drops their own grants and modules. */
  dropPerson(email: string): void {
    const key = canonicalEmail(email);
    for (const { id } of this.groupsOf(key)) this.dropMember(id, key);
    this.#dropHoldings({ type: "user", id: key });
    if (this.person(key) !== undefined) this.#people.set(key, undefined);
  }

  /** A new group; its id must not be taken. */
  addGroup(group: Omit<Group, "members">): void {
    this.#groups.add(group);
  }

  renameGroup(id: string, name: string): void {
    this.#groups.rename(id, name);
  }

  /** Drops the group, its memberships, its grants and its modules. */
  dropGroup(id: string): void {
    if (this.group(id) === undefined) return;
    this.#groups.drop(id);
    this.#dropHoldings({ type: "group", id });
  }

  addMember(groupId: string, email: string): void {
    this.#groups.addMember(groupId, email);
  }

  dropMember(groupId: string, email: string): void {
    this.#groups.dropMember(groupId, email);
  }

  /** Adds the project, or replaces what was known of it. */
  putProject(project: Project): void {
    this.#projects.put(project);
  }

  /** Creates the grant, or gives an existing one of the same principal and project another role; its id stays. */
  putGrant(principal: Principal, projectId: string, roleId: string): void {
    const known = this.grant(principal, projectId);
    const grant = known === undefined ? newGrant(principal, projectId, roleId) : { ...known, roleId };
    this.#grants.put(grant, (other) => other.projectId === projectId);
    if (this.#grantedProjects.get(projectId) === undefined) this.#grantedProjects.set(projectId, true);
  }

  dropGrant(principal: Principal, projectId: string): void {
    this.#grants.drop(principal, (grant) => grant.projectId === projectId);
  }

  /** Grants the module; one that is there stays as it is. */
  putModule(principal: Principal, projectId: string, module: string): void {
    if (this.module(principal, projectId, module) !== undefined) return;
    const id = `new:${principalKey(principal)}:${projectId}:${module}`;
    this.#modules.put({ id, principal, projectId, module }, () => false);
  }

  dropModule(principal: Principal, projectId: string, module: string): void {
    this.#modules.drop(principal, (held) => held.projectId === projectId && held.module === module);
  }

  putKey(key: ApiKey): void {
    this.#keys.set(keyText(key), key);
  }

  dropKey(identity: KeyIdentity): void {
    if (this.key(identity) !== undefined) this.#keys.set(keyText(identity), undefined);
  }

  putSetting(name: string, value: string): void {
    this.#settings.set(name, value);
  }

  #dropHoldings(principal: Principal): void {
    this.#grants.drop(principal, () => true);
    this.#modules.drop(principal, () => true);
  }
}

function newGrant(principal: Principal, projectId: string, roleId: string): Grant {
  return { id: `new:${principalKey(principal)}:${projectId}`, principal, projectId, roleId };
}

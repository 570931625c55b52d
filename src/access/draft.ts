import {
  canonicalEmail,
  principalKey,
  type Email,
  type Grant,
  type Group,
  type Organization,
  type Person,
  type Principal,
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
  readonly #groups: Overlay<string, Group>;
  readonly #groupIdsByName: Overlay<string, readonly string[]>;
  readonly #groupIdsByMember: Overlay<Email, readonly string[]>;
  readonly #grants: Overlay<string, readonly Grant[]>;
  readonly #grantedProjects: Overlay<string, true>;
  /** Member sets that this draft made, so may change. */
  readonly #ownSets = new WeakSet<ReadonlySet<Email>>();

  constructor(base: Organization) {
    this.#base = base;
    this.#people = new Overlay((email) => base.person(email), this.#journal);
    this.#groups = new Overlay((id) => base.group(id), this.#journal);
    this.#groupIdsByName = new Overlay((name) => base.groupsNamed(name).map(({ id }) => id), this.#journal);
    this.#groupIdsByMember = new Overlay((email) => base.groupsOf(email).map(({ id }) => id), this.#journal);
    this.#grants = new Overlay((key) => base.grantsOf(principalOfKey(key)), this.#journal);
    this.#grantedProjects = new Overlay<string, true>(() => undefined, this.#journal);
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

  *groups(): Iterable<Group> {
    for (const group of this.#base.groups()) {
      if (!this.#groups.covers(group.id)) yield group;
    }
    yield* this.#groups.added();
  }

  /** Its `members` follow later changes of this draft. */
  group(id: string): Group | undefined {
    return this.#groups.get(id);
  }

  groupsNamed(name: string): readonly Group[] {
    return this.#groupsOfIds(this.#groupIdsByName.get(name));
  }

  groupsOf(email: string): readonly Group[] {
    return this.#groupsOfIds(this.#groupIdsByMember.get(canonicalEmail(email)));
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
    return this.#base.projects();
  }

  project(id: string) {
    return this.#base.project(id);
  }

  projectsNamed(name: string) {
    return this.#base.projectsNamed(name);
  }

  projectIds(): Iterable<string> {
    return new Set([...this.#base.projectIds(), ...this.#grantedProjects.addedKeys()]);
  }

  *grants(): Iterable<Grant> {
    for (const grant of this.#base.grants()) {
      if (!this.#grants.covers(principalKey(grant.principal))) yield grant;
    }
    for (const grants of this.#grants.added()) yield* grants;
  }

  grant(principal: Principal, projectId: string): Grant | undefined {
    return this.grantsOf(principal).find((grant) => grant.projectId === projectId);
  }

  grantsOf(principal: Principal): readonly Grant[] {
    return this.#grants.get(principalKey(principal)) ?? [];
  }

  /** Adds the person, or replaces what was known of them. */
  putPerson(person: Person): void {
    this.#people.set(canonicalEmail(person.email), person);
  }

  /** Takes the person out of the organization, out of every group, and drops their own grants. */
  dropPerson(email: string): void {
    const key = canonicalEmail(email);
    for (const { id } of this.groupsOf(key)) this.dropMember(id, key);
    this.#dropGrants({ type: "user", id: key });
    if (this.person(key) !== undefined) this.#people.set(key, undefined);
  }

  /** A new group; its id must not be taken. */
  addGroup(group: Omit<Group, "members">): void {
    const members = new Set<Email>();
    this.#ownSets.add(members);
    this.#groups.set(group.id, { ...group, members });
    this.#groupIdsByName.set(group.name, [...(this.#groupIdsByName.get(group.name) ?? []), group.id]);
  }

  renameGroup(id: string, name: string): void {
    const group = this.group(id);
    if (group === undefined) return;
    this.#dropGroupName(group);
    this.#groups.set(id, { ...group, name });
    this.#groupIdsByName.set(name, [...(this.#groupIdsByName.get(name) ?? []), id]);
  }

  /** Drops the group, its memberships and its grants. */
  dropGroup(id: string): void {
    const group = this.group(id);
    if (group === undefined) return;
    for (const email of group.members) this.#dropGroupOf(email, id);
    this.#dropGrants({ type: "group", id });
    this.#dropGroupName(group);
    this.#groups.set(id, undefined);
  }

  addMember(groupId: string, email: string): void {
    const key = canonicalEmail(email);
    const members = this.#ownMembers(groupId);
    if (members === undefined || members.has(key)) return;
    members.add(key);
    this.#journal.push(() => members.delete(key));
    this.#groupIdsByMember.set(key, [...(this.#groupIdsByMember.get(key) ?? []), groupId]);
  }

  dropMember(groupId: string, email: string): void {
    const key = canonicalEmail(email);
    if (this.group(groupId)?.members.has(key) !== true) return;
    const members = this.#ownMembers(groupId);
    if (members === undefined) return;
    members.delete(key);
    this.#journal.push(() => members.add(key));
    this.#dropGroupOf(key, groupId);
  }

  /** Creates the grant, or gives an existing one of the same principal and project another role; its id stays. */
  putGrant(principal: Principal, projectId: string, roleId: string): void {
    const known = this.grant(principal, projectId);
    const grant = known === undefined ? newGrant(principal, projectId, roleId) : { ...known, roleId };
    const others = this.grantsOf(principal).filter((other) => other.projectId !== projectId);
    this.#grants.set(principalKey(principal), [...others, grant]);
    if (this.#grantedProjects.get(projectId) === undefined) this.#grantedProjects.set(projectId, true);
  }

  dropGrant(principal: Principal, projectId: string): void {
    const grants = this.grantsOf(principal);
    const others = grants.filter((other) => other.projectId !== projectId);
    if (others.length < grants.length) this.#grants.set(principalKey(principal), others);
  }

  #dropGrants(principal: Principal): void {
    if (this.grantsOf(principal).length > 0) this.#grants.set(principalKey(principal), []);
  }

  #dropGroupName({ id, name }: Group): void {
    this.#groupIdsByName.set(
      name,
      (this.#groupIdsByName.get(name) ?? []).filter((other) => other !== id),
    );
  }

  #dropGroupOf(email: Email, groupId: string): void {
    this.#groupIdsByMember.set(
      email,
      (this.#groupIdsByMember.get(email) ?? []).filter((other) => other !== groupId),
    );
  }

  #groupsOfIds(ids: readonly string[] | undefined): readonly Group[] {
    const groups: Group[] = [];
    for (const id of ids ?? []) {
      const group = this.group(id);
      if (group !== undefined) groups.push(group);
    }
    return groups;
  }

  /** The member set of this draft; the first time, a copy of the base's. */
  #ownMembers(groupId: string): Set<Email> | undefined {
    const group = this.group(groupId);
    if (group === undefined) return undefined;
    if (this.#ownSets.has(group.members)) return group.members as Set<Email>;
    const members = new Set(group.members);
    this.#ownSets.add(members);
    this.#groups.substitute(groupId, { ...group, members });
    return members;
  }
}

function principalOfKey(key: string): Principal {
  const [type] = key.split(":", 1);
  return type === "user"
    ? { type, id: key.slice("user:".length) }
    : { type: "group", id: key.slice("group:".length) };
}

function newGrant(principal: Principal, projectId: string, roleId: string): Grant {
  return { id: `new:${principalKey(principal)}:${projectId}`, principal, projectId, roleId };
}

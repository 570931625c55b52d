import { canonicalName } from "../schema";
import { canonicalEmail, type Email, type Group, type Organization } from "./organization";
import { Overlay, type Undo } from "./overlay";

/** The groups of a draft, by id, by name and by member. */
export class DraftGroups {
  readonly #base: Organization;
  readonly #journal: Undo[];
  readonly #groups: Overlay<string, Group>;
  readonly #idsByName: Overlay<string, readonly string[]>;
  readonly #idsByMember: Overlay<Email, readonly string[]>;
  /** Member sets that this draft made, so may change. */
  readonly #ownSets = new WeakSet<ReadonlySet<Email>>();

  constructor(base: Organization, journal: Undo[]) {
    this.#base = base;
    this.#journal = journal;
    this.#groups = new Overlay((id) => base.group(id), journal);
    this.#idsByName = new Overlay((name) => base.groupsNamed(name).map(({ id }) => id), journal);
    this.#idsByMember = new Overlay((email) => base.groupsOf(email).map(({ id }) => id), journal);
  }

  *all(): Iterable<Group> {
    for (const group of this.#base.groups()) {
      if (!this.#groups.covers(group.id)) yield group;
    }
    yield* this.#groups.added();
  }

  /** Its `members` follow later changes. */
  one(id: string): Group | undefined {
    return this.#groups.get(id);
  }

  named(name: string): readonly Group[] {
    return this.#ofIds(this.#idsNamed(name));
  }

  of(email: string): readonly Group[] {
    return this.#ofIds(this.#idsByMember.get(canonicalEmail(email)));
  }

  /** A new group; its id must not be taken. */
  add(group: Omit<Group, "members">): void {
    const members = new Set<Email>();
    this.#ownSets.add(members);
    this.#groups.set(group.id, { ...group, members });
    this.#addName(group);
  }

  rename(id: string, name: string): void {
    const group = this.one(id);
    if (group === undefined) return;
    this.#dropName(group);
    this.#groups.set(id, { ...group, name });
    this.#addName({ id, name });
  }

  /** Drops the group and its memberships. */
  drop(id: string): void {
    const group = this.one(id);
    if (group === undefined) return;
    for (const email of group.members) this.#dropOf(email, id);
    this.#dropName(group);
    this.#groups.set(id, undefined);
  }

  addMember(id: string, email: string): void {
    const key = canonicalEmail(email);
    const members = this.#ownMembers(id);
    if (members === undefined || members.has(key)) return;
    members.add(key);
    this.#journal.push(() => members.delete(key));
    this.#idsByMember.set(key, [...(this.#idsByMember.get(key) ?? []), id]);
  }

  dropMember(id: string, email: string): void {
    const key = canonicalEmail(email);
    if (this.one(id)?.members.has(key) !== true) return;
    const members = this.#ownMembers(id);
    if (members === undefined) return;
    members.delete(key);
    this.#journal.push(() => members.add(key));
    this.#dropOf(key, id);
  }

  #idsNamed(name: string): readonly string[] {
    return this.#idsByName.get(canonicalName(name)) ?? [];
  }

  #addName({ id, name }: Pick<Group, "id" | "name">): void {
    this.#idsByName.set(canonicalName(name), [...this.#idsNamed(name), id]);
  }

  #dropName({ id, name }: Group): void {
    this.#idsByName.set(
      canonicalName(name),
      this.#idsNamed(name).filter((other) => other !== id),
    );
  }

  #dropOf(email: Email, id: string): void {
    this.#idsByMember.set(
      email,
      (this.#idsByMember.get(email) ?? []).filter((other) => other !== id),
    );
  }

  #ofIds(ids: readonly string[] | undefined): readonly Group[] {
    const groups: Group[] = [];
    for (const id of ids ?? []) {
      const group = this.one(id);
      if (group !== undefined) groups.push(group);
    }
    return groups;
  }

  /** The member set of this draft; the first time, a copy of the base's. */
  #ownMembers(id: string): Set<Email> | undefined {
    const group = this.one(id);
    if (group === undefined) return undefined;
    if (this.#ownSets.has(group.members)) return group.members as Set<Email>;
    const members = new Set(group.members);
    this.#ownSets.add(members);
    this.#groups.substitute(id, { ...group, members });
    return members;
  }
}

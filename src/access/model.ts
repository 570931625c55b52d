import { applyEffect } from "./apply-effect";
import { Draft } from "./draft";
import type { Effect, Refusal } from "./effect";
import { isRefusal } from "./effect";
import { mappedBy, syncPerson, type IdentityProvider, type Mapped } from "./identity-provider";
import { isKeyHolder, keyNow } from "./key-holder";
import { KeyUses } from "./key-uses";
import { canonicalEmail, type Email, type Group, type Organization } from "./organization";
import { Overlay, type Undo } from "./overlay";
import { groupOf } from "./reference";
import { admitted, byPassword, organization, rightsOf, type Rights } from "./rights";
import { organizationRoleNamed } from "./role";

/** What no API shows and a model rests on all the same. */
export interface Unread {
  readonly provider: IdentityProvider;
  /** Who administers, as declared: it counts for people whose organization role is not readable. */
  readonly admins: ReadonlySet<Email>;
  /** Whether somebody who is there has accepted their invitation, where no API shows it. */
  readonly hasAccepted: (email: Email) => boolean;
  /** Who can log in while single sign-on is enforced although no group of the provider has them. */
  readonly signsIn?: ReadonlySet<Email>;
  /** Keys, by `keyText`, of which somebody says that whoever uses them has them. */
  readonly handedOver: ReadonlySet<string>;
}

/** A moment of a model, for `rollback`. */
export interface Mark {
  readonly draft: number;
  readonly beside: number;
}

/**
 * An organization with what happens around it: who is in which group at the identity provider, what its sync does, who has accepted, who
 * administers. It does what Amplitude does and refuses what Amplitude refuses. People at the provider are the live members of its groups
 * until one of its steps is seen done; a step that is done has been synced.
 */
export class Model {
  readonly organization: Draft;
  readonly #unread: Unread;
  readonly #journal: Undo[] = [];
  /** Ids of the groups that somebody is in at the provider. */
  readonly #atProvider: Overlay<Email, ReadonlySet<string>>;
  readonly #accepted: Overlay<Email, boolean>;
  readonly #keys: KeyUses;
  #providerGroups: number;

  constructor(base: Organization, unread: Unread) {
    this.organization = new Draft(base);
    this.#unread = unread;
    this.#atProvider = new Overlay((email) => idsOf(base.groupsOf(email)), this.#journal);
    this.#accepted = new Overlay((email) => {
      const person = base.person(email);
      return person !== undefined && (person.accepted ?? unread.hasAccepted(email));
    }, this.#journal);
    this.#keys = new KeyUses(base, unread.handedOver, this.#journal);
    this.#providerGroups = idsOf(base.groups()).size;
  }

  mark(): Mark {
    return { draft: this.organization.mark(), beside: this.#journal.length };
  }

  rollback({ draft, beside }: Mark): void {
    this.organization.rollback(draft);
    while (this.#journal.length > beside) this.#journal.pop()?.();
  }

  /** All of the effects, or none and why Amplitude would refuse. */
  apply(effects: readonly Effect[]): Refusal | undefined {
    const mark = this.mark();
    for (const effect of effects) {
      const refusal = applyEffect(this.organization, effect) ?? this.#beside(effect);
      if (refusal === undefined) continue;
      this.rollback(mark);
      return refusal;
    }
    return undefined;
  }

  /** The provider's sync, as far as it is about these people. */
  sync(emails: Iterable<Email>): void {
    for (const email of emails) {
      const there = this.organization.person(email) !== undefined;
      syncPerson(this.organization, this.#unread.provider, email, this.groupsAtProvider(email));
      const isThere = this.organization.person(email) !== undefined;
      if (there !== isThere) this.#accepted.set(email, false);
    }
  }

  get provider(): IdentityProvider {
    return this.#unread.provider;
  }

  /** Ids of the groups that somebody is in at the provider. */
  groupsAtProvider(email: Email): ReadonlySet<string> {
    return this.#atProvider.get(email) ?? none;
  }

  /** Whether a sync has anything to say about somebody. */
  isProvided(email: Email): boolean {
    return this.#providerGroups > 0 && this.groupsAtProvider(email).size > 0;
  }

  /** What the mappings of somebody's groups set. */
  mapped(email: Email): Mapped {
    const groups = [...this.groupsAtProvider(email)].flatMap((id) => this.organization.group(id) ?? []);
    return mappedBy(this.#unread.provider, groups, this.organization);
  }

  /** Whether somebody is there and has accepted their invitation. */
  hasAccepted(email: Email): boolean {
    return this.#accepted.get(email) === true;
  }

  /**
   * What somebody may do, and whether they are there and let in; or what the keys of a name open (`keyHolder`), and whether one of them is
   * in use.
   */
  rights(email: Email, on?: ReadonlySet<string>): Rights {
    if (isKeyHolder(email)) return this.#keys.rights(email, this.organization);
    const rights = rightsOf(this.organization, email, on);
    const here = rights.get(organization);
    if (here !== undefined) {
      const enforced = this.#isSignOnEnforced();
      const how = (enforced ? 0 : byPassword) | (this.#isAdmitted(email, enforced) ? admitted : 0);
      rights.set(organization, here | how);
    }
    return rights;
  }

  /** Owner or admin, as read; as declared where their role is not readable. */
  administers(email: Email): boolean {
    const person = this.organization.person(email);
    if (person === undefined) return false;
    if (person.organizationRole === undefined) return this.#unread.admins.has(email);
    const role = organizationRoleNamed(person.organizationRole);
    return role === "owner" || role === "admin";
  }

  /** Administers, has accepted, and is let in. */
  canAdminister(email: Email): boolean {
    return (
      this.administers(email) && this.hasAccepted(email) && this.#isAdmitted(email, this.#isSignOnEnforced())
    );
  }

  /**
   * Enforced single sign-on lets in whom the provider has. Where none of its groups is known, nothing says who that is: then everybody
   * is taken to be let in.
   */
  #isAdmitted(email: Email, isSignOnEnforced: boolean): boolean {
    if (!isSignOnEnforced || this.#providerGroups === 0) return true;
    return this.groupsAtProvider(email).size > 0 || this.#unread.signsIn?.has(email) === true;
  }

  #isSignOnEnforced(): boolean {
    return this.organization.setting("sso_enforced") === "true";
  }

  /** What an effect changes beside the organization. */
  #beside(effect: Effect): Refusal | undefined {
    if (effect.type === "accept") this.#accepted.set(canonicalEmail(effect.email), true);
    if (effect.type === "remove_person") this.#accepted.set(canonicalEmail(effect.email), false);
    if (effect.type === "create_group" && effect.writer === "idp") this.#countProviderGroup();
    if (effect.type === "create_key") this.#keys.created(keyNow(this.organization, effect));
    if (effect.type === "hand_over_key") this.#keys.handedOver(keyNow(this.organization, effect));
    if (effect.type === "delete_key") this.#keys.deleted(keyNow(this.organization, effect));
    return effect.type === "idp_gain" || effect.type === "idp_lose"
      ? this.#moveAtProvider(effect)
      : undefined;
  }

  #moveAtProvider({
    type,
    ...effect
  }: Extract<Effect, { type: "idp_gain" | "idp_lose" }>): Refusal | undefined {
    const email = canonicalEmail(effect.email);
    const group = groupOf(this.organization, effect.group);
    if (isRefusal(group)) return type === "idp_gain" ? group : undefined;
    const held = new Set(this.groupsAtProvider(email));
    if (type === "idp_gain") held.add(group.id);
    else if (held.delete(group.id) && held.size === 0 && this.#unread.provider.deprovisions)
      this.organization.dropPerson(email);
    this.#atProvider.set(email, held);
    this.sync([email]);
    return undefined;
  }

  #countProviderGroup(): void {
    this.#providerGroups += 1;
    this.#journal.push(() => {
      this.#providerGroups -= 1;
    });
  }
}

const none: ReadonlySet<string> = new Set();

function idsOf(groups: Iterable<Group>): ReadonlySet<string> {
  let ids: Set<string> | undefined;
  for (const { id, writer } of groups) if (writer === "idp") (ids ??= new Set()).add(id);
  return ids ?? none;
}

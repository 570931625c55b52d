import type { Construct } from "constructs";
import { email as emailType, name as nameType } from "../schema";
import type { Identity } from "./block";
import { Declarations, EARLIER } from "./declarations";
import { endOf } from "./end";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";
import { logicalId } from "./logical-id";
import { Memberships } from "./memberships";
import { canonical } from "./people";
import { Principal, type GrantOptions } from "./principal";
import { StackError } from "./stack-error";
import { admit, admitMembers, type Term } from "./term";

/** What a stack may say of a group that it writes. */
export interface GroupProps {
  /** E-mails of everybody in it; anybody else is taken out. Left out: single `.member()` edges, or members are not managed. */
  readonly members?: readonly string[];
  /** When single members end, by e-mail: dates (the end of that day in the stack's time zone) or times with an offset. */
  readonly memberUntil?: Readonly<Record<string, string>>;
  /** What it was called before, so that a new name renames it. */
  readonly previousName?: string;
  /** Name of the engagement it belongs to; its grants carry it, and with its memberships end with it if the stack declares it. */
  readonly engagement?: string;
}

const GROUP = { type: "amplitude_group", prefix: "group", noun: "group" };
const MEMBER = { type: "amplitude_group_membership", prefix: "member", noun: "membership" };

/** A permission group whose members code writes. Somebody unknown who is added to it is invited by Amplitude. */
export class Group extends Principal {
  readonly name: string;
  readonly resource: l1.Group;
  readonly #identity: Identity;
  readonly #declarations: Declarations;
  readonly #props: GroupProps;
  readonly #memberships: Memberships;
  readonly #edges: l1.GroupMembership[] = [];
  #term: Term | undefined;

  /** @throws StackError when the name is empty or another group's, or when members are wrong, listed twice or declared as left */
  constructor(scope: Construct, name: string, props: GroupProps = {}) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(scope, GROUP, name);
    checked(identity, "name", name, nameType);
    declarations.nameGroup(name, identity);
    const previousName = checkedIfGiven(identity, "previousName", props.previousName, nameType);
    if (previousName !== undefined)
      declarations.nameGroup(previousName, { ...identity, what: `${EARLIER}${identity.what}` });
    const belonging = declarations.engagements.belonging(identity, scope, props.engagement);
    const engagement = belonging.name === undefined ? undefined : literal(belonging.name);
    super(scope, identity, {
      grantee: { type: "group", key: name },
      reference: `\${${identity.address}.id}`,
      engagement,
      term: belonging.term,
      previousKey: previousName,
    });
    this.name = name;
    this.#identity = identity;
    this.#declarations = declarations;
    this.#props = props;
    this.#memberships = new Memberships(identity, belonging.term);
    const { members } = props;
    const ends = this.#memberEnds();
    this.resource = new l1.Group(this, "Resource", {
      name: literal(name),
      members: members?.map(literal),
      memberExpiresAt: ends && Object.fromEntries(ends),
      previousName: previousName === undefined ? undefined : literal(previousName),
      engagement,
    });
    this.resource.overrideLogicalId(identity.logicalId);
    if (previousName !== undefined) {
      declarations.moves.push({
        from: `${GROUP.type}.${logicalId(GROUP.prefix, previousName, [previousName])}`,
        to: identity.address,
      });
    }
    this.#follow(members ?? [], ends ?? new Map());
    admitMembers(belonging.term, identity, name, declarations.members);
    this.#term = belonging.term;
    belonging.term?.groups.set(name, this.resource);
    declarations.joins.set(this, (term, expects) => this.#join(term, expects));
  }

  /**
   * One person in the group, for groups whose `members` is not given.
   *
   * @throws StackError when it is given, when the person is in the group already or left, or when the end is after the person's own
   */
  member(email: string, { until }: GrantOptions = {}): this {
    const { blocks, people, members, timeZone, moves } = this.#declarations;
    const identity = blocks.claim(
      this,
      MEMBER,
      `${email} in ${this.name}`,
      [this.name, canonical(email)],
      email,
    );
    checked(identity, "e-mail address", email, emailType);
    if (this.#props.members !== undefined) {
      throw new StackError(
        identity,
        "the group's `members` are the whole set",
        "Add the address to `members`, or leave `members` out and use .member() for everybody.",
      );
    }
    people.present(identity, email);
    admit(this.#term, identity, email);
    const end = until === undefined ? undefined : endOf(identity, "until", until, timeZone);
    const resource = new l1.GroupMembership(this, identity.constructId, {
      groupId: `\${${this.#identity.address}.id}`,
      email: literal(email),
      expiresAt: end,
      engagement: this.resource.engagementInput,
    });
    resource.overrideLogicalId(identity.logicalId);
    members.push({ group: this.name, email: canonical(email) });
    this.#edges.push(resource);
    const settle = (at: string): void => void (resource.expiresAt = at);
    const invited = this.#memberships.add({ email, until: end, at: resource, settle });
    if (this.#props.previousName !== undefined) {
      const before = logicalId(MEMBER.prefix, `${email} in ${this.#props.previousName}`, [
        this.#props.previousName,
        canonical(email),
      ]);
      moves.push({ from: `${MEMBER.type}.${before}`, to: identity.address });
    }
    people.whenInvited(email, (person) => {
      resource.dependsOn = [person.address];
      invited(person);
    });
    return this;
  }

  /** Members who are invited here come before the group, and leave it no later than they leave. */
  #follow(members: readonly string[], ends: ReadonlyMap<string, string>): void {
    const { people, members: declared } = this.#declarations;
    people.allPresent(this.#identity, "members", members);
    const settled: Record<string, string> = Object.fromEntries(ends);
    for (const email of members) {
      declared.push({ group: this.name, email: canonical(email) });
      const settle = (end: string): void => {
        settled[literal(email)] = end;
        this.resource.memberExpiresAt = settled;
      };
      const until = ends.get(literal(email));
      const invited = this.#memberships.add({ email, until, at: this.resource, settle });
      people.whenInvited(email, (person) => {
        this.resource.dependsOn = [...(this.resource.dependsOn ?? []), person.address].sort();
        invited(person);
      });
    }
  }

  #join(term: Term, expects: readonly string[] | undefined): void {
    if (expects !== undefined) {
      throw new StackError(
        this.#identity,
        "`expects` is for groups that an identity provider writes",
        "Name its people in `members`.",
      );
    }
    if (term.groups.has(this.name)) return;
    admitMembers(term, this.#identity, this.name, this.#declarations.members);
    this.#term = term;
    this.resource.engagement = literal(term.name);
    for (const edge of this.#edges) edge.engagement = literal(term.name);
    this.#memberships.engage(term);
    this.engage(term);
    term.groups.set(this.name, this.resource);
  }

  /** By e-mail as `members` spells it, as Terraform must read it. */
  #memberEnds(): Map<string, string> | undefined {
    const { members, memberUntil } = this.#props;
    if (memberUntil === undefined) return undefined;
    const spelled = new Map((members ?? []).map((email) => [canonical(email), email]));
    const ends = Object.entries(memberUntil).map(([email, until]): [string, string] => {
      const member = spelled.get(canonical(email));
      if (member === undefined) {
        throw new StackError(
          this.#identity,
          `${email} has an end and is not in \`members\``,
          "Add the address to `members`, or remove its end.",
        );
      }
      return [literal(member), endOf(this.#identity, `end of ${email}`, until, this.#declarations.timeZone)];
    });
    return new Map(ends);
  }
}

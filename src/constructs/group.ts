import type { Construct } from "constructs";
import { email as emailType } from "../schema";
import type { Identity } from "./block";
import { Declarations } from "./declarations";
import { endOf, isLater } from "./end";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";
import { logicalId } from "./logical-id";
import { canonical, type Invited } from "./people";
import { Principal, type GrantOptions } from "./principal";
import { StackError } from "./stack-error";

/** What a stack may say of a group that it writes. */
export interface GroupProps {
  /** E-mails of everybody in it; anybody else is taken out. Left out: single `.member()` edges, or members are not managed. */
  readonly members?: readonly string[];
  /** When single members end, by e-mail: dates (the end of that day in the stack's time zone) or times with an offset. */
  readonly memberUntil?: Readonly<Record<string, string>>;
  /** What it was called before, so that a new name renames it. */
  readonly previousName?: string;
  /** Name of the engagement it belongs to, for the record; its grants carry it. */
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

  /** @throws StackError when the name is empty or another group's, or when members are wrong, listed twice or declared as left */
  constructor(scope: Construct, name: string, props: GroupProps = {}) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(scope, GROUP, name);
    checked(identity, "name", name);
    declarations.nameGroup(name, identity);
    const previousName = checkedIfGiven(identity, "previousName", props.previousName);
    if (previousName !== undefined)
      declarations.nameGroup(previousName, { ...identity, what: `the earlier name of ${identity.what}` });
    const engagement =
      props.engagement === undefined ? undefined : literal(checked(identity, "engagement", props.engagement));
    super(scope, identity, {
      grantee: { type: "group", key: name },
      reference: `\${${identity.address}.id}`,
      engagement,
      previousKey: previousName,
    });
    this.name = name;
    this.#identity = identity;
    this.#declarations = declarations;
    this.#props = props;
    const { members } = props;
    this.resource = new l1.Group(this, "Resource", {
      name: literal(name),
      members: members?.map(literal),
      memberExpiresAt: this.#memberEnds(),
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
    this.#follow(members ?? []);
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
    const end = until === undefined ? undefined : endOf(identity, "until", until, timeZone);
    const resource = new l1.GroupMembership(this, identity.constructId, {
      groupId: `\${${this.#identity.address}.id}`,
      email: literal(email),
      expiresAt: end,
      engagement: this.resource.engagementInput,
    });
    resource.overrideLogicalId(identity.logicalId);
    members.push({ group: this.name, email: canonical(email) });
    if (this.#props.previousName !== undefined) {
      const before = logicalId(MEMBER.prefix, `${email} in ${this.#props.previousName}`, [
        this.#props.previousName,
        canonical(email),
      ]);
      moves.push({ from: `${MEMBER.type}.${before}`, to: identity.address });
    }
    people.whenInvited(email, (person) => {
      resource.dependsOn = [person.address];
      const earlier = this.#endOfMember(end, person);
      if (earlier !== undefined) resource.expiresAt = earlier;
    });
    return this;
  }

  /** Members who are invited here come before the group, and leave it no later than they leave. */
  #follow(members: readonly string[]): void {
    const { people, members: declared } = this.#declarations;
    people.allPresent(this.#identity, "members", members);
    for (const email of members) {
      declared.push({ group: this.name, email: canonical(email) });
      people.whenInvited(email, (person) => {
        this.resource.dependsOn = [...(this.resource.dependsOn ?? []), person.address].sort();
        const ends = this.resource.memberExpiresAtInput ?? {};
        const end = this.#endOfMember(ends[literal(email)], person);
        if (end !== undefined) this.resource.memberExpiresAt = { ...ends, [literal(email)]: end };
      });
    }
  }

  #endOfMember(end: string | undefined, person: Invited): string | undefined {
    if (end === undefined || person.until === undefined || !isLater(end, person.until))
      return end ?? person.until;
    throw new StackError(
      this.#identity,
      `the membership of ${person.email} ends ${end}, after the person, who ends ${person.until}`,
      "Shorten it, or lengthen the person's `until`.",
    );
  }

  /** By e-mail as `members` spells it. */
  #memberEnds(): Record<string, string> | undefined {
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
    return Object.fromEntries(ends);
  }
}

import type { Construct } from "constructs";
import { Declarations } from "./declarations";
import { endOf } from "./end";
import * as l1 from "./generated";
import { endWithin } from "./limit";
import { checked, checkedIfGiven, literal } from "./literal";
import { canonical } from "./people";
import { Individual } from "./individual";
import { admit, limitOf } from "./term";
import { email as emailType, name as nameType } from "../schema";

/** What a stack may say of a person whom it invites. */
export interface PersonProps {
  readonly givenName?: string;
  readonly familyName?: string;
  /** When they leave: a date (the end of that day in the stack's time zone) or a time with an offset. Their grants and memberships end then too. Left out: with their engagement. */
  readonly until?: string;
  /** Invite again somebody who was removed outside of the stack. */
  readonly rejoins?: boolean;
  /** Name of the engagement they work for; their grants carry it, and all of it ends with the engagement if the stack declares it. */
  readonly engagement?: string;
}

/** A person whom the stack invites into the organization. That alone gives no access: `.may()` does. */
export class Person extends Individual {
  readonly email: string;
  readonly resource: l1.User;

  /** @throws StackError when the address is wrong, or declared already (in whatever case) as present or as left, or ends after its engagement */
  constructor(scope: Construct, email: string, props: PersonProps = {}) {
    const declarations = Declarations.of(scope);
    const { blocks, people, timeZone, engagements } = declarations;
    const identity = blocks.claim(
      scope,
      { type: "amplitude_user", prefix: "person", noun: "person" },
      email,
      [canonical(email)],
    );
    checked(identity, "e-mail address", email, emailType);
    people.present(identity, email);
    const { name, term } = engagements.belonging(identity, scope, props.engagement);
    admit(term, identity, email);
    const written = props.until === undefined ? undefined : endOf(identity, "until", props.until, timeZone);
    const until = endWithin(identity, "it", written, [limitOf(term)]);
    const text = (field: "givenName" | "familyName"): string | undefined => {
      const value = checkedIfGiven(identity, field, props[field], nameType);
      return value === undefined ? undefined : literal(value);
    };
    const engagement = name === undefined ? undefined : literal(name);
    super(scope, identity, {
      grantee: { type: "user", key: canonical(email) },
      reference: literal(email),
      until,
      engagement,
      term,
    });
    this.email = email;
    this.resource = new l1.User(this, "Resource", {
      email: literal(email),
      givenName: text("givenName"),
      familyName: text("familyName"),
      rejoins: props.rejoins,
      expiresAt: until,
      engagement,
      // A group that loses them is updated before they are deleted.
      lifecycle: { createBeforeDestroy: true },
    });
    this.resource.overrideLogicalId(identity.logicalId);
    term?.people.set(canonical(email), this);
    if (written !== undefined) term?.inside.push({ what: identity.what, until: written, at: this.resource });
    people.invite({ email, address: identity.address, until });
  }
}

import type { Construct } from "constructs";
import { email as emailType } from "../schema";
import { Declarations } from "./declarations";
import { checked, literal } from "./literal";
import { canonical } from "./people";
import { Individual } from "./individual";

/** A person who is in the organization by other means: an employee, somebody of an IdP group. Nothing declares them; they can be given roles. */
export class ExistingPerson extends Individual {
  readonly email: string;

  /** @throws StackError when the address is wrong, named so already, or somebody's who left */
  constructor(scope: Construct, email: string) {
    const { blocks, people } = Declarations.of(scope);
    const identity = blocks.claim(
      scope,
      { type: "amplitude_user", prefix: "person", noun: "person" },
      email,
      [canonical(email)],
    );
    checked(identity, "e-mail address", email, emailType);
    people.present(identity, email);
    super(scope, identity, { grantee: { type: "user", key: canonical(email) }, reference: literal(email) });
    this.email = email;
  }
}

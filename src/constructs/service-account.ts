import type { Construct } from "constructs";
import { Declarations } from "./declarations";
import { checked } from "./literal";
import { canonical } from "./people";
import { Person, type PersonProps } from "./person";

/** What a stack must say of an account that no person uses. */
export interface ServiceAccountProps extends Pick<PersonProps, "until" | "engagement"> {
  /** What it is for: `cohorts to Braze, nightly`. */
  readonly purpose: string;
}

/** A member of the organization that an integration uses (playbook, "Service Accounts and API Users"). Amplitude sees a person. */
export class ServiceAccount extends Person {
  readonly purpose: string;

  /** @throws StackError as a person does, and when the purpose is empty */
  constructor(scope: Construct, email: string, { purpose, ...props }: ServiceAccountProps) {
    const attempt = { what: `the service account ${JSON.stringify(email)}`, path: scope.node.path };
    const { term } = Declarations.of(scope).engagements.belonging(attempt, scope, props.engagement);
    // It may well be the client's.
    term?.guests.add(canonical(email));
    super(scope, email, props);
    const declarations = Declarations.of(this);
    this.purpose = checked(
      { what: `the service account ${JSON.stringify(email)}`, path: this.node.path },
      "purpose",
      purpose,
    );
    declarations.services.set(canonical(email), this);
    declarations.locals.serviceAccount(email, purpose);
  }
}

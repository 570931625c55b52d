import { organizationRoles, type OrganizationRole } from "../access/role";
import { oneOf } from "../schema";
import { Declarations } from "./declarations";
import * as l1 from "./generated";
import { checked, literal } from "./literal";
import { canonical } from "./people";
import { Principal, type GrantOptions } from "./principal";

const ROLE = { type: "amplitude_organization_role", prefix: "organization_role", noun: "organization role" };
const role = oneOf(organizationRoles);

/** Who is one: a person, a service account. Only they have a role in the organization as a whole. */
export abstract class Individual extends Principal {
  /** As written. */
  abstract readonly email: string;

  /**
   * The role in the organization as a whole; it becomes Member when it ends or the line goes. By hand on Amplitude today: no documented API
   * reads or writes it. Administrators are declared by `.admins()` and `.owners()` of the stack.
   *
   * @throws StackError when it is declared already, is no role, or ends after the person
   */
  organizationRole(written: OrganizationRole, options: GrantOptions = {}): this {
    const { blocks } = Declarations.of(this);
    const identity = blocks.claim(this, ROLE, this.email, [canonical(this.email)], "organization role");
    checked(identity, "role", written, role);
    this.give(
      identity,
      options,
      (ending) =>
        new l1.OrganizationRole(this, identity.constructId, {
          email: literal(this.email),
          role: written,
          ...ending,
        }),
    );
    return this;
  }
}

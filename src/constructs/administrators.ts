import { Construct } from "constructs";
import { Declarations } from "./declarations";
import * as l1 from "./generated";
import { literal } from "./literal";
import { canonical } from "./people";

const ROLE = { type: "amplitude_organization_role", prefix: "organization_role", noun: "organization role" };

/**
 * One administrator of the organization. By hand on Amplitude today: no documented API reads or writes organization roles.
 *
 * @throws StackError when the person's role is declared already
 */
export function declareAdministrator(stack: Construct, email: string, role: "admin" | "owner"): void {
  const { blocks, people } = Declarations.of(stack);
  const identity = blocks.claim(stack, ROLE, email, [canonical(email)]);
  const resource = new l1.OrganizationRole(new Construct(stack, identity.constructId), "Resource", {
    email: literal(email),
    role,
  });
  resource.overrideLogicalId(identity.logicalId);
  people.whenInvited(email, ({ address }) => (resource.dependsOn = [address]));
}

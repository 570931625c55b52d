import { Construct } from "constructs";
import { organizationRoles, type OrganizationRole } from "../access/role";
import { address, addressesOutside, addressRange, oneOf } from "../schema";
import { Declarations } from "./declarations";
import * as l1 from "./generated";
import { checked } from "./literal";
import { StackError } from "./stack-error";

/** Settings of an organization; what is left out is left alone. */
export interface OrganizationSettingsProps {
  /** Everybody must log in through single sign-on. */
  readonly ssoEnforced?: boolean;
  /** Role of people whom their first login creates (playbook, "Just-In-Time Provisioning": Member, not Admin or Owner). */
  readonly jitDefaultRole?: OrganizationRole;
  /** An identity provider may push people and groups. */
  readonly scimEnabled?: boolean;
  /** Everybody needs a second factor. */
  readonly mfaRequired?: boolean;
  /** Ranges that may reach the organization, `203.0.113.0/24`; an empty list: all may. */
  readonly ipAllowlist?: readonly string[];
  /** Addresses from which applies run, all of them in `ipAllowlist`; required with it. */
  readonly runnerAddresses?: readonly string[];
}

const ORGANIZATION = { type: "amplitude_organization", prefix: "organization", noun: "organization" };

/** Settings of the organization itself. By hand on Amplitude today: no documented API reads or writes them. */
export class OrganizationSettings extends Construct {
  readonly resource: l1.Organization;

  /** @throws StackError when they are declared already, a range or an address does not parse, or the ranges lock out whoever applies */
  constructor(scope: Construct, orgId: string, props: OrganizationSettingsProps) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(scope, ORGANIZATION, "settings");
    const { ipAllowlist: ranges, runnerAddresses: runners, jitDefaultRole } = props;
    if (jitDefaultRole !== undefined)
      checked(identity, "jitDefaultRole", jitDefaultRole, oneOf(organizationRoles));
    for (const range of ranges ?? []) checked(identity, "ipAllowlist", range, addressRange);
    for (const runner of runners ?? []) checked(identity, "runnerAddresses", runner, address);
    if (ranges !== undefined && ranges.length > 0) {
      if (runners === undefined || runners.length === 0)
        throw new StackError(
          identity,
          "`ipAllowlist` is given and `runnerAddresses` is not",
          "Say from where applies run, so that they are not locked out.",
        );
      const [outside] = addressesOutside(runners, ranges);
      if (outside !== undefined)
        throw new StackError(
          identity,
          `its ipAllowlist locks out ${outside}, from where applies run`,
          "Add a range that has it, or correct `runnerAddresses`.",
        );
    }
    super(scope, identity.constructId);
    this.resource = new l1.Organization(this, "Resource", {
      orgId,
      ssoEnforced: props.ssoEnforced,
      jitDefaultRole,
      scimEnabled: props.scimEnabled,
      mfaRequired: props.mfaRequired,
      ipAllowlist: ranges && [...ranges],
      runnerAddresses: runners && [...runners],
    });
    this.resource.overrideLogicalId(identity.logicalId);
    if (jitDefaultRole !== undefined) declarations.jitDefault = { role: jitDefaultRole, at: this.resource };
  }
}

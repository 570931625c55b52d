import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "./environment";
import { literal } from "./literal";

/** The facts of an engagement. */
export interface EngagementFacts {
  readonly agency: string;
  readonly domains: readonly string[];
  readonly sow: string;
  readonly dpa: string;
  /** E-mail of who answers for it. */
  readonly owner: string;
  /** RFC 3339: the start of the first day. */
  readonly from: string;
  /** RFC 3339: the end of the last day. */
  readonly until: string;
  /** E-mails of people of no domain of the agency who may be inside. */
  readonly guests?: readonly string[];
}

/**
 * What people declare that Amplitude never sees: `locals.amplitude_access` of the synthesized file. Terraform ignores it, the CLI reads it.
 * Only what is known is in it: `{ version: 1, time_zone, environments?: {project: environment}, service_accounts?: {email: {purpose}},
 * engagements?: {name: {agency, domains, sow, dpa, owner, from, until, guests?}},
 * reasons?: {address: reason} }`.
 */
export class AccessLocals {
  readonly #value: {
    readonly version: 1;
    readonly time_zone: string;
    environments?: Record<string, Environment>;
    service_accounts?: Record<string, { readonly purpose: string }>;
    engagements?: Record<string, EngagementFacts>;
    reasons?: Record<string, string>;
  };

  constructor(scope: Construct, timeZone: string) {
    this.#value = { version: 1, time_zone: timeZone };
    new TerraformLocal(scope, "AmplitudeAccess", this.#value).overrideLogicalId("amplitude_access");
  }

  environment(project: string, environment: Environment): void {
    (this.#value.environments ??= {})[literal(project)] = environment;
  }

  serviceAccount(email: string, purpose: string): void {
    (this.#value.service_accounts ??= {})[literal(email)] = { purpose: literal(purpose) };
  }

  /** Why a declaration is there, by its address. */
  reason(address: string, because: string): void {
    (this.#value.reasons ??= {})[address] = literal(because);
  }

  engagement(
    name: string,
    { agency, domains, sow, dpa, owner, from, until, guests = [] }: EngagementFacts,
  ): void {
    (this.#value.engagements ??= {})[name] = {
      agency: literal(agency),
      domains: domains.map(literal),
      sow: literal(sow),
      dpa: literal(dpa),
      owner: literal(owner),
      from,
      until,
      ...(guests.length === 0 ? {} : { guests: guests.map(literal) }),
    };
  }
}

import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "./environment";
import { literal } from "./literal";

/**
 * What people declare that Amplitude never sees: `locals.amplitude_access` of the synthesized file. Terraform ignores it, the CLI reads it.
 * Only what is known is in it: `{ version: 1, time_zone, environments?: {project: environment}, service_accounts?: {email: {purpose}} }`.
 */
export class AccessLocals {
  readonly #value: {
    readonly version: 1;
    readonly time_zone: string;
    environments?: Record<string, Environment>;
    service_accounts?: Record<string, { readonly purpose: string }>;
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
}

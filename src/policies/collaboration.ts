import { canonicalEmail } from "../access";
import type { Desired, Instance } from "../reconcile";
import { instantOf } from "../schema";

/** Somebody from outside, and the work that they are there for. */
export interface Collaborator {
  /** Name of the engagement; undefined where only a pattern of the provider block names their domain. */
  readonly engagement?: string;
  /** RFC 3339 or a date: when the engagement ends. */
  readonly until?: string;
}

/** Who is from outside, which accounts are no people, and what projects are for, as stacks state it. */
export interface Collaborations {
  collaborator(email: string): Collaborator | undefined;
  isServiceAccount(email: string): boolean;
  /** By the project's name. */
  readonly environments: ReadonlyMap<string, string>;
}

/**
 * A collaborator is whoever has an e-mail of an engagement's domains, or of `owns_people_of`, and the service account that a
 * declaration puts under an engagement.
 */
export function collaborationsOf(desired: Desired, instances: readonly Instance[]): Collaborations {
  const { engagements, environments, services } = desired;
  const byDomain = new Map<string, Collaborator>();
  for (const domain of desired.policy.ownsPeopleOf) byDomain.set(domain.toLowerCase(), {});
  for (const [engagement, { domains, until }] of engagements) {
    for (const domain of domains.map((name) => name.toLowerCase())) {
      const known = byDomain.get(domain)?.until;
      // Of two engagements with one agency, the later one says until when.
      if (known === undefined || (instantOf(known) ?? 0) < (instantOf(until) ?? 0))
        byDomain.set(domain, { engagement, until });
    }
  }
  const accounts = new Map<string, Collaborator>();
  for (const { config, naming } of instances) {
    const { engagement } = config;
    if (typeof engagement !== "string") continue;
    const until = engagements.get(engagement)?.until;
    for (const email of naming.present.map(canonicalEmail)) {
      if (services.has(email)) accounts.set(email, { engagement, ...(until === undefined ? {} : { until }) });
    }
  }
  return {
    collaborator(email) {
      const canonical = canonicalEmail(email);
      return accounts.get(canonical) ?? byDomain.get(canonical.slice(canonical.lastIndexOf("@") + 1));
    },
    isServiceAccount: (email) => services.has(canonicalEmail(email)),
    environments,
  };
}

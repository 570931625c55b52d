import { canonicalEmail } from "../access";
import type { Desired, Instance } from "../reconcile";
import type { Collaborator } from "./circumstances";

/** Who is from outside, which accounts are no people, and what projects are for, as stacks state it. */
export interface Collaborations {
  collaborator(email: string): Collaborator | undefined;
  isServiceAccount(email: string): boolean;
  /** By the project's name. */
  readonly environments: ReadonlyMap<string, string>;
}

interface Stated {
  readonly environments?: Readonly<Record<string, string>>;
  readonly service_accounts?: Readonly<Record<string, unknown>>;
  readonly engagements?: Readonly<
    Record<string, { readonly domains: readonly string[]; readonly until: string }>
  >;
}

/**
 * A collaborator is whoever has an e-mail of an engagement's domains, or of `owns_people_of`, and the service account that a
 * declaration puts under an engagement.
 */
export function collaborationsOf(desired: Desired, instances: readonly Instance[]): Collaborations {
  const byDomain = new Map<string, Collaborator>();
  const ends = new Map<string, string>();
  const environments = new Map<string, string>();
  const services = new Set<string>();
  for (const domain of desired.policy.ownsPeopleOf) byDomain.set(domain.toLowerCase(), {});
  for (const { locals } of desired.stacks) {
    const stated = locals as Stated;
    for (const [project, environment] of Object.entries(stated.environments ?? {}))
      environments.set(project, environment);
    for (const email of Object.keys(stated.service_accounts ?? {})) services.add(canonicalEmail(email));
    for (const [engagement, { domains, until }] of Object.entries(stated.engagements ?? {})) {
      ends.set(engagement, until);
      // Of two engagements with one agency, the later one says until when.
      for (const domain of domains) {
        const known = byDomain.get(domain.toLowerCase());
        if (known?.until === undefined || known.until < until)
          byDomain.set(domain.toLowerCase(), { engagement, until });
      }
    }
  }
  const accounts = new Map<string, Collaborator>();
  for (const { config, naming } of instances) {
    const { engagement } = config;
    if (typeof engagement !== "string") continue;
    const until = ends.get(engagement);
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

import picomatch from "picomatch";
import { canonicalEmail } from "../access";
import { canonicalName, domainOf } from "../schema";

/** What a stack says we may take away beyond what code brought in: patterns over names and domains. */
export interface OwnershipPolicy {
  /** Group names, `agency-*`: grants of these groups are ours where the project is too. */
  readonly groups: readonly string[];
  /** Project names, `Client *`. */
  readonly grantsOn: readonly string[];
  /** E-mail domains, `nova.agency`: people of these domains whom nothing names are ours. */
  readonly peopleOf: readonly string[];
}

/** The same as questions. A pattern never owns what has no name. */
export interface Ownership {
  ownsGroup(name: string): boolean;
  ownsGrantsOn(project: string | undefined): boolean;
  ownsPerson(email: string): boolean;
  /** Whether some declaration names this person: then no pattern removes them. */
  isNamed(email: string): boolean;
}

/**
 * `*` stands for any run of characters, `?` for one; case counts, as in Amplitude's names.
 *
 * @param named canonical e-mails of everybody whom a declaration names
 */
export function ownershipOf(policy: OwnershipPolicy, named: ReadonlySet<string>): Ownership {
  const matcher = (patterns: readonly string[]): ((name: string) => boolean) => {
    if (patterns.length === 0) return () => false;
    const matches = picomatch(patterns.map(canonicalName), { bash: true, nobrace: true, noextglob: true });
    return (name) => matches(canonicalName(name));
  };
  const group = matcher(policy.groups);
  const project = matcher(policy.grantsOn);
  const domains = new Set(policy.peopleOf.map((domain) => domainOf(domain)));
  return {
    ownsGroup: group,
    ownsGrantsOn: (name) => name !== undefined && project(name),
    ownsPerson: (email) => domains.has(domainOf(email)),
    isNamed: (email) => named.has(canonicalEmail(email)),
  };
}

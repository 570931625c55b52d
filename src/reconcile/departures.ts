import { canonicalEmail, type Organization } from "../access";
import { instantOf } from "../schema";
import type { AccessFacts } from "./desired/engagement";
import type { Instance } from "./instance";

/** What tells that somebody is not, or not for long, part of the organization. */
export interface DepartureInput {
  readonly instances: readonly Instance[];
  readonly live: Organization;
  readonly engagements: AccessFacts["engagements"];
  /** Canonical e-mails of everybody who must be absent. */
  readonly leavers: ReadonlySet<string>;
  /** Whether the people of the organization were read. */
  readonly peopleRead: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Who has gone, and how: they are declared to have left, were here and are not any more, or everything that named them has ended.
 *
 * @returns why, in words, for a canonical e-mail; `seen`: they were in the organization once. undefined: they are not known to have gone
 */
export function departures(input: DepartureInput): (email: string, seen: boolean) => string | undefined {
  const ended = endedPeople(input.instances);
  const engagement = endedEngagement(input);
  return (email, seen) => {
    if (input.leavers.has(email)) return "left";
    if (seen && input.peopleRead && input.live.person(email) === undefined)
      return "is not in the organization any more";
    if (ended.has(email)) return "has no line any more that has not ended";
    const name = engagement(email);
    return name === undefined ? undefined : `worked for the engagement ${name}, which has ended`;
  };
}

/** People whom only lines name that have ended. What knows a secret names its users, and keeps nobody here. */
function endedPeople(instances: readonly Instance[]): ReadonlySet<string> {
  const ended = new Set<string>();
  const current = new Set<string>();
  for (const { declaration, naming, current: holds } of instances) {
    if (declaration.kind.knownTo !== undefined) continue;
    for (const email of naming.present) (holds === undefined ? ended : current).add(canonicalEmail(email));
  }
  for (const email of current) ended.delete(email);
  return ended;
}

/** The ended engagement whose agency's domain an address is of, unless another one of that domain runs. */
function endedEngagement({ engagements, now }: DepartureInput): (email: string) => string | undefined {
  const ended = new Map<string, string>();
  const running = new Set<string>();
  for (const [name, { domains, until }] of engagements) {
    for (const domain of domains.map((text) => text.toLowerCase())) {
      if ((instantOf(until) ?? Infinity) <= now) ended.set(domain, name);
      else running.add(domain);
    }
  }
  return (email) => {
    const domain = email.slice(email.lastIndexOf("@") + 1);
    return running.has(domain) ? undefined : ended.get(domain);
  };
}

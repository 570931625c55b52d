/** How a fact is known: Amplitude showed it, a stack says so, somebody says so in a reviewed file, or nobody said anything. */
export const sources = ["read", "declared", "confirmed", "assumed"] as const;
export type Source = (typeof sources)[number];

/** What facts are about, in the order in which they are told. */
export const topics = [
  "identity provider",
  "mapping",
  "administrators",
  "acceptance",
  "settings",
  "keys",
] as const;
export type Topic = (typeof topics)[number];

/** One fact about one subject. */
export interface Fact {
  readonly topic: Topic;
  /** A group, a person (canonical e-mail), a setting, a key. */
  readonly subject: string;
  /** What holds of it, in words that follow its name: `has accepted the invitation`. */
  readonly value: string;
  readonly source: Source;
  /** Where it is from: an address, a field, who confirmed it and until when, or why it is assumed. */
  readonly from: string;
}

/** A fact that the order or a guard of a plan rests on; what is the same of many is one. */
export interface Premise extends Omit<Fact, "subject"> {
  /** How many it is about. */
  readonly count: number;
  /** Some of them, in order. */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

/** Facts that say the same of several as one, by topic, then in the order given. */
export function grouped(facts: Iterable<Fact>): Premise[] {
  const found = new Map<string, { fact: Fact; subjects: Set<string> }>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.topic, fact.value, fact.source, fact.from]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { fact, subjects: new Set([fact.subject]) });
    else known.subjects.add(fact.subject);
  }
  return [...found.values()]
    .map(({ fact: { subject: _subject, ...fact }, subjects }) => ({
      ...fact,
      count: subjects.size,
      examples: [...subjects].sort().slice(0, EXAMPLES),
    }))
    .sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));
}

import type { Organization } from "../access";
import { canonicalJson, digest, instantOf, type Json } from "../schema";
import type { Base } from "./base/base";
import type { AccessFacts, Engagement } from "./desired/engagement";
import { record } from "./base/record";
import { stepOf, type LiveStep } from "./step";

/** One thing that is stated: `engagement nova`, `environments`. */
interface Subject {
  readonly name: string;
  /** As the base keeps it. */
  readonly stated: Json;
  /** In words, against what was stated before. */
  text(before: Json | undefined): string;
}

/**
 * What stacks state differently than before, or no longer. It sends no request, but decides when access ends and what policies say: it is shown
 * and approved like any other step.
 */
export function factSteps(facts: AccessFacts, base: Base, live: Organization): LiveStep[] {
  const before = new Map(Object.entries(base.facts ?? {}) as [string, Json][]);
  const subjects = subjectsOf(facts);
  const changed = subjects.flatMap((subject) => {
    const known = before.get(subject.name);
    if (known !== undefined && canonicalJson(known) === canonicalJson(subject.stated)) return [];
    return [stepOfFact(subject.name, subject.stated, subject.text(known), live)];
  });
  const stated = new Set(subjects.map(({ name }) => name));
  const gone = [...before.keys()]
    .filter((name) => !stated.has(name))
    .map((name) => stepOfFact(name, null, "no longer declared", live));
  return [...changed, ...gone];
}

/** What a finished step about a subject says to the base: null where it is no longer stated. */
export function statedBy(facts: AccessFacts, subject: string): Record<string, Json> {
  return { [subject]: subjectsOf(facts).find(({ name }) => name === subject)?.stated ?? null };
}

function stepOfFact(subject: string, stated: Json, changes: string, live: Organization): LiveStep {
  const values = { address: subject, what: "fact", label: subject, declaration: digest(stated).slice(0, 16) };
  const draft = record.draft(values as { what: "fact" } & typeof values, { changes });
  return stepOf(draft, { address: subject, because: "the stack says so" }, new Set(), live);
}

function subjectsOf({ engagements, environments, services, reasons }: AccessFacts): Subject[] {
  const engaged = [...engagements].map(([name, engagement]): Subject => {
    const stated = engagement as unknown as Json;
    return {
      name: `engagement ${name}`,
      stated,
      text: (before) => engagementText(engagement, before as unknown as Engagement | undefined),
    };
  });
  return [
    ...engaged,
    ...together("environments", environments),
    ...together("service accounts", new Map([...services].map(([email, { purpose }]) => [email, purpose]))),
    ...together("reasons", reasons),
  ];
}

/** Many small facts of one sort are one subject. */
function together(name: string, facts: ReadonlyMap<string, string>): Subject[] {
  if (facts.size === 0) return [];
  const text = (before: Json | undefined): string => {
    const known = (before ?? {}) as Record<string, string>;
    const keys = new Set([...Object.keys(known), ...facts.keys()]);
    return [...keys]
      .sort()
      .filter((key) => known[key] !== facts.get(key))
      .map((key) =>
        known[key] === undefined
          ? `${key} ${facts.get(key) ?? ""}`
          : `${key} ${known[key]} → ${facts.get(key) ?? "not said"}`,
      )
      .join(", ");
  };
  return [{ name, stated: Object.fromEntries(facts), text }];
}

const FIELDS = ["agency", "domains", "sow", "dpa", "owner", "from", "guests"] as const;

function engagementText(after: Engagement, before: Engagement | undefined): string {
  if (before === undefined) {
    const { agency, sow, dpa, owner, from, until } = after;
    return `new: ${agency}, ${sow}, ${dpa}, ${firstDay(from)} to ${lastDay(until)}, answers ${owner}`;
  }
  const shown = (value: string | readonly string[] = []): string =>
    typeof value === "string" ? value : value.join(", ") || "none";
  const others = FIELDS.filter((field) => shown(before[field]) !== shown(after[field])).map(
    (field) => `${field} ${shown(before[field])} → ${shown(after[field])}`,
  );
  const [was, is] = [instantOf(before.until) ?? 0, instantOf(after.until) ?? 0];
  if (was === is) return others.join(", ");
  const direction = is > was ? "longer" : "shorter";
  return [`${direction}: until ${lastDay(before.until)} → ${lastDay(after.until)}`, ...others].join(", ");
}

const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The day that begins with an instant, where it is one that begins a day. */
function firstDay(text: string): string {
  return MIDNIGHT.exec(text)?.[1] ?? text;
}

/** The day that ends with an instant, where it is one that ends a day. */
function lastDay(text: string): string {
  const next = MIDNIGHT.exec(text)?.[1];
  if (next === undefined) return text;
  return new Date(Date.parse(next) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

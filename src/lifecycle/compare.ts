import type { AttributeChange, Change, Kind } from "../resources";
import type { Attribute, Attributes } from "../schema";

/** Attribute values by name, as they were written or read. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * What differs between an instance as it is and as it is declared. The only place that compares values: two values are
 * equal when their type's canonical texts are. An attribute that nobody declares is not managed, and does not differ.
 *
 * @param prior what is live, with the declared attributes last in effect; undefined when there is no such object
 * @param config what is declared; undefined when it is to be gone
 */
export function compare(
  kind: Kind,
  prior: Values | undefined,
  config: Values | undefined,
): Change<Attributes> {
  const erased = { prior, config } as Pick<Change<Attributes>, "prior" | "config">;
  if (config === undefined)
    return { ...erased, action: prior === undefined ? "no-op" : "delete", changes: [] };
  if (prior === undefined) return { ...erased, action: "create", changes: differences(kind, {}, config) };
  const changes = differences(kind, prior, config);
  return {
    ...erased,
    action: changes.some(({ origin }) => origin !== "declared") ? "update" : "no-op",
    changes,
  };
}

const entriesOf = new WeakMap<Kind, readonly (readonly [string, Attribute<never>])[]>();

/** A kind's attributes with their names; listed once, because every instance asks. */
export function attributesOf(kind: Kind): readonly (readonly [string, Attribute<never>])[] {
  const known = entriesOf.get(kind);
  if (known !== undefined) return known;
  const entries = Object.entries(kind.attributes);
  entriesOf.set(kind, entries);
  return entries;
}

function differences(kind: Kind, prior: Values, config: Values): AttributeChange[] {
  const predicted: Values = kind.predict?.(config) ?? {};
  const changes: AttributeChange[] = [];
  for (const [name, attribute] of attributesOf(kind)) {
    const after = attribute.origin === "computed" ? predicted[name] : config[name];
    if (after === undefined && attribute.origin !== "declared") continue;
    const before = prior[name];
    if (sameValue(attribute, before, after)) continue;
    changes.push({ attribute: name, origin: attribute.origin, before, after });
  }
  return changes;
}

/** Whether two values of one attribute mean the same. */
export function sameValue(attribute: Attribute<never>, a: unknown, b: unknown): boolean {
  return canonicalText(attribute, a) === canonicalText(attribute, b);
}

/** The text that stands for a value in keys, comparisons and digests; undefined for an absent one. */
export function canonicalText(attribute: Attribute<never>, value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : attribute.type.canonical(value as never);
}

/** The canonical texts of what is declared, by attribute. */
export type CanonicalConfig = Readonly<Record<string, string>>;

/** Equal text for equal declarations: what the base holds against what the stack says now. */
export function canonicalConfig(kind: Kind, config: Values): CanonicalConfig {
  const texts: Record<string, string> = {};
  for (const [name, attribute] of attributesOf(kind)) {
    const text = canonicalText(attribute, config[name]);
    if (text !== undefined && attribute.origin !== "computed") texts[name] = text;
  }
  return texts;
}

import { canonicalConfig, type CanonicalConfig, type Values } from "../../lifecycle";
import { defineOperation, type Kind } from "../../resources";
import { canonicalJson, type Json } from "../../schema";
import type { BaseEntry } from "./base";

/**
 * What a record step says: the base moves, no request is sent. It is shown and approved like any other. Its identity is what will be
 * in effect; how that differs from what was is a fact.
 */
export const record = defineOperation<
  {
    address: string;
    what: "declare" | "forget" | "policy" | "fact";
    label: string;
    declaration?: string;
  },
  { changes: string }
>({
  name: "record",
  actor: "record",
  effects: () => [],
  people: () => [],
  text: ({ label, what }, { changes }) =>
    what === "forget"
      ? `${label}: ${changes === "" ? "no longer declared" : changes}`
      : `${label}: ${changes === "" ? "taken over as it is" : changes}`,
  how: () => "nothing to do",
});

/** A declaration as it will be in effect, as one text. References are left out: the label names what they lead to, before and after it exists. */
export function declarationOf(kind: Kind, canonical: CanonicalConfig): string {
  const texts = Object.entries(canonical).filter(
    ([name]) => kind.attributes[name]?.type.refersTo === undefined,
  );
  return JSON.stringify(texts);
}

/**
 * What the base would say differently, in words; undefined when it says the same already.
 *
 * @param after the canonical texts of `config`
 * @param written whether steps write the rest: then only what Amplitude never sees is told
 */
export function recordedChanges(
  kind: Kind,
  entry: BaseEntry | undefined,
  config: Values,
  after: CanonicalConfig,
  written: boolean,
): string | undefined {
  const before: CanonicalConfig = entry === undefined ? {} : canonicalConfig(kind, entry.config);
  const changes = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .sort();
  if (entry?.complete === true && changes.length === 0) return undefined;
  const told = changes.filter(
    (name) => (entry !== undefined && !written) || kind.attributes[name]?.origin === "declared",
  );
  return told
    .map((name) =>
      entry === undefined
        ? `${name} ${shown(config[name])}`
        : `${name} ${shown(entry.config[name])} → ${shown(config[name])}`,
    )
    .join(", ");
}

/** As it was written: a date stays a date. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same for the policy of the provider block; before there was one, whatever is not empty is new. */
export function policyChanges(
  before: Readonly<Record<string, Json | undefined>> | undefined,
  after: Readonly<Record<string, Json | undefined>>,
): string {
  return [...new Set([...Object.keys(after), ...Object.keys(before ?? {})])]
    .map((name) => {
      const empty = emptyLike(name, before?.[name] ?? after[name]);
      return [name, canonicalJson(before?.[name] ?? empty), canonicalJson(after[name] ?? empty)] as const;
    })
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name} ${from} → ${to}`)
    .join(", ");
}

/** A minimum that is not set is none; a maximum is the default of its guard. */
function emptyLike(name: string, value: Json | undefined): Json {
  return Array.isArray(value) ? [] : name === "minimumAdmins" ? 0 : null;
}

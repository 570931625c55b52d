import { Decoder, Encoder, ExtData } from "@msgpack/msgpack";
import type { Values } from "../lifecycle";
import { DiagnosticError, problem, Unknown, type Attribute, type Attributes, type WireType } from "../schema";

/** Attributes as both directions need them: with their wire types, in the schema's order. */
export type Columns = readonly (readonly [string, Attribute<never>])[];

export function columnsOf(attributes: Attributes): Columns {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A value of plugin protocol 6: MessagePack in answers; in requests JSON as well. */
export interface WireValue {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

/** One of each for all calls: a new one brings buffers of its own, which cost more than a small value. */
const encoder = new Encoder();
const decoder = new Decoder();

/** Any extension stands for a value that is not known yet; which one tells only what may be assumed of it. */
const UNKNOWN = new ExtData(0, Uint8Array.of(0));

/**
 * An object of a block: absent attributes are left out, unknown ones are Unknown. undefined: the object itself is null.
 * @throws DiagnosticError when a value is not of its type
 */
export function readValue(columns: Columns, value: WireValue | undefined): Values | undefined {
  if (value === undefined) return undefined;
  if (value.msgpack.length > 0) return fromWire(columns, decoder.decode(value.msgpack));
  const { json } = value;
  return json === undefined || json.length === 0
    ? undefined
    : fromWire(columns, JSON.parse(Buffer.from(json).toString("utf8")));
}

/** Names of the attributes that are there, null or not; undefined: the object itself is null. */
export function readPresent(value: WireValue | undefined): ReadonlySet<string> | undefined {
  const raw = value === undefined || value.msgpack.length === 0 ? null : decoder.decode(value.msgpack);
  return typeof raw === "object" && raw !== null ? new Set(Object.keys(raw)) : undefined;
}

/** The same from JSON as a state holds it. Attributes that no schema of ours has any more are left out. */
export function fromWire(columns: Columns, raw: unknown): Values | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const values: Record<string, unknown> = {};
  for (const [name, attribute] of columns) {
    const value = (raw as Readonly<Record<string, unknown>>)[name];
    if (value === null || value === undefined) continue;
    values[name] = given(name, attribute.type.wire, value);
  }
  return values;
}

function given(name: string, wire: WireType, value: unknown): unknown {
  if (value instanceof ExtData) return new Unknown(name, "known after apply");
  if (typeof wire !== "string") {
    if (wire[0] === "set" && Array.isArray(value)) return value.map((item) => given(name, wire[1], item));
    if (wire[0] === "map" && typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, item === null ? "" : given(name, wire[1], item)]),
      );
    }
  } else if (wire === "number") {
    // What a double does not hold arrives as decimal text.
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "string")
      return Number(value);
  } else if (typeof value === (wire === "bool" ? "boolean" : wire)) return value;
  throw new DiagnosticError([
    problem(`${name} is not a ${typeof wire === "string" ? wire : wire.join(" of ")}`, "Correct the value.", {
      attribute: name,
    }),
  ]);
}

/** Nothing stays unknown in a state. */
export function settled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(value instanceof Unknown)));
}

/** What core reads: every attribute of the block, null where it is absent. undefined: null itself. */
export function wireValue(columns: Columns, values: Values | undefined): { readonly msgpack: Uint8Array } {
  if (values === undefined) return { msgpack: encoder.encode(null) };
  const object: Record<string, unknown> = {};
  for (const [name] of columns) object[name] = sent(values[name]);
  return { msgpack: encoder.encode(object) };
}

function sent(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Unknown) return UNKNOWN;
  if (Array.isArray(value)) return [...new Set(value.map(sent))];
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sent(item)]));
}

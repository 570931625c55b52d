import { createHash } from "node:crypto";

/** Anything JSON can say. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A value that exists only after an apply: the id of something that is still to be created. */
export class Unknown {
  constructor(
    /** The attribute it will come from: `amplitude_group.eng.id`. */
    readonly of: string,
    /** Natural name of the object it will belong to, for keys and for people: `eng`. */
    readonly name: string,
  ) {}

  toJSON(): Json {
    return { unknown: this.of, name: this.name };
  }
}

/** JSON with sorted keys and no `undefined`: equal values give equal text. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined) return "null";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  // What is digested is what a file says, whose values tell JSON how to write them.
  if ("toJSON" in value && typeof value.toJSON === "function")
    return canonicalJson((value.toJSON as () => Json)());
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${fields.join(",")}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** SHA-256 of the canonical JSON, in hex. */
export function digest(value: Json): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}

import { filter as compile, parse, type Filter } from "scim2-parse-filter";
import { Refusal } from "../organization/act";

/** `attribute eq "value"`, which can be answered by an index. */
export interface Equality {
  readonly attribute: string;
  readonly value: string;
}

/** Parses a SCIM filter (RFC 7644 section 3.4.2.2). Throws Refusal for what is none. */
export function parseFilter(text: string): Filter {
  try {
    return parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Refusal("invalid", `The filter cannot be read: ${said}`, 400);
  }
}

/** The filter as a single equality with a text, if it is one. */
export function equality(filter: Filter): Equality | undefined {
  if (filter.op !== "eq" || !("compValue" in filter) || typeof filter.compValue !== "string")
    return undefined;
  return { attribute: filter.attrPath.toLowerCase(), value: filter.compValue };
}

/** Judges one resource; text is compared without case, as e-mail ids are. */
export function matcher(filter: Filter): (resource: object) => boolean {
  const judge = compile(lowered(filter));
  return (resource) => judge(lowercase(resource));
}

function lowered(filter: Filter): Filter {
  return JSON.parse(JSON.stringify(filter), (key, value: unknown) => {
    if (typeof value !== "string" || key === "op") return value;
    return value.toLowerCase();
  }) as Filter;
}

function lowercase(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lowercase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toLowerCase(), lowercase(each)]));
}

import type { Attribute, Attributes, WireType } from "../../src/schema";

const HEADINGS = { required: "Required", optional: "Optional", computed: "Read-only" } as const;

/** The attributes of a block as lists: required, optional, read-only. */
export function schemaSection(attributes: Attributes): string {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)) as unknown as [
    string,
    Attribute,
  ][];
  const parts = Object.entries(HEADINGS).flatMap(([presence, heading]) => {
    const lines = entries
      .filter(([, attribute]) => attribute.presence === presence)
      .map(([name, attribute]) => `- \`${name}\` (${traits(attribute)}) ${attribute.description}`);
    return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.join("\n")}`];
  });
  const declared = entries.some(([, { origin }]) => origin === "declared");
  const note = declared
    ? ["What is _declared_ is kept in Terraform's state and compared there: Amplitude never sees it."]
    : [];
  return ["## Schema", ...parts, ...note].join("\n\n");
}

function traits({ type, origin, requiresReplace, sensitive }: Attribute): string {
  return [
    wire(type.wire),
    ...(origin === "declared" ? ["_declared_"] : []),
    ...(requiresReplace ? ["another value replaces it"] : []),
    ...(sensitive ? ["sensitive"] : []),
  ].join(", ");
}

function wire(type: WireType): string {
  if (typeof type === "string") return type.charAt(0).toUpperCase() + type.slice(1);
  return `${type[0] === "set" ? "Set" : "Map"} of String`;
}

import type { Kind, Lookup } from "../../src/resources";
import type { Attribute, Attributes, Referent } from "../../src/schema";

/** Examples of the docs as HCL, from the values that every kind gives as its example. */

type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string>> | undefined;
type Values = Readonly<Record<string, Value>>;

/** A part of a key, which is never a set or a map. */
const text = (value: Value): string => (typeof value === "object" ? "" : String(value ?? ""));

interface LookedUp {
  readonly label: string;
  readonly value: string;
  /** Name of the attribute that holds a project's id. */
  readonly project?: string;
}

/** What the examples look up, by the kind of thing: something that the playbook's organization has. */
const LOOKED_UP: Readonly<Record<string, LookedUp>> = {
  amplitude_project: { label: "production", value: "Client Production" },
  amplitude_group: { label: "nova", value: "agency-nova" },
  amplitude_role: { label: "member", value: "Member" },
  amplitude_user: { label: "jo", value: "jo@nova.agency" },
  amplitude_effective_access: { label: "jo", value: "jo@nova.agency", project: "project_id" },
};

/** A reference as HCL writes it. */
class Reference {
  constructor(readonly text: string) {}
}

/** A name that Terraform takes, from what tells one example from another. */
export function label(kind: Kind): string {
  const values = kind.example.create as Values;
  const texts = kind.key
    .filter((name) => refersTo(kind.attributes, values, name) === undefined)
    .map((name) => text(values[name]))
    .sort((a, b) => b.length - a.length);
  const slug = (texts[0] ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return /^[a-z]/.test(slug) ? slug : "acme";
}

/** The resource and what it looks up. */
export function resourceExample(kind: Kind): string {
  const { data, attributes } = exampleOf(kind);
  return [...data, block(`resource "${kind.type}" "${label(kind)}"`, attributes)].join("\n\n");
}

/** The same object in its next generation, made before the old one goes. */
export function nextGeneration(kind: Kind): string {
  const attributes = exampleOf(kind).attributes.map(
    ([name, value]) => [name, name === "generation" ? Number(value) + 1 : value] as const,
  );
  const declared = block(`resource "${kind.type}" "${label(kind)}_next"`, attributes);
  return declared.replace(/\}$/, "\n  lifecycle {\n    create_before_destroy = true\n  }\n}");
}

function exampleOf(kind: Kind) {
  const values = kind.example.create as Values;
  const needed = new Set<Referent>();
  const attributes = Object.entries(values).map(([name, value]): [string, unknown] => {
    const referent = refersTo(kind.attributes, values, name);
    if (referent === undefined) return [name, value];
    needed.add(referent);
    return [name, idOf(`amplitude_${referent}`)];
  });
  return { attributes, data: [...needed].map((referent) => lookup(`amplitude_${referent}`, "name")) };
}

/** The way to take over what exists. */
export function importExample(kind: Kind): string {
  return block("import", [
    ["to", new Reference(`${kind.type}.${label(kind)}`)],
    ["id", importId(kind)],
  ]);
}

/** As a person writes it: names where the attribute holds an id. */
function importId(kind: Kind): string {
  const values = kind.example.create as Values;
  const segments = kind.key.map((name) => {
    const referent = refersTo(kind.attributes, values, name);
    return referent === undefined ? text(values[name]) : lookedUp(`amplitude_${referent}`).value;
  });
  return segments.map((segment) => segment.replace(/[%/]/g, encodeURIComponent)).join("/");
}

export function lookupExample({ type, by }: Lookup): string {
  const { project } = lookedUp(type);
  return project === undefined
    ? lookup(type, by)
    : [lookup("amplitude_project", "name"), lookup(type, by)].join("\n\n");
}

function lookup(type: string, by: string): string {
  const { label: name, value, project } = lookedUp(type);
  const more = project === undefined ? [] : [[project, idOf("amplitude_project")] as const];
  return block(`data "${type}" "${name}"`, [[by, value], ...more]);
}

const idOf = (type: string): Reference => new Reference(`data.${type}.${lookedUp(type).label}.id`);

export function lookedUp(type: string): LookedUp {
  const found = LOOKED_UP[type];
  if (found === undefined)
    throw new Error(`The docs have no example of the lookup ${type}: add one to provider-docs/hcl.ts.`);
  return found;
}

function refersTo(attributes: Attributes, values: Values, name: string): Referent | undefined {
  return (attributes as Readonly<Record<string, Attribute>>)[name]?.type.refersTo?.(values);
}

/** One block, aligned as `terraform fmt` would. */
export function block(header: string, attributes: readonly (readonly [string, unknown])[]): string {
  const width = Math.max(...attributes.map(([name]) => name.length));
  const lines = attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${hcl(value)}`);
  return [`${header} {`, ...lines, "}"].join("\n");
}

function hcl(value: unknown): string {
  if (value instanceof Reference) return value.text;
  if (Array.isArray(value)) return `[${value.map(hcl).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)} = ${hcl(item)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return JSON.stringify(value).replace(/[$%](?=\{)/g, "$&$&");
}

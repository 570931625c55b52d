import { attributesOf, type Values } from "../../lifecycle";
import type { Kind } from "../../resources";
import { Unknown } from "../../schema";
import type { ConfigModule, TerraformChange, TerraformPlan } from "./plan-json";

/** What a resource is to be, as far as the plan tells. */
export interface PlannedValues {
  readonly values: Values;
  /** Attributes of which nobody knows yet what they will be. */
  readonly open: readonly string[];
}

/** Turns what Terraform plans for a resource into the kind's own attributes. An id that only the apply can tell goes by whose it will be. */
export function plannedValues(
  { address, index, change: { after, after_unknown: unknown } }: TerraformChange,
  kind: Kind,
  plan: TerraformPlan,
  nameOf: (addresses: readonly string[]) => string | undefined,
): PlannedValues {
  const open: string[] = [];
  const entries = attributesOf(kind).flatMap(([name, { presence }]): (readonly [string, unknown])[] => {
    if (presence === "computed") return [];
    if (typeof unknown === "object" && isOpen(unknown[name])) {
      const targets = referencesOf(plan.configuration?.root_module, address, name).map((reference) =>
        inModule(address, reference),
      );
      const found = nameOf(targets.flatMap((target) => [target, `${target}${indexText(index)}`]));
      if (found === undefined) open.push(name);
      return found === undefined ? [] : [[name, new Unknown(`${address}.${name}`, found)]];
    }
    const value = after?.[name];
    return value == null ? [] : [[name, written(value)]];
  });
  return { values: Object.fromEntries(entries), open };
}

/** What is in Terraform's state of a resource, without what the provider adds to it. */
export function priorValues(before: Values, kind: Kind): Values {
  return Object.fromEntries(
    attributesOf(kind).flatMap(([name]) => (before[name] == null ? [] : [[name, before[name]]])),
  );
}

const isOpen = (unknown: unknown): boolean =>
  unknown === true ||
  (typeof unknown === "object" && unknown !== null && Object.values(unknown).some(isOpen));

const indexText = (index: string | number | undefined): string =>
  index === undefined ? "" : `[${JSON.stringify(index)}]`;

/** A value that is known is not to be evaluated once more. */
function written(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, (sign) => sign + sign);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, written(item)]));
}

/** `amplitude_group.nova` of `amplitude_group.nova.id`: the resources that an expression names. */
function referencesOf(root: ConfigModule | undefined, address: string, attribute: string): string[] {
  const path = [...address.matchAll(/(?:^|\.)module\.([^.[]+)/g)].map(([, name = ""]) => name);
  const module = path.reduce<ConfigModule | undefined>(
    (parent, name) => parent?.module_calls?.[name]?.module,
    root,
  );
  const own = address.replace(/^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)+/, "").replace(/\[.*\]$/, "");
  const expression = module?.resources?.find((resource) => resource.address === own)?.expressions?.[
    attribute
  ];
  const references =
    typeof expression === "object" && expression !== null && "references" in expression
      ? (expression.references as readonly string[])
      : [];
  return references.flatMap(
    (reference) => /^amplitude_\w+\.[\w-]+(?:\[[^\]]+\])?/.exec(reference)?.[0] ?? [],
  );
}

function inModule(address: string, reference: string): string {
  return `${/^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)+/.exec(address)?.[0] ?? ""}${reference}`;
}

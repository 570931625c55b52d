import { canonicalEmail, type Effect } from "../../access";
import { instantOf, problem, type Diagnostic } from "../../schema";
import { startOf, type AccessFacts, type Engagement } from "./engagement";
import type { Evaluated } from "./evaluate";
import type { Instance } from "../instance";
import type { LiveStep } from "../step";

type Engagements = AccessFacts["engagements"];

/** Where a declaration says when it ends: all of it, or single members. */
const END = "expires_at";
const MEMBER_ENDS = "member_expires_at";

/** The engagement that a declaration names, where there is one of that name. */
function engagementOf(
  { declaration: { kind }, config }: Pick<Evaluated, "declaration" | "config">,
  engagements: Engagements,
): Engagement | undefined {
  const name = kind.attributes["engagement"] === undefined ? undefined : config["engagement"];
  return typeof name === "string" ? engagements.get(name) : undefined;
}

/** What is inside of an engagement ends with it, where it says no end of its own. */
export function withinEngagement(evaluated: Evaluated, engagements: Engagements): Evaluated {
  const { declaration, config } = evaluated;
  const engagement = engagementOf(evaluated, engagements);
  if (engagement === undefined) return evaluated;
  const { attributes } = declaration.kind;
  const { until } = engagement;
  if (attributes[END] !== undefined)
    return { declaration, config: { ...config, [END]: config[END] ?? until } };
  if (attributes[MEMBER_ENDS] === undefined || config["members"] === undefined) return evaluated;
  const members = config["members"] as readonly string[];
  const own = Object.entries((config[MEMBER_ENDS] ?? {}) as Record<string, string>);
  const written = new Set(own.map(([email]) => canonicalEmail(email)));
  const inherited = members
    .filter((email) => !written.has(canonicalEmail(email)))
    .map((email) => [email, until]);
  return {
    declaration,
    config: {
      ...config,
      [MEMBER_ENDS]: Object.fromEntries([...own, ...inherited]) as Record<string, string>,
    },
  };
}

/** Names of engagements that nobody declares, and ends after the engagement's. */
export function engagementProblems(instances: readonly Instance[], engagements: Engagements): Diagnostic[] {
  return instances.flatMap((instance) => {
    const { declaration, config, label } = instance;
    const name = declaration.kind.attributes["engagement"] === undefined ? undefined : config["engagement"];
    if (typeof name !== "string") return [];
    const { address, constructPath } = declaration;
    const where = { address, ...(constructPath === undefined ? {} : { constructPath }) };
    const engagement = engagements.get(name);
    if (engagement === undefined) {
      const known = [...engagements.keys()];
      return [
        problem(
          `${label} is of the engagement ${JSON.stringify(name)}, which no stack declares`,
          `Declare it, or leave it out. ${known.length === 0 ? "No engagement is declared" : `Declared: ${known.join(", ")}`}.`,
          { ...where, attribute: "engagement" },
        ),
      ];
    }
    const last = instantOf(engagement.until) ?? NaN;
    return endsOf(config)
      .filter(({ until }) => (instantOf(until) ?? NaN) > last)
      .map(({ until, attribute, who }) =>
        problem(
          `${who ?? label} ends ${until}, after the engagement ${name} ends ${engagement.until}`,
          "Shorten it, or lengthen the engagement.",
          { ...where, attribute },
        ),
      );
  });
}

interface End {
  readonly attribute: string;
  readonly until: string;
  readonly who?: string;
}

function endsOf(config: Instance["config"]): End[] {
  const own = config[END];
  const members = Object.entries((config[MEMBER_ENDS] ?? {}) as Record<string, string>);
  return [
    ...(typeof own === "string" ? [{ attribute: END, until: own }] : []),
    ...members.map(([who, until]) => ({ attribute: MEMBER_ENDS, until, who })),
  ];
}

const GIVING: ReadonlySet<Effect["type"]> = new Set([
  "invite",
  "add_member",
  "idp_gain",
  "grant",
  "grant_module",
  "set_organization_role",
  "create_key",
]);

/** In words: what gives access before the engagement that it is for begins. Nothing waits for that day; a person should know. */
export function earlyAccess(
  steps: readonly LiveStep[],
  instances: readonly Instance[],
  engagements: Engagements,
  now: number,
): string[] {
  const future = new Map(
    instances.flatMap((instance) => {
      const engagement = engagementOf(instance, engagements);
      return engagement === undefined || startOf(engagement.from) <= now
        ? []
        : [[instance.declaration.address, String(instance.config["engagement"])] as const];
    }),
  );
  const texts = new Map<string, string[]>();
  for (const { step, effects } of future.size === 0 ? [] : steps) {
    if (!effects.some(({ type }) => GIVING.has(type))) continue;
    for (const name of new Set(step.addresses.map((address) => future.get(address)))) {
      if (name !== undefined) texts.set(name, [...(texts.get(name) ?? []), step.text]);
    }
  }
  return [...texts].map(
    ([name, found]) =>
      `The engagement ${name} begins ${engagements.get(name)?.from ?? ""}: this plan gives access before that (${found.slice(0, 3).join("; ")}${found.length > 3 ? `; and ${found.length - 3} more` : ""}).`,
  );
}

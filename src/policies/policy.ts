import type { Level, Parameters, ParameterValue, Rule } from "./rule";
import { rules } from "./rules";
import type { Subject } from "./subject";

/** A rule of the playbook, at a level and with parameters of one's own. */
export interface PlaybookPolicy {
  readonly type: "playbook";
  readonly name: string;
  readonly level: Level;
  readonly parameters: Parameters;
}

/** A rule of one's own. */
export interface OwnPolicy {
  readonly type: "own";
  readonly name: string;
  readonly level: Exclude<Level, "off">;
  /** Why: shown with every finding. */
  readonly because: string;
  /** What to do about it. */
  readonly fix: string;
  readonly when: (subject: Subject) => boolean;
}

export type AnyPolicy = PlaybookPolicy | OwnPolicy;

type Rules = (typeof rules)[number];
type ParametersOf<R> = R extends Rule<string, infer P> ? P : never;

/** Levels and parameters by the names of the rules; what is left out is as it comes. */
export type PlaybookSettings = {
  readonly [R in Rules as R["name"]]?: Level | ({ readonly level?: Level } & Partial<ParametersOf<R>>);
};

/**
 * The playbook's least-privilege rules: `playbook()` as they come, `playbook({ "too-many-owners": { limit: 3 } })` with one changed.
 *
 * @throws Error for a name, a parameter or a value that there is none of
 */
export function playbook(settings: PlaybookSettings = {}): readonly PlaybookPolicy[] {
  const given = settings as Readonly<Record<string, Level | Parameters | undefined>>;
  const names = rules.map(({ name }): string => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `playbook(): there is no rule ${JSON.stringify(unknown)}. The rules are ${names.join(", ")}.`,
    );
  }
  return rules.map((rule) => settled(rule as unknown as Rule, given[rule.name]));
}

const LEVELS = ["deny", "warn", "off"] as const;

function settled(rule: Rule, given: Level | Parameters | undefined = {}): PlaybookPolicy {
  const { level = rule.level, ...changed } = typeof given === "string" ? { level: given } : given;
  const parameters: Record<string, Parameters[string]> = {};
  for (const [name, { value }] of Object.entries(rule.parameters)) parameters[name] = value;
  if (!LEVELS.includes(level as Level)) throw wrong(rule, "level", level, LEVELS);
  for (const [name, value] of Object.entries(
    changed as Readonly<Record<string, ParameterValue | undefined>>,
  )) {
    if (value === undefined) continue;
    const parameter = rule.parameters[name];
    if (parameter === undefined) throw wrong(rule, name, value);
    const isNumber = typeof value !== "number" || (Number.isFinite(value) && value >= 0);
    if (typeof value !== typeof parameter.value || !isNumber || parameter.oneOf?.includes(value) === false)
      throw wrong(rule, name, value, parameter.oneOf ?? [`a ${typeof parameter.value}`]);
    parameters[name] = value;
  }
  return { type: "playbook", name: rule.name, level: level as Level, parameters };
}

function wrong(
  { name: rule, parameters }: Rule,
  name: string,
  value: unknown,
  known?: readonly unknown[],
): Error {
  const names = ["level", ...Object.keys(parameters)].join(", ");
  const advice =
    known === undefined ? `It has ${names}.` : `Write ${known.map((one) => String(one)).join(" or ")}.`;
  return new Error(`playbook(): ${rule} does not take ${name} = ${JSON.stringify(value)}. ${advice}`);
}

interface OwnProps {
  /** Why: shown with every finding. */
  readonly because: string;
  /** What to do about it. */
  readonly fix?: string;
  /**
   * Whether it objects. Asked for every way in which a person reaches a project, after the plan and before it; must answer true or
   * false. One that throws denies.
   */
  readonly when: (subject: Subject) => boolean;
}

/** Makes policies of one's own. */
export const Policy = {
  /** A plan that brings it about is refused. */
  deny: (name: string, props: OwnProps): OwnPolicy => own("deny", name, props),
  /** A plan that brings it about says so. */
  warn: (name: string, props: OwnProps): OwnPolicy => own("warn", name, props),
};

function own(level: OwnPolicy["level"], name: string, { because, fix, when }: OwnProps): OwnPolicy {
  return { type: "own", name, level, because, fix: fix ?? "Change the stack, or the policy.", when };
}

import { canonicalEmail, compareOrganizationRoles, organizationRoleNamed, type Model } from "../access";
import type { Base } from "./base/base";
import type { Decision } from "./decision";
import { declaredPeople } from "./desired/declared-people";
import type { Desired } from "./desired/desired";
import type { GuardName } from "./guards/guard";
import type { Instance } from "./instance";
import type { LiveStep } from "./step";

/** What a plan will not do, and why. */
export interface Refusal {
  readonly rule:
    | GuardName
    | "missing stack"
    | "not possible"
    | "still named"
    | "let go and owned"
    | "administration"
    | "no safe order"
    | "identity provider"
    | "policy"
    | "generation"
    | "archived"
    | "perhaps the same person";
  readonly summary: string;
  /** What to do about it. */
  readonly advice: string;
  /** Steps that it holds back; none where no step stands for what is declared; undefined when nothing at all may run. */
  readonly steps?: readonly string[];
}

/** Whether something is declared that cannot come into effect, and no step could bring it about. */
export function refusesDeclarations(refusals: readonly Refusal[]): boolean {
  return refusals.some(({ steps }) => steps?.length === 0);
}

/** A stack that is in effect and not in the input: its declarations would be taken for deleted ones. */
export function missingStacks(base: Base, desired: Desired, retired: ReadonlySet<string>): Refusal[] {
  const given = new Set(desired.stacks.map(({ name }) => name));
  const inEffect = new Set(
    Object.keys(base.entries).map((address) => address.slice(0, address.indexOf("/"))),
  );
  return [...inEffect]
    .filter((stack) => !given.has(stack) && !retired.has(stack))
    .map((stack) => ({
      rule: "missing stack" as const,
      summary: `The stack ${stack} is in effect and was not given`,
      advice: `Give its file too, or take away all that it declared with --retire ${stack}.`,
    }));
}

/** Nobody whom the provider block names as administrator loses administration. */
export function keptAdministrators({ policy }: Desired, steps: readonly LiveStep[]): Refusal[] {
  const kept = new Set(policy.admins.map(canonicalEmail));
  return steps.flatMap(({ step, effects }) =>
    effects.flatMap((effect) => {
      if (effect.type !== "set_organization_role" || !kept.has(canonicalEmail(effect.email))) return [];
      const role = organizationRoleNamed(effect.role);
      if (role !== undefined && compareOrganizationRoles(role, "admin") >= 0) return [];
      const summary = `${effect.email} would lose administration, and the provider block names them as one who keeps it`;
      return [
        {
          rule: "administration" as const,
          summary,
          advice: "Name somebody else in the provider block first.",
          steps: [step.id],
        },
      ];
    }),
  );
}

/** Whoever a current line names stays: an end of one line does not remove somebody whom another would invite again. */
export function stillNamed(
  desired: Desired,
  instances: readonly Instance[],
  steps: readonly LiveStep[],
  leavers: ReadonlySet<string>,
): Refusal[] {
  const named = declaredPeople(desired, instances);
  return steps.flatMap(({ step, effects }) => {
    const email = step.people.find((person) => named.has(person) && !leavers.has(person));
    if (email === undefined || !effects.some(({ type }) => type === "remove_person")) return [];
    const advice = "Take the address out of the lines that name it too, or say that the person left.";
    return [
      {
        rule: "still named" as const,
        summary: `${email} is to be removed, and another line names them`,
        advice,
        steps: [step.id],
      },
    ];
  });
}

/** What is let go by a `removed` block while a pattern would take it away at once. */
export function letGoAndOwned(decisions: readonly Decision[]): Refusal[] {
  const released = new Map(
    decisions.flatMap((decision) =>
      decision.letGo === undefined ? [] : [[decision.letGo, decision] as const],
    ),
  );
  return decisions.flatMap(({ revokes, steps, label }) => {
    const forgotten = revokes === undefined ? undefined : released.get(revokes);
    if (forgotten === undefined) return [];
    return [
      {
        rule: "let go and owned" as const,
        summary: `${label} is let go by a \`removed\` block, and a pattern of the provider block owns it`,
        advice: "Narrow the pattern, or declare what is to stay.",
        steps: [...steps, ...forgotten.steps].map(({ step }) => step.id),
      },
    ];
  });
}

/**
 * What Amplitude would refuse, found by doing the steps in their order on the model: a grant to somebody whom no line
 * invites, a group name that is taken. Does the steps to the model, refused ones excepted.
 */
export function impossibleSteps(model: Model, steps: readonly LiveStep[]): Refusal[] {
  return steps.flatMap(({ step, effects }) => {
    const refused = model.apply(effects);
    if (refused === undefined || refused.code === "person_present") return [];
    const advice =
      refused.code === "person_unknown"
        ? "Declare the person too, so that they are invited, or expect them in a group of the identity provider."
        : "Correct the stack, or the organization.";
    return [
      {
        rule: "not possible" as const,
        summary: `${step.text}: ${refused.reason.replace(/\.$/, "")}`,
        advice,
        steps: [step.id],
      },
    ];
  });
}

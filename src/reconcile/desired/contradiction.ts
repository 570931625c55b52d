import { canonicalEmail, type Email, type Model, type Unread } from "../../access";
import type { Refusal } from "../refusal";
import { holds } from "../order/safety";
import type { LiveStep } from "../step";

/**
 * What no order can bring about, because the identity provider would undo it at the end: a role that its mapping overwrites, somebody
 * removed whom it still has, somebody who stays and loses their last group where that switches them off; and SCIM itself switched beside
 * other changes, during which nobody knows who writes what.
 *
 * @param after the organization with every step done, then synced
 */
export function contradictions(steps: readonly LiveStep[], after: Model, { provider }: Unread): Refusal[] {
  return [
    ...steps.flatMap((live) => overwritten(live, after)),
    ...(provider.deprovisions ? switchedOff(steps, after) : []),
    ...scimBesideOthers(steps),
  ];
}

const rule = "identity provider" as const;

function overwritten({ step, effects }: LiveStep, after: Model): Refusal[] {
  if (step.actor !== "write" && step.actor !== "hand") return [];
  return effects.flatMap((effect): Refusal[] => {
    const person =
      "email" in effect
        ? effect.email
        : "principal" in effect && effect.principal.type === "user"
          ? effect.principal.email
          : undefined;
    if (person === undefined || holds(after, effect)) return [];
    const email = canonicalEmail(person);
    if (!after.isProvided(email)) return [];
    const groups = [...after.groupsAtProvider(email)].map((id) => after.organization.group(id)?.name ?? id);
    if (effect.type === "remove_person") {
      const summary = `${step.text}: the identity provider still has them in ${groups.join(", ")}, and its next sync would bring them back`;
      const advice = `Have ${email} taken out of ${groups.join(", ")} at the identity provider, and expect it in the stack.`;
      return [{ rule, summary, advice, steps: [step.id] }];
    }
    const { organizationRole, projects } = after.mapped(email);
    const mapped =
      effect.type === "set_organization_role"
        ? organizationRole && { value: organizationRole.role, group: organizationRole.group }
        : "projectId" in effect && effect.projectId !== undefined
          ? mappedOn(projects.get(effect.projectId))
          : undefined;
    const where =
      mapped === undefined
        ? `the identity provider has them in ${groups.join(", ")}`
        : `the identity provider sets ${mapped.value} for the people of ${mapped.group}`;
    const advice = `Change that mapping at the identity provider and in the stack, have ${email} taken out of ${mapped?.group ?? groups.join(", ")}, or drop the line.`;
    return [
      {
        rule,
        summary: `${step.text}: ${where}, and its next sync would set that again`,
        advice,
        steps: [step.id],
      },
    ];
  });
}

const mappedOn = (
  found: { readonly role: { readonly name: string }; readonly group: string } | undefined,
): { readonly value: string; readonly group: string } | undefined =>
  found && { value: found.role.name, group: found.group };

/** Whoever is to stay, loses their last group, and would go with it. */
function switchedOff(steps: readonly LiveStep[], after: Model): Refusal[] {
  const leaving = new Set<Email>();
  for (const { effects } of steps)
    for (const effect of effects)
      if (effect.type === "remove_person") leaving.add(canonicalEmail(effect.email));
  return steps.flatMap(({ step, effects }) =>
    effects.flatMap((effect): Refusal[] => {
      if (effect.type !== "idp_lose") return [];
      const email = canonicalEmail(effect.email);
      if (leaving.has(email) || after.organization.person(email) !== undefined) return [];
      const summary = `${step.text}: it is the last group of ${email} at the identity provider, which would remove them, and they are to stay`;
      const advice =
        "Keep them in some group there, or have the identity provider keep people without a group.";
      return [{ rule, summary, advice, steps: [step.id] }];
    }),
  );
}

function scimBesideOthers(steps: readonly LiveStep[]): Refusal[] {
  const acts = steps.filter(({ step }) => step.actor !== "record");
  const scim = acts.filter(({ effects }) =>
    effects.some((effect) => effect.type === "setting" && effect.name === "scim_enabled"),
  );
  if (scim.length === 0 || scim.length === acts.length) return [];
  const others = acts.length - scim.length;
  return scim.map(({ step }) => ({
    rule,
    summary: `${step.text}: SCIM is switched together with ${others} other ${others === 1 ? "step" : "steps"}, and nobody knows who writes groups meanwhile`,
    advice: "Switch it in a plan of its own.",
    steps: [step.id],
  }));
}

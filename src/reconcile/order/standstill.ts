import { canonicalEmail, groupOf, isRefusal, type Effect, type Email, type Organization } from "../../access";
import type { Created } from "../../resources";
import type { Finished } from "../run/perform";
import type { Outcome } from "../run/outcome";
import type { Harm } from "./safety";
import { notBeforeOf, type LiveStep, type Step } from "../step";

/**
 * Why a step that nobody tried is still open at the end of a run: what stands in its way, and whether somebody else is to clear it.
 *
 * @param touches whether an open step is about somebody
 * @param how how others do it
 */
export function reasonFor(
  { step }: LiveStep,
  harm: Harm | undefined,
  open: readonly Finished[],
  touches: (live: LiveStep, email: Email) => boolean,
  how: string | undefined,
): { readonly outcome: Outcome; readonly said: string } {
  const email = harm?.email;
  const about = email === undefined ? [] : open.filter(({ live }) => touches(live, email));
  const causes = about.length > 0 ? about : open;
  const has = (...outcomes: Outcome[]): boolean => causes.some(({ outcome }) => outcomes.includes(outcome));
  const said = harm?.text ?? "a step before this one is not done";
  if (has("stopped")) return { outcome: "stopped", said };
  // Others are told at once, with what has to come first.
  if (step.actor === "idp" || step.actor === "invitee") return { outcome: "waiting", said: how ?? said };
  // But nobody is to hand over a key that was not made.
  if (step.actor === "hand" && step.unless === undefined) return { outcome: "by hand", said: how ?? said };
  if (has("waiting")) return { outcome: "waiting", said };
  if (has("by hand", "later") && !has("failed")) return { outcome: "later", said };
  return { outcome: "skipped", said };
}

/** How others do their step, and what of a plan is still to come before it. */
export function howOf(
  { how, ...step }: Step,
  steps: readonly LiveStep[],
  isDone: (live: LiveStep) => boolean,
): string | undefined {
  const first = new Set(notBeforeOf(step));
  const open = first.size === 0 ? [] : steps.filter((live) => first.has(live.step.id) && !isDone(live));
  if (how === undefined || open.length === 0) return how;
  return `${how}. NOT BEFORE this is done: ${open.map(({ step: { text } }) => text).join("; ")}`;
}

/** Whether what others were to do is there now. A group that the identity provider has pushed has an id from then on. */
export function seenDone({ effects }: LiveStep, live: Organization, created: Created): boolean {
  return effects.every((effect) => isThere(effect, live, created));
}

function isThere(effect: Effect, live: Organization, created: Created): boolean {
  if (effect.type === "create_group") {
    const [group] = live.groupsNamed(effect.name);
    if (group !== undefined) created.set(`group ${effect.name}`, group.id);
    return group !== undefined;
  }
  if (effect.type === "accept") return live.person(effect.email)?.accepted === true;
  if (effect.type !== "idp_gain" && effect.type !== "idp_lose") return false;
  const group = groupOf(live, effect.group);
  const isMember = !isRefusal(group) && group.members.has(canonicalEmail(effect.email));
  return isMember === (effect.type === "idp_gain");
}

import { canonicalEmail, type Organization } from "../../access";
import { invitedBy } from "../invited-first";
import type { LiveStep } from "../step";
import type { Outcome } from "./outcome";
import type { Finished } from "./perform";

/**
 * Why a step that puts people somewhere is not sent: it would invite them, and a step of their own that was to do so did not come about.
 *
 * @param open what was not done so far
 * @param live as far as it has come about
 */
export function uninvited(
  { step, effects }: LiveStep,
  open: readonly Finished[],
  live: Organization,
): { readonly outcome: Outcome; readonly said: string } | undefined {
  for (const effect of effects) {
    if (effect.type !== "add_member" || live.person(effect.email) !== undefined) continue;
    const email = canonicalEmail(effect.email);
    const missing = open.find((each) => each.live.step !== step && invitedBy(each.live).includes(email));
    if (missing === undefined) continue;
    const outcome = missing.outcome === "failed" ? "skipped" : missing.outcome;
    return { outcome, said: `it would invite them, and this did not come about: ${missing.live.step.text}` };
  }
  return undefined;
}

import {
  accessText,
  admitted,
  countOf,
  effectiveAccess,
  isKeyHolder,
  organizationPlace,
  present,
  without,
  type Email,
  type Model,
  type Rights,
} from "../../access";
import type { Gap } from "./gap";
import type { Agenda, Choice } from "./next";
import type { Harm } from "./safety";
import type { LiveStep } from "../step";

/**
 * Of the steps that are left, the one that takes least for a while from people who are to keep it, and have it again once the others are
 * done; never one that removes somebody, shuts them out or cuts off whoever works with a key, and none that breaks another rule than that.
 */
export function leastLoss(agenda: Agenda): Choice | undefined {
  let least: { readonly live: LiveStep; readonly harm: Harm; readonly count: number } | undefined;
  for (const live of agenda.remaining()) {
    const harm = agenda.harm(live);
    if (harm?.rule !== "P3" || harm.losses === undefined) continue;
    if (!agenda.safety.comesBack(harm.losses)) continue;
    if ([...harm.losses.keys()].some(isKeyHolder)) continue;
    const losses = [...harm.losses.values()];
    if (losses.some((rights) => ((rights.get(organizationPlace) ?? 0) & (present | admitted)) !== 0))
      continue;
    const count = losses.reduce((sum, rights) => sum + countOf(rights), 0);
    if (least === undefined || count < least.count) least = { live, harm, count };
  }
  return least && { live: least.live, harm: least.harm, gap: true };
}

/** What is lost for a while, from the step that takes it to the one that gives it back. */
export class OpenGaps {
  readonly #model: Model;
  readonly #open: { email: Email; rights: Rights; loses: string; from: string }[] = [];
  readonly #closed: Gap[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  /** To be called before the step is done. */
  open(live: LiveStep, { losses = new Map() }: Harm): void {
    for (const [email, rights] of losses)
      this.#open.push({ email, rights, loses: lossText(this.#model, email, rights), from: live.step.id });
  }

  /** To be called after every step. */
  close(live: LiveStep): void {
    for (const gap of [...this.#open]) {
      if (gap.from === live.step.id || without(gap.rights, this.#model.rights(gap.email)).size > 0) continue;
      this.#open.splice(this.#open.indexOf(gap), 1);
      const { email, loses, from } = gap;
      this.#closed.push({ email, loses, from, until: live.step.id });
    }
  }

  all(): readonly Gap[] {
    return [
      ...this.#closed,
      ...this.#open.map(({ email, loses, from }) => ({ email, loses, from, until: from })),
    ];
  }
}

/** What somebody has now where they would lose something: `Viewer on Web`. */
function lossText(model: Model, email: Email, rights: Rights): string {
  const live = model.organization;
  const projects = new Set([...rights.keys()].map((place) => place.split(" ", 1)[0] ?? place));
  const texts = [...projects].map((id) => {
    if (id === organizationPlace) return "what they may do in the organization";
    const name = live.project(id)?.name ?? id;
    return `${accessText(effectiveAccess(live, email).projects.get(id))} on ${name}`;
  });
  return texts.join(", ");
}

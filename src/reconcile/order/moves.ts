import {
  canonicalEmail,
  type Effect,
  type Email,
  type GroupReference,
  type Organization,
} from "../../access";
import { holdersOf } from "./interference";
import { groupKeys } from "./waiting-place";
import type { LiveStep } from "../step";

/** What others may have done of their part without anybody having seen it. */
export class Moves {
  readonly #of = new Map<Email, Set<LiveStep>>();
  /** Whom they may have put into a group, by its texts. */
  readonly #joining = new Map<string, Set<Email>>();
  readonly #expected = new Map<LiveStep, readonly Email[]>();

  of(email: Email): readonly LiveStep[] {
    return [...(this.#of.get(email) ?? [])];
  }

  /** Whom they may have brought meanwhile to where a step does something. */
  coming({ effects }: LiveStep): readonly Email[] {
    if (this.#of.size === 0) return [];
    return effects.flatMap((effect) => {
      if (effect.type === "restore_project" || effect.type === "archive_project") return [...this.#of.keys()];
      const group = groupIn(effect);
      if (group === undefined) return [];
      return [...groupKeys(group)].flatMap((key) => [...(this.#joining.get(key) ?? [])]);
    });
  }

  expect(live: LiveStep, organization: Organization): void {
    const holders = holdersOf(live, organization);
    this.#expected.set(live, holders);
    for (const email of holders) {
      const known = this.#of.get(email);
      if (known === undefined) this.#of.set(email, new Set([live]));
      else known.add(live);
    }
    for (const effect of live.effects) {
      if (effect.type !== "idp_gain" && effect.type !== "add_member") continue;
      const email = canonicalEmail(effect.email);
      for (const key of groupKeys(effect.group))
        this.#joining.set(key, (this.#joining.get(key) ?? new Set()).add(email));
    }
  }

  forget(live: LiveStep): void {
    for (const email of this.#expected.get(live) ?? []) this.#of.get(email)?.delete(live);
  }
}

/** The group of whose people an effect changes something. */
function groupIn(effect: Effect): GroupReference | undefined {
  if (effect.type === "delete_group") return effect.group;
  return "principal" in effect && effect.principal.type === "group" ? effect.principal.group : undefined;
}

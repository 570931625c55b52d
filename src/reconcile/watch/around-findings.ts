import type { AuditEvent } from "../../api";
import type { Base } from "../base/base";
import type { Desired } from "../desired/desired";
import type { LivePlan } from "../live-plan";
import { attributionOf, type Attribution } from "../log/attribution";
import { stepOf, type LiveStep } from "../step";
import { isDirect } from "./around";
import { removalOf } from "./declared-elsewhere";
import { standings, type Standing } from "./found";
import { outsideChange, type OutsideChange } from "./outside-change";
import { surroundingsIn } from "./recorded";
import type { TakenAway } from "./taken-away";

/** Access around what is declared, that no stack declares and no step takes away. */
export interface AroundFinding {
  /** Kind and key. */
  readonly id: string;
  /** Whether it gives access by itself, as a role does; being in a group does not. */
  readonly isGrant: boolean;
  readonly label: string;
  readonly value: string;
  /** Whether it was there at the first apply, as the state says. */
  readonly standing: Standing["is"];
  readonly changed: OutsideChange;
  /** The step that would take it away; nobody runs it. */
  readonly removal: LiveStep;
  /** How a person does it. */
  readonly how: string;
  readonly by?: Attribution;
  /** Whether somebody added it who may not be an identity provider. */
  readonly counts: boolean;
}

/** Everything around what is declared, but for what the plan takes away anyway. Events oldest first. */
export function aroundFindings(
  plan: LivePlan,
  desired: Desired,
  {
    events,
    found,
    taken,
  }: {
    readonly events: readonly AuditEvent[];
    readonly found: Base["found"];
    readonly taken: TakenAway;
  },
): AroundFinding[] {
  const standing = standings(found);
  const families = new Set(plan.plan.families);
  return surroundingsIn(plan, desired).objects.flatMap((object): AroundFinding[] => {
    const { kind, state, id, value } = object;
    const [first] = removalOf(kind, state, plan.live);
    if (first === undefined || taken.takes(kind, state)) return [];
    const removal = stepOf(first.draft, {}, families, plan.live);
    const stands = standing(object);
    const change = outsideChange(removal, plan.live);
    const changed: OutsideChange =
      stands.is === "changed"
        ? { ...change, direction: "either", before: stands.before, after: value }
        : change;
    const isAdded = stands.is === "added" || stands.is === "changed";
    const by = isAdded ? attributionOf(removal.step, plan.live, events, changed.direction) : undefined;
    const counts = isAdded && (isDirect(object) || by?.actor.includes("@") === true);
    // Who is in a group that no stack declares is nobody's news, unless a person put them there.
    if (!counts && !isDirect(object)) return [];
    return [
      {
        id,
        isGrant: kind.isGrant === true,
        label: kind.label(state, plan.live),
        value,
        standing: stands.is,
        changed,
        removal,
        how: first.draft.operation.how(first.draft.values, first.draft.facts),
        ...(by === undefined ? {} : { by }),
        counts,
      },
    ];
  });
}

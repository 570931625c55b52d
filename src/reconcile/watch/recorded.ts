import type { Base } from "../base/base";
import type { Desired } from "../desired/desired";
import type { LivePlan } from "../live-plan";
import { surroundingsOf, type Surroundings } from "./around";
import { foundNow, type Found } from "./found";

/** What is around the declarations of a plan. */
export function surroundingsIn({ instances, live, plan }: LivePlan, desired: Desired): Surroundings {
  return surroundingsOf({ desired, instances, live, families: new Set(plan.families) });
}

/** What the state is to record of a plan's reading. */
export function recordedFound(plan: LivePlan, desired: Desired, { found }: Pick<Base, "found">): Found {
  return foundNow(surroundingsIn(plan, desired), found);
}

import type { Plan } from "../../reconcile";
import { number } from "../count";
import type { PremiseView } from "./plan-view";

/** What a plan rests on, as it is shown. */
export function premisesOf({ premises }: Pick<Plan, "premises">): PremiseView[] {
  return premises.map((premise) => {
    const { topic, source, value, from, count, examples } = premise;
    const more = count - examples.length;
    const subject = `${examples.join(", ")}${more > 0 ? ` and ${number(more)} more` : ""}`;
    return { topic, source, says: `${subject}: ${value}`, value, from, count, examples: [...examples] };
  });
}

import type { Plan } from "../../reconcile";
import { counted } from "../count";
import type { PlanView } from "./plan-view";

/** Lists that do not fit together, and which steps are blocked because of it. */
export function discrepanciesOf({
  discrepancies,
  guards,
}: Pick<Plan, "discrepancies" | "guards">): PlanView["read"]["discrepancies"] {
  return discrepancies.map(({ name, says, advice, count, examples }) => ({
    name,
    says,
    advice,
    count,
    examples: [...examples],
    blocks: guards
      .filter(({ guard, subject }) => guard === "whole-read" && subject === name)
      .flatMap(({ steps }) => steps),
  }));
}

/** `Blocks 2 steps that rest on it.` */
export function blockedText({ blocks }: Pick<PlanView["read"]["discrepancies"][number], "blocks">): string {
  return blocks.length === 0
    ? "No step of this plan rests on it"
    : `Blocks ${counted(blocks.length, "step that rests", "steps that rest")} on it`;
}

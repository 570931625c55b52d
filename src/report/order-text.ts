import { createColors } from "picocolors";
import { isOfOthers } from "../resources";
import type { Plan } from "../reconcile";
import { cleanText } from "./clean-text";

/** Why every step of a plan stands where it stands, and which ones others must not do early. */
export function orderText(
  { steps, gaps }: Pick<Plan, "steps" | "gaps">,
  { color }: { readonly color: boolean },
): string {
  const { bold, dim, yellow } = createColors(color);
  const shown = steps.filter(({ actor }) => actor !== "record");
  if (shown.length === 0) return "";
  const number = new Map(shown.map(({ id }, index) => [id, index + 1]));
  const width = String(shown.length).length + 2;
  const lines = shown.flatMap(({ id, actor, text, place }) => {
    const isLate = place?.reason.startsWith("later than preferred") === true;
    const reason = cleanText(place?.reason ?? "");
    const after = place?.after === undefined ? undefined : number.get(place.after);
    const early =
      after === undefined || !isOfOthers(actor)
        ? []
        : [`${" ".repeat(width)}    ${bold(`NOT BEFORE step ${after}`)}`];
    return [
      `${String(number.get(id)).padStart(width)}  ${cleanText(text)}`,
      `${" ".repeat(width)}    ${isLate ? yellow(reason) : dim(reason)}`,
      ...early,
    ];
  });
  const open = gaps.map(
    ({ email, loses, from, until }) =>
      `${" ".repeat(width)}  ${yellow("gap")}  ${cleanText(`${email} is without ${loses} from step ${number.get(from) ?? "?"} to step ${number.get(until) ?? "?"}: no order avoids it`)}`,
  );
  return `${[bold("Why in this order"), ...lines, ...open].join("\n")}\n`;
}

import { createColors } from "picocolors";
import { notBeforeOf, type Plan } from "../reconcile";
import { cleanText } from "./clean-text";
import { premisesOf } from "./view/view-premises";

/** Why every step of a plan stands where it stands, which ones others must not do early, and what of it nobody has read. */
export function orderText(
  { steps, gaps, premises }: Pick<Plan, "steps" | "gaps" | "premises">,
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
    const first = notBeforeOf({ actor, place }).flatMap((other) => number.get(other) ?? []);
    const early =
      first.length === 0
        ? []
        : [
            `${" ".repeat(width)}    ${bold(`NOT BEFORE ${first.length === 1 ? "step" : "steps"} ${first.join(", ")}`)}`,
          ];
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
  const unread = premisesOf({ premises })
    .filter(({ source }) => source !== "read")
    .map(({ source, says, from }) => `  ${source.padEnd(10)} ${cleanText(says)}   ${dim(cleanText(from))}`);
  const rests = unread.length === 0 ? [] : ["", bold("Facts that were not read"), ...unread];
  return `${[bold("Why in this order"), ...lines, ...open, ...rests].join("\n")}\n`;
}

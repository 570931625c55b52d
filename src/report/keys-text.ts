import { createColors } from "picocolors";
import type { DueKey } from "../reconcile";
import { cleanText } from "./clean-text";
import { counted } from "./count";

const shownStates: readonly DueKey["state"][] = ["lost", "due", "soon", "age unknown"];

/** Keys that are due, the most urgent first, with the lines to change. */
export function keysText(keys: readonly DueKey[], { color }: { readonly color: boolean }): string {
  const { red, yellow, dim } = createColors(color);
  const lines = shownStates.flatMap((state) =>
    keys
      .filter((key) => key.state === state)
      .flatMap(({ label, because, until, change, constructPath, address }) => {
        const paint = state === "lost" || state === "due" ? red : yellow;
        const where = constructPath === undefined ? address : `${constructPath} (${address})`;
        const when = until === undefined ? "" : `   by schedule ${until.slice(0, 10)}`;
        const reasons = because.map((reason) => `             ${cleanText(reason)}`);
        return [
          `${paint(state.padEnd(11))}  ${cleanText(label)}${dim(when)}`,
          ...reasons,
          dim(`             ${cleanText(where)}: ${change}`),
        ];
      }),
  );
  const due = keys.filter(({ state }) => state === "lost" || state === "due").length;
  return [...lines, `${counted(keys.length, "key")}, ${due} due.`, ""].join("\n");
}

import { createColors } from "picocolors";
import type { LeftOver, Outcome, StepResult } from "../reconcile";
import { cleanText } from "./clean-text";
import { counted } from "./count";

const words: Readonly<Record<Outcome, string>> = {
  done: "done",
  failed: "FAILED",
  waiting: "waiting",
  "by hand": "by hand",
  later: "later",
  refused: "refused",
  "not approved": "not run",
  skipped: "skipped",
  stopped: "stopped",
};

/** What a run did, step by step; what is not done says what the other side said and what to do. */
export function runText(results: readonly StepResult[], { color }: { readonly color: boolean }): string {
  const { green, red, yellow, dim } = createColors(color);
  const records = results.filter(({ step, outcome }) => step.actor === "record" && outcome === "done");
  const shown = results.filter((result) => result.step.actor !== "record");
  const lines = shown.map(({ step, outcome, said }) => {
    const paint = outcome === "done" ? green : outcome === "failed" ? red : yellow;
    const detail = said === undefined ? "" : `\n${" ".repeat(11)}${dim(cleanText(said))}`;
    return `  ${paint(words[outcome].padEnd(8))} ${cleanText(step.text)}${detail}`;
  });
  const recorded =
    records.length === 0 ? [] : [dim(`  recorded ${counted(records.length, "declaration")} as in effect`)];
  return [...lines, ...recorded].map((line) => `${line}\n`).join("");
}

/** `5 done · 1 failed · 2 waiting` */
export function tallyText(results: readonly StepResult[]): string {
  const counts = new Map<Outcome, number>();
  for (const { step, outcome } of results) {
    if (step.actor !== "record") counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  if (counts.size === 0) return "nothing to do";
  return [...counts]
    .map(([outcome, count]) => `${count} ${outcome === "not approved" ? "not run" : outcome}`)
    .join(" · ");
}

/** What is not as the run left it: what others changed meanwhile, with both sides, and what nobody is known to have done. */
export function leftOverText({ steps, clashes }: LeftOver, { color }: { readonly color: boolean }): string {
  const { red, yellow, dim } = createColors(color);
  return [
    ...steps.map(({ text }) => `  ${yellow("left over:")} ${cleanText(text)}`),
    ...clashes.map(
      ({ text }) =>
        `  ${red("clash:")} ${cleanText(text)}. ${dim("Nothing is written against it: settle who writes it, and plan again.")}`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

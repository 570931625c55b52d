import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

export const root = resolve(__dirname, "..", "..");

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly uses?: string;
  readonly environment?: string;
  readonly if?: string;
  readonly needs?: string;
  readonly env?: unknown;
  readonly concurrency?: unknown;
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly env?: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowNames = ["synth", "plan", "apply", "snapshot", "drift", "events"] as const;
export type WorkflowName = (typeof workflowNames)[number];

export const fileOf = (name: WorkflowName): string => `amplitude-access-${name}.yml`;

export function workflowOf(name: WorkflowName): Workflow {
  return parse(readFileSync(join(root, "workflows", fileOf(name)), "utf8")) as Workflow;
}

/** The composite action that jobs use. */
export function actionSteps(): readonly Step[] {
  const { runs } = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
    runs: { using: string; steps: readonly Step[] };
  };
  return runs.steps;
}

/** What an expression can name. */
export interface Contexts {
  readonly github: unknown;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
}

/** Text with its expressions worked out. What is not there is empty, as on GitHub. */
export function filled(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.+?)\}\}/g, (_, expression: string) =>
    textOf(term(expression.trim(), contexts)),
  );
}

/** Whether a condition holds; `always()` is said by whoever goes on after a failure. */
export function holds(condition: string, contexts: Contexts): boolean {
  return condition.split("&&").every((part) => {
    const text = part.trim();
    if (text === "always()") return true;
    const [left = "", right] = text.split("==").map((side) => side.trim());
    const value = textOf(term(left, contexts));
    return right === undefined ? value !== "" : value === right.replaceAll("'", "");
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

function term(expression: string, contexts: Contexts): unknown {
  if (!/^(?:github|secrets|vars|steps)(?:\.[\w-]+)+$/.test(expression))
    throw new Error(`The test cannot work out ${expression}: write it simpler.`);
  return expression
    .split(".")
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], contexts);
}

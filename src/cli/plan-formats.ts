import { extname } from "node:path";
import { version } from "../api";
import type { LivePlan } from "../reconcile";
import {
  jsonText,
  planMarkdown,
  planPage,
  planSarif,
  planText,
  redactedView,
  type PlanView,
  shuffled,
  type Redaction,
} from "../report";
import { DiagnosticError, problem } from "../schema";

/** What a plan can be rendered as. */
export const planFormats = ["text", "json", "markdown", "html", "sarif"] as const;
export type PlanFormat = (typeof planFormats)[number];

/** What renderings need beside the view. */
export interface RenderSettings {
  readonly color: boolean;
  /** Where the HTML page will be found. */
  readonly page?: string | undefined;
  /** Whether the page's matrix shows everybody, or those whose access the plan changes. */
  readonly everyone?: boolean | undefined;
}

/** A plan with the view that all renderings share. */
export interface ShownPlan {
  readonly live: LivePlan;
  readonly view: PlanView;
  /** Takes people out of every rendering. */
  readonly redaction?: Redaction | undefined;
}

/** A plan as it is shown: for everybody, people stand in no order that tells who they are. */
export function shownPlan(live: LivePlan, view: PlanView, redaction: Redaction | undefined): ShownPlan {
  return { live, view: redaction === undefined ? view : shuffled(view, redaction), redaction };
}

/** One rendering of a plan. */
export function renderPlan(
  { live, view: whole, redaction }: ShownPlan,
  format: PlanFormat,
  { color, page, everyone = false }: RenderSettings,
): string {
  if (format === "html") return planPage(live, whole, { everyone, redaction });
  const view = redaction === undefined ? whole : redactedView(whole, redaction);
  switch (format) {
    case "text":
      return planText(view, { color });
    case "json":
      return jsonText(view);
    case "markdown":
      return planMarkdown(view, { page });
    case "sarif":
      return planSarif(view, { version });
  }
}

const byEnding: Readonly<Record<string, PlanFormat>> = {
  ".txt": "text",
  ".json": "json",
  ".md": "markdown",
  ".html": "html",
  ".sarif": "sarif",
};

/** The format that a file's name asks for. Throws DiagnosticError. */
export function formatOf(file: string): PlanFormat {
  const format = byEnding[extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new DiagnosticError([
    problem(
      `Cannot tell the format of ${file} from its name`,
      `Nothing was done. End the name of --report in ${Object.keys(byEnding).join(", ")}.`,
    ),
  ]);
}

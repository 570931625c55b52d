import { resolve } from "node:path";
import {
  exitCodeOf,
  makePlan,
  parseSnapshot,
  parseTerraformPlan,
  providerStack,
  terraformReview,
  withVerdict,
  type LivePlan,
  type TerraformPlan,
} from "../reconcile";
import { knowPlan, viewOf, type PlanView } from "../report";
import { openedSnapshot } from "./encrypted-snapshot";
import { verdictOf } from "./own-policies";
import { blocksEverything } from "./plan-command";
import { formatOf, renderPlan, shownPlan, type PlanFormat } from "./plan-formats";
import { readNeeded, writePrivate } from "./private-file";
import { hostOf, type Surroundings } from "./session";

export interface ReviewOptions {
  /** What `terraform show -json` printed for a saved plan. */
  readonly terraformPlan: string;
  readonly format: PlanFormat;
  readonly report: readonly string[];
  readonly page?: string | undefined;
  readonly everyone?: boolean | undefined;
  /** A snapshot of the whole organization to judge against. */
  readonly live?: string | undefined;
  readonly policies?: string | undefined;
  /** What the report calls it; by it the comment is found that is to be edited. */
  readonly name: string;
}

/** `review`: who gains and loses what by a plan of Terraform, by the same view as `plan`. Reads files only. Exit code 3 when a policy denies it. */
export async function reviewCommand(options: ReviewOptions, surroundings: Surroundings): Promise<number> {
  const { env, directory, terminal, redaction } = surroundings;
  const { format, page, everyone, name } = options;
  const reports = options.report.map((file) => ({ file, format: formatOf(file) }));
  const file = options.terraformPlan;
  const plan = parseTerraformPlan(await readNeeded(resolve(directory, file), "Terraform plan"), file);
  const live = await snapshotFor(plan, options, surroundings);
  const { input, desired, notChecked } = terraformReview(plan, {
    name,
    file,
    now: Date.now(),
    ...(live === undefined ? {} : { live }),
  });
  const planned = told(makePlan(input), notChecked, live === undefined);
  const verdict = await verdictOf(
    { live: planned, desired },
    {
      named: options.policies,
      directory,
      env,
      exposed: (line) => terminal.note(`warning: ${line}`),
    },
  );
  const judged = withVerdict(planned, verdict);
  if (redaction !== undefined) knowPlan(redaction, judged);
  const shown = shownPlan(judged, reviewView(judged, plan, live === undefined), redaction);
  terminal.result(renderPlan(shown, format, { color: terminal.color, page, everyone }));
  for (const { file: target, format: other } of reports)
    await writePrivate(
      resolve(directory, target),
      renderPlan(shown, other, { color: false, page, everyone }),
    );
  return exitCodeOf(blocksEverything(judged.plan) ? ["refused"] : []);
}

async function snapshotFor(
  plan: TerraformPlan,
  { live, name, terraformPlan }: ReviewOptions,
  { env, directory }: Surroundings,
) {
  if (live === undefined) return undefined;
  const { provider } = providerStack(plan, name, terraformPlan);
  const host = hostOf(env, provider);
  const text = await openedSnapshot(await readNeeded(resolve(directory, live), "snapshot"), live, {
    env,
    directory,
  });
  const { snapshot, readAt } = parseSnapshot(text, live, { orgId: provider.orgId, host });
  return { snapshot, readAt, host };
}

/** The plan without what only our own reading and our own order could say. */
function told(live: LivePlan, notChecked: readonly string[], stateOnly: boolean): LivePlan {
  const { plan } = live;
  const steps = plan.steps.map(({ place: _place, ...step }) => step);
  const families = stateOnly ? [] : plan.families;
  return { ...live, plan: { ...plan, steps, families, notChecked: [...notChecked, ...plan.notChecked] } };
}

/** What only an apply of ours could say of itself, as it is for Terraform. */
function reviewView(live: LivePlan, plan: TerraformPlan, stateOnly: boolean): PlanView {
  const view = viewOf(live, "terraform apply PLAN");
  const { terraform_version: version = "of an unknown version", timestamp } = plan;
  const made = timestamp === undefined ? "" : ` ${timestamp.slice(0, 19).replace("T", " ")} UTC`;
  const held = (plan.resource_changes ?? []).filter(
    ({ mode, change }) => mode === "managed" && change.before != null,
  );
  const says = `Planned${made} by Terraform ${version}, whose state holds ${held.length} resources`;
  const how = "Terraform's provider reads the one that its block names";
  return {
    ...view,
    read: {
      ...view.read,
      says: stateOnly ? says : `${says}. ${view.read.says}`,
      identity: { proved: true, how },
    },
    forecast: {
      ...view.forecast,
      says: "Terraform decides what it asks, and when",
      families: [],
      reads: 0,
      writes: 0,
      waitSeconds: 0,
    },
  };
}

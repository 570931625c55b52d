import type { DriftReport, ReportedItem } from "../drift";
import { lastGoodRun, repositoryOf, type GitHub } from "../github";
import { digest } from "../schema";

/** The shipped workflows that stall unseen, with what does not happen then. */
const WATCHED = {
  apply: "what was approved is not done",
  snapshot: "pull requests are planned from an old organization",
  events: "the audit log is not looked at between two nights",
} as const;

const HOUR = 60 * 60 * 1000;

/** What is known of the workflows themselves. */
export interface Watch {
  /** How old the last good run of each is. */
  readonly ages: string;
  readonly alarms: readonly ReportedItem[];
}

/**
 * The age of the last good run of every watched workflow, and an alarm for each that is older than the limit: whoever may push a branch can
 * hold up a job, and a job that does not run tells nobody.
 *
 * @param limit milliseconds
 */
export async function watchRuns(
  github: GitHub,
  { at }: Pick<DriftReport, "at">,
  limit: number,
): Promise<Watch> {
  const now = Date.parse(at);
  const repository = await repositoryOf(github);
  const runs: { readonly name: keyof typeof WATCHED; readonly last: string | undefined }[] = [];
  for (const name of ["apply", "snapshot", "events"] as const)
    runs.push({ name, last: await lastGoodRun(github, repository, `amplitude-access-${name}.yml`) });
  const isOld = (last: string | undefined): boolean => last === undefined || now - Date.parse(last) > limit;
  return {
    ages: `Last good runs: ${runs.map(({ name, last }) => `${name} ${age(last, now)}`).join(", ")}.`,
    alarms: runs
      .filter(({ last }) => isOld(last))
      .map(({ name, last }): ReportedItem => ({
        id: digest(["stalled", name, last ?? ""]).slice(0, 16),
        sort: "event",
        rule: "stalled",
        what: `no good run of amplitude-access ${name} for more than ${Math.round(limit / HOUR)} h (the last one: ${age(last, now)}); ${WATCHED[name]}`,
        revert:
          "Look at its latest runs under Actions: cancelled, waiting for a concurrency group, failed, or disabled.",
        adopt: [],
        counts: true,
      })),
  };
}

function age(last: string | undefined, now: number): string {
  if (last === undefined) return "none found";
  const hours = (now - Date.parse(last)) / HOUR;
  return hours < 1
    ? "less than 1 h ago"
    : hours < 48
      ? `${Math.floor(hours)} h ago`
      : `${Math.floor(hours / 24)} days ago`;
}

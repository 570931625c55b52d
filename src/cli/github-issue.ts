import { resolve } from "node:path";
import { acceptedNow, parseBaseline, parseDriftReport, type DriftReport } from "../drift";
import { changeIssue, findIssue, openIssue, refused } from "../github";
import { exitCodeOf } from "../reconcile";
import { alertIdsOf, driftIssue, issueMarker } from "../report";
import { BASELINE } from "./drift-look";
import { githubOf } from "./github-access";
import { watchRuns } from "./github-watch";
import { readIfThere, readNeeded } from "./private-file";
import type { Surroundings } from "./session";

export interface GitHubIssueOptions {
  /** What `drift --json` printed. */
  readonly report: string;
  /** What it ended with. */
  readonly exitCode: string;
  /** How old the last good run of a workflow may be, in milliseconds; none is looked at where it is left out. */
  readonly alarmAfter?: number | undefined;
}

/** `github issue`: opens, changes or closes the one issue of an organization. What could not be looked at changes nothing. */
export async function githubIssueCommand(
  { report: file, exitCode, alarmAfter }: GitHubIssueOptions,
  { env, directory, terminal }: Surroundings,
): Promise<number> {
  const clean = exitCode === "0";
  if (!clean && exitCode !== String(exitCodeOf(["changes"]))) {
    terminal.note(
      `drift ended with ${exitCode}: it did not look at everything, and the issue stays as it is.`,
    );
    return Number(exitCode) || 1;
  }
  const found = parseDriftReport(await readNeeded(resolve(directory, file), "report of drift"), file);
  if (found.items.some(({ counts }) => counts) === clean)
    throw refused(
      `The report ${file}`,
      `It does not go with the exit code ${exitCode}`,
      "Give what one run of drift left.",
    );
  const github = githubOf(env);
  const watch = alarmAfter === undefined ? undefined : await watchRuns(github, found, alarmAfter);
  const report = { ...found, items: [...found.items, ...(watch?.alarms ?? [])] };
  const present = await findIssue(github, issueMarker(report));
  const accepted = await acceptedAlerts(report, alertIdsOf(present), directory);
  const issue = driftIssue(report, present, accepted, watch?.ages);
  const { title, body, open } = issue;
  if (present?.open === true) {
    await changeIssue(github, present.number, { title, body, state: open ? "open" : "closed" });
    terminal.result(`Issue #${present.number}: ${open ? title : "closed, nothing is open"}.\n`);
  } else if (open) terminal.result(`Issue #${await openIssue(github, title, body)}: ${title}.\n`);
  else terminal.result("Nothing is open, and no issue is.\n");
  return 0;
}

async function acceptedAlerts(
  { organization, at }: DriftReport,
  alerts: readonly string[],
  directory: string,
): Promise<ReadonlySet<string>> {
  const path = resolve(directory, BASELINE);
  const text = await readIfThere(path);
  const entries = text === undefined ? [] : parseBaseline(text, path, organization.orgId);
  const { valid } = acceptedNow(entries, {
    found: new Set(alerts),
    whole: false,
    now: Date.parse(at),
  });
  return new Set(valid.keys());
}

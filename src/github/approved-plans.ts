import { reviewed, type Approver, type Reviews } from "./approver";
import { trustedArtifacts, type Artifact } from "./artifact";
import type { GitHub } from "./client";
import type { MergedPull } from "./merged";
import type { PullRequest, Repository } from "./pull-request";

/** The workflow that plans, and the name of what it uploads: another pull request may have the same commit. */
export const planWorkflow = ".github/workflows/amplitude-access-plan.yml";
export const planArtifact = ({ number, head }: PullRequest): string =>
  `amplitude-access-plan-${number}-${head.sha}`;

/** What is known of whom to ask. */
export interface Authority {
  readonly github: GitHub;
  /** A path whose owners answer for every plan: a plan holds all that differs, whatever its pull request changes. */
  readonly path: string;
  readonly repository: Repository;
  /** GitHub, asked with a token that may read the organization's teams. */
  readonly teams?: GitHub | undefined;
}

/** A plan that people approved, and who they are. */
export interface ApprovedPlan {
  readonly artifact: Artifact;
  readonly approvers: readonly Approver[];
}

/** What the reviews of one pull request approve. */
export interface PullApproval {
  readonly pull: PullRequest;
  readonly plans: readonly ApprovedPlan[];
  /** Why not, or why no more, in words. */
  readonly notes: readonly string[];
}

/**
 * The plans that a merged pull request was approved for. An approval is for the plan that was there when it was given: the newest one of the
 * commit before it. A plan is approved when every path that the pull request changes, and the one of the authority, has an owner among those who
 * approved that plan.
 */
export async function approvedPlans(
  { github, path, repository, teams }: Authority,
  { pull, base }: MergedPull,
): Promise<PullApproval> {
  const reviews = await reviewed(github, pull, { base, teams, path });
  if (reviews.approvers.length === 0) return { pull, plans: [], notes: [noneOf(reviews)] };
  const made: Artifact[] = [];
  const trusted = { workflow: planWorkflow, events: ["workflow_run"] } as const;
  for await (const artifact of trustedArtifacts(github, planArtifact(pull), trusted, repository))
    made.push(artifact);
  const seen = new Map<Artifact, Approver[]>();
  const notes = [...reviews.others];
  for (const approver of reviews.approvers) {
    const artifact = made.find(({ created_at: at }) => Date.parse(at) <= Date.parse(approver.at));
    if (artifact === undefined)
      notes.push(
        `${approver.login} approved when there was no plan of ${pull.head.sha.slice(0, 8)}, or it is kept no longer`,
      );
    else seen.set(artifact, [...(seen.get(artifact) ?? []), approver]);
  }
  const plans: ApprovedPlan[] = [];
  for (const [artifact, approvers] of seen) {
    const missing = withoutOwner(reviews.paths, approvers);
    if (missing.length === 0) plans.push({ artifact, approvers });
    else notes.push(`nobody who owns ${listed(missing)} approved this plan`);
  }
  return { pull, plans, notes };
}

/** Whether reviews of a pull request cover every path of it, whatever was planned. */
export function isCovered({ paths, approvers }: Reviews): boolean {
  return approvers.length > 0 && withoutOwner(paths, approvers).length === 0;
}

function withoutOwner(paths: readonly string[], approvers: readonly Approver[]): string[] {
  return paths.filter((path) => !approvers.some(({ owns }) => owns.has(path)));
}

function noneOf({ others }: Reviews): string {
  return others.length === 0 ? "nobody approved it" : others.join("; ");
}

const SHOWN = 3;

function listed(paths: readonly string[]): string {
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : "";
  return `${paths.slice(0, SHOWN).join(", ")}${more}`;
}

import type { Command } from "commander";
import { githubApprovedCommand, type GitHubApprovedOptions } from "./github-approved";
import { githubArtifactCommand, type GitHubArtifactOptions } from "./github-artifact";
import { githubGatherCommand, githubVisibilityCommand, type GitHubGatherOptions } from "./github-gather";
import { githubIssueCommand, type GitHubIssueOptions } from "./github-issue";
import {
  githubOutcomeCommand,
  githubReportCommand,
  type GitHubOutcomeOptions,
  type GitHubReportOptions,
} from "./github-report";
import { duration } from "./patience";
import type { Surroundings } from "./session";

const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

/** Adds `github` and its commands: what jobs of GitHub Actions ask and tell there. */
export function addGitHubCommands(
  program: Command,
  surroundings: Surroundings,
  done: (exitCode: number) => void,
): void {
  const github = program
    .command("github")
    .description("For jobs of GitHub Actions: what reviews approve, and what they are told. See docs/ci.md.");
  github
    .command("approved")
    .description("Write what GitHub's reviews approve of what was merged, for apply --approved-by.")
    .requiredOption("--since <commit>", "the commit of the last apply that left nothing to do")
    .requiredOption("--out <file>", "the list, for --approved-by")
    .requiredOption("--plans <folder>", "the plans that were approved, for apply")
    .requiredOption("--config <file>", "a synthesized cdk.tf.json of the commit; repeatable", collect, [])
    .option("--approvals <folder>", "reviewed approvals of what guards hold back (default: approvals)")
    .option("--confirmations <folder>", "reviewed confirmations of steps by hand (default: confirmations)")
    .option("--owns <path>", "whose owners answer for every plan, beside what it changes", "cdktf.json")
    .option("--receipts <folder>", "receipts of earlier runs: what they have done is approved no more")
    .addHelpText(
      "after",
      example("approved", "--since 4f2c1e9 --config cdk.tf.json --out approved.json --plans plans"),
    )
    .action(async (options: GitHubApprovedOptions) => {
      done(await githubApprovedCommand(options, surroundings));
    });
  github
    .command("gather")
    .description("Fetch what a pull request is planned from, as data, for a job on workflow_run.")
    .requiredOption("--out <folder>", "where it goes: config, approvals, confirmations, baseline.json")
    .option("--run <id>", "only the synthesized files, of this run")
    .addHelpText("after", example("gather", "--out input"))
    .action(async (options: GitHubGatherOptions) => {
      done(await githubGatherCommand(options, surroundings));
    });
  github
    .command("artifact")
    .description("Fetch the newest artifact that a workflow of the default branch made.")
    .requiredOption("--name <name>", "of the artifact")
    .requiredOption("--workflow <path>", "of the workflow, .github/workflows/...")
    .requiredOption("--out <folder>", "where its files go")
    .addHelpText(
      "after",
      example(
        "artifact",
        "--name amplitude-access-snapshot --workflow .github/workflows/amplitude-access-snapshot.yml --out input",
      ),
    )
    .action(async (options: GitHubArtifactOptions) => {
      done(await githubArtifactCommand(options, surroundings));
    });
  github
    .command("report")
    .description("Write the comment of a pull request, edited in place, and the check of its commit.")
    .requiredOption("--pull-request <number>", "as github gather told it")
    .requiredOption("--commit <sha>", "its head, as github gather told it")
    .requiredOption("--exit-code <code>", "what plan ended with")
    .requiredOption("--plan <file>", "what plan --out wrote")
    .requiredOption("--comment <file>", "what plan --report wrote, as .md")
    .requiredOption("--log <file>", "what plan said on stderr")
    .addHelpText(
      "after",
      example(
        "report",
        "--pull-request 12 --commit 4f2c1e9 --exit-code 0 --plan plan.json --comment plan.md --log log.txt",
      ),
    )
    .action(async (options: GitHubReportOptions) => {
      done(await githubReportCommand(options, surroundings));
    });
  github
    .command("outcome")
    .description("Write the check of the commit that was applied. Waiting and steps by hand are neutral.")
    .requiredOption("--exit-code <code>", "what apply ended with")
    .requiredOption("--log <file>", "what apply printed")
    .addHelpText("after", example("outcome", "--exit-code 6 --log log.txt"))
    .action(async (options: GitHubOutcomeOptions) => {
      done(await githubOutcomeCommand(options, surroundings));
    });
  github
    .command("issue")
    .description("Open, change or close the one issue that tells what drift found.")
    .requiredOption("--report <file>", "what drift --json printed")
    .requiredOption("--exit-code <code>", "what drift ended with")
    .option(
      "--alarm-after <length>",
      "an alert when the last good apply, snapshot or events run is older: 24h",
      duration,
    )
    .addHelpText("after", example("issue", "--report drift.json --exit-code 2"))
    .action(async (options: GitHubIssueOptions) => {
      done(await githubIssueCommand(options, surroundings));
    });
  github
    .command("visibility")
    .description("Tell the job whether the repository is public, as its output `public`.")
    .addHelpText("after", example("visibility", ""))
    .action(async () => {
      done(await githubVisibilityCommand(surroundings));
    });
}

function example(command: string, options: string): string {
  return `\nExamples:\n${`  amplitude-access github ${command} ${options}`.trimEnd()}`;
}

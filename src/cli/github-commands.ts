import type { Command } from "commander";
import { githubApprovedCommand, type GitHubApprovedOptions } from "./github-approved";
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
    .action(async (options: GitHubApprovedOptions) => {
      done(await githubApprovedCommand(options, surroundings));
    });
}

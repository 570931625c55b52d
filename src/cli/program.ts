import { Command, CommanderError, Option } from "commander";
import { acceptCommand, type AcceptOptions } from "./accept-command";
import { applyCommand, type Stop } from "./apply-command";
import type { ApplyOptions } from "./apply-options";
import { approveCommand, type ApproveOptions } from "./approve-command";
import { confirmCommand, type ConfirmOptions } from "./confirm-command";
import { collect, examples, withAuditLog, withLive, withSession } from "./command-options";
import { driftCommand } from "./drift-command";
import { driftLookOf, withDrift, type DriftFlags } from "./drift-flags";
import { addGitHubCommands } from "./github-commands";
import { duration } from "./patience";
import { planCommand, type PlanOptions } from "./plan-command";
import { planFormats, type PlanFormat } from "./plan-formats";
import { reviewCommand, type ReviewOptions } from "./review-command";
import { problemText } from "./problem-text";
import { keysDueCommand, type KeysOptions } from "./keys-command";
import { providerInstallCommand, type ProviderOptions } from "./provider-command";
import { Redaction } from "../report";
import type { Surroundings } from "./session";
import { snapshotCommand, type SnapshotOptions } from "./snapshot-command";
import { version } from "../api";

type AcceptFlags = Pick<AcceptOptions, "until" | "owner" | "because">;

const REDACT = "people by number, not by e-mail: for what everybody can read";

const REPORT =
  "write one more rendering; its ending (.txt, .json, .md, .html, .sarif) says which; repeatable";

const EXIT_CODES = `
Exit codes: 0 nothing to do, or done · 1 error · 2 changes or drift (plan: only with --detailed-exitcode)
  3 refused, or not approved · 4 live facts moved since the approval · 5 the read was not whole
  6 steps remain that people do by hand · 7 waiting for the identity provider`;

/** Runs one command line. Answers the exit code; never ends the process. */
export async function run(argv: readonly string[], given: Surroundings, stop: Stop): Promise<number> {
  let exitCode = 0;
  let surroundings = given;
  const program = new Command("amplitude-access")
    .description("Who may do what in an Amplitude organization, as code: plan, apply, find drift.")
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.terminal.result(text),
      writeErr: (text) => surroundings.terminal.note(text.trimEnd()),
    })
    .addHelpText("after", EXIT_CODES)
    .hook("preAction", (_program, command) => {
      if (command.opts()["redact"] === true) surroundings = redacting(given);
    });

  withAuditLog(withLive(withSession(program.command("plan"))))
    .description("Show what an apply would do, to whom, and in which order. Sends no write.")
    .option("--out <file>", "save the plan, for apply <file>")
    .addOption(
      new Option("--format <format>", "what to print")
        .choices(planFormats)
        .default("text" satisfies PlanFormat),
    )
    .option("--json", "the same as --format json")
    .option("--report <file>", REPORT, collect, [])
    .option("--page <url>", "where the HTML page will be found; the comment links to it")
    .option("--explain-order", "say of each step why it stands where it stands")
    .option(
      "--verify",
      "ask the role API for each declared group and project alone, and hold it against the lists",
    )
    .option("--redact", REDACT)
    .option("--everyone", "the page shows the access of the whole organization, not only what changes")
    .option("--detailed-exitcode", "exit with 2 when there are changes")
    .addHelpText(
      "after",
      examples("plan", [
        "",
        "--emulator org.json",
        "--out plan.json",
        "--config cdk.tf.json --live org.snapshot",
      ]),
    )
    .action(async (options: PlanOptions) => {
      exitCode = await planCommand({ ...options, argv: argv.slice(1) }, surroundings);
    });

  withAuditLog(withSession(program.command("apply")))
    .description(
      "Plan again and run the steps. With a saved plan: only its steps, and only while the facts hold.",
    )
    .argument("[files...]", "plans saved by plan --out; of several, what each was approved for")
    .option("--expect <digest>", "the whole digest of an approved plan; repeatable", collect, [])
    .option("--yes", "do not ask; what a guard holds back stays back")
    .option(
      "--first",
      "apply without a state file although an earlier run has written here: its loss is known",
    )
    .option("--evidence <folder>", "write a receipt there, a line for every finished step")
    .option("--resume", "go on with what the latest receipt in --evidence was approved for")
    .option("--trust-organization", "write although nothing proves that the SCIM key is of this organization")
    .option(
      "--wait <time>",
      "how long to wait for the identity provider, such as 10m (default: not at all)",
      duration,
    )
    .option("--keys-out <file>", "a new file for the values of new keys, readable by its owner only")
    .option("--redact", REDACT)
    .addHelpText("after", examples("apply", ["", "plan.json", "--yes --emulator org.json"]))
    .action(async (files: string[], options: ApplyOptions) => {
      exitCode = await applyCommand({ ...options, files }, surroundings, stop);
    });

  withDrift(withLive(withSession(program.command("drift"))))
    .description("Show what was changed outside of code, by whom, and what nobody declares. Sends no write.")
    .option("--json", "print the findings as JSON")
    .option("--redact", REDACT)
    .addHelpText(
      "after",
      examples("drift", ["", "--emulator org.json", "--json", "--events-only --since 20m"]),
    )
    .action(async (options: DriftFlags & { readonly json?: boolean }) => {
      exitCode = await driftCommand(driftLookOf(options), surroundings);
    });

  withDrift(withLive(withSession(program.command("accept"))))
    .description("Let a finding of drift be until a day, in the baseline. It counts once it is reviewed.")
    .argument("<finding>", "id of the finding, as drift prints it")
    .requiredOption("--until <date>", "until when; then it counts again")
    .requiredOption("--owner <e-mail>", "who answers for it")
    .requiredOption("--because <text>", "why it is let be")
    .addHelpText(
      "after",
      examples("accept", ["3f9a1c22d0b7e441 --until 2026-12-01 --owner tom@acme.com --because 'month end'"]),
    )
    .action(async (finding: string, options: DriftFlags & AcceptFlags) => {
      exitCode = await acceptCommand({ ...driftLookOf(options), finding }, surroundings);
    });

  program
    .command("review")
    .description("Show who gains and loses what by a plan of Terraform, as plan does. Reads files only.")
    .requiredOption("--terraform-plan <file>", "what terraform show -json printed for a saved plan")
    .addOption(
      new Option("--format <format>", "what to print")
        .choices(planFormats)
        .default("text" satisfies PlanFormat),
    )
    .option("--report <file>", REPORT, collect, [])
    .option("--page <url>", "where the HTML page will be found; the comment links to it")
    .option("--everyone", "the page shows everybody who is known, not only what changes")
    .option("--redact", REDACT)
    .option(
      "--live <file>",
      "a saved snapshot: judge against the whole organization, not Terraform's state alone",
    )
    .option("--policies <file>", "policies that judge it (default: policies.ts, else the playbook's)")
    .option("--name <name>", "what the report calls it; one comment each", "terraform")
    .addHelpText(
      "after",
      examples("review", [
        "--terraform-plan plan.json --format markdown",
        "--terraform-plan plan.json --live org.snapshot",
      ]),
    )
    .action(async (options: ReviewOptions) => {
      exitCode = await reviewCommand(options, surroundings);
    });

  withSession(program.command("snapshot"))
    .description("Save the live organization with the proof that it was read whole, for --live.")
    .requiredOption("--out <file>", "where to; readable by its owner only")
    .option(
      "--encrypt <file>",
      "a public key (PEM or JWK): only AMPLITUDE_ACCESS_SNAPSHOT_KEY, its private key, opens the snapshot",
      collect,
      [],
    )
    .addHelpText(
      "after",
      examples("snapshot", ["--out org.snapshot", "--out org.snapshot --encrypt key.pub"]),
    )
    .action(async (options: SnapshotOptions) => {
      exitCode = await snapshotCommand(options, surroundings);
    });

  withLive(withSession(program.command("confirm")))
    .description(
      "Write the file which says that a step by hand was done. It counts once it is reviewed with the stack.",
    )
    .argument("<step>", "id of the step, as plan prints it")
    .requiredOption("--by <e-mail>", "who says so")
    .option(
      "--until <date>",
      "until when the word on a state counts (default: 30 days); an act is done for good",
    )
    .option("--evidence <text>", "what was seen, or where it is recorded")
    .addHelpText(
      "after",
      examples("confirm", ["3f9a1c22d0b7e441 --by priya@acme.com --evidence 'Members page, 3 admins'"]),
    )
    .action(async (step: string, options: ConfirmOptions) => {
      exitCode = await confirmCommand({ ...options, step }, surroundings);
    });

  const keys = program.command("keys").description("API keys: which are to be rotated, and why.");
  withLive(withSession(keys.command("due")))
    .description(
      "List keys that are due, by schedule or because somebody who knows one has gone. Sends no write.",
    )
    .option("--json", "print all keys as JSON")
    .addHelpText("after", examples("keys due", ["", "--emulator org.json", "--live org.snapshot"]))
    .action(async (options: KeysOptions) => {
      exitCode = await keysDueCommand(options, surroundings);
    });

  withLive(withSession(program.command("approve")))
    .description(
      "Draft the file that lets pass what a guard holds back. It counts once it is reviewed, and --approved-by names it.",
    )
    .argument("<guard>", "name of the guard, as plan prints it")
    .requiredOption("--by <e-mail>", "who drafts it")
    .requiredOption("--reason <text>", "why, for the reviewers")
    .option(
      "--subject <name>",
      "the group, the project or what a policy denies, where the guard holds back several",
    )
    .option("--until <date>", "until when it counts (default: 14 days)")
    .addHelpText(
      "after",
      examples("approve", ["removals --by priya@acme.com --reason 'SOW-2231 ended, all of nova leave'"]),
    )
    .action(async (guard: string, options: ApproveOptions) => {
      exitCode = await approveCommand({ ...options, guard }, surroundings);
    });

  program
    .command("provider")
    .description("The Terraform provider that comes with this package.")
    .command("install")
    .description("Put it where terraform and tofu on the PATH look for providers. Needs Node at run time.")
    .option("--directory <folder>", "a filesystem mirror of your own, instead of ~/.terraform.d/plugins")
    .addHelpText("after", examples("provider install", ["", "--directory mirror"]))
    .action((options: ProviderOptions) => {
      exitCode = providerInstallCommand(options, surroundings);
    });

  addGitHubCommands(program, surroundings, (code) => {
    exitCode = code;
  });

  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const { text, exitCode: code } = problemText(error);
    surroundings.terminal.note(text);
    return code;
  }
}

/** Everything that is printed besides the results, which a command redacts itself, where it knows what is a name. */
function redacting(given: Surroundings): Surroundings {
  const redaction = new Redaction();
  const { terminal } = given;
  return {
    ...given,
    redaction,
    terminal: { ...terminal, note: (text) => terminal.note(redaction.text(text)) },
  };
}

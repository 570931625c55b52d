import { Option, type Command } from "commander";

/** Values of a repeatable option. */
export const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

/** Options of every command that reads stacks. */
export function withSession(command: Command): Command {
  return command
    .option(
      "--config <file>",
      "a synthesized cdk.tf.json; repeatable; without it the `app` of cdktf.json is run",
      collect,
      [],
    )
    .option(
      "--stack <name>",
      "show and apply only this stack; repeatable; the model is always whole",
      collect,
      [],
    )
    .option(
      "--base <file>",
      "what code has brought into effect so far (default: .amplitude-access/, or beside the emulator's seed)",
    )
    .option(
      "--retire <stack>",
      "take away all that a stack which is no longer given declared; repeatable",
      collect,
      [],
    )
    .option(
      "--emulator [seed]",
      "an Amplitude in this process: an example for one command, or a seed file, written back at the end",
    )
    .option("--approvals <folder>", "reviewed approvals of what guards hold back (default: approvals)")
    .option("--approved-by <file>", "what trusted code found approved: steps that may run, files that count")
    .option("--confirmations <folder>", "reviewed confirmations of steps by hand (default: confirmations)")
    .option(
      "--policies <file>",
      "policies that judge plans and drift (default: policies.ts, else the playbook's)",
    )
    .option("--read-only", "refuse every write before it is sent");
}

/** For commands that may need the audit log. */
export function withAuditLog(command: Command): Command {
  return command.option("--require-audit-log", "end with 5 where the audit log is needed and cannot be read");
}

/** For commands that can do with a saved snapshot. */
export function withLive(command: Command): Command {
  return command.addOption(
    new Option("--live <file>", "read a saved snapshot instead of Amplitude; needs no credential").conflicts(
      "emulator",
    ),
  );
}

/** Examples at the end of a command's help. */
export function examples(command: string, lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  amplitude-access ${command} ${line}`.trimEnd()).join("\n")}`;
}

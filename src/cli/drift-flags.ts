import { InvalidArgumentError, Option, type Command } from "commander";
import { addressesIn, adoptions, alertRules, type AlertName, type Thresholds } from "../drift";
import { withAuditLog } from "./command-options";
import type { DriftLook } from "./drift-look";

/** Options of commands that look for drift, as they are parsed. */
export interface DriftFlags extends Omit<DriftLook, "alerts"> {
  readonly threshold: Thresholds;
  readonly expectedAddress: readonly string[];
}

/** Adds them to a command. */
export function withDrift(command: Command): Command {
  return withAuditLog(command)
    .option("--days <n>", "how far back to look for who did it; Amplitude keeps 90", days, 30)
    .option("--since <time>", "tell events of the audit log from then on: 20m, 2h, 3d, a time, or last")
    .option("--events-only", "read the audit log and nothing else")
    .option("--last <file>", "what drift --json printed the last time, to tell new from known")
    .option(
      "--evidence <folder>",
      "receipts of our own runs: what they did is told as ours, and does not count",
    )
    .option("--baseline <file>", "reviewed file of what is accepted (default: baseline.json)")
    .addOption(
      new Option("--adopt-as <language>", "what would adopt a finding, in this language")
        .choices(adoptions)
        .default(adoptions[0]),
    )
    .option(
      "--threshold <alert=n>",
      "how many entries make an alert, or off: failed-logins=10; repeatable",
      threshold,
      {},
    )
    .option(
      "--expected-address <range>",
      "logins from elsewhere are told: 203.0.113.0/24; repeatable",
      expectedAddress,
      [],
    );
}

/** The options as drift is looked for with them. */
export function driftLookOf<T extends DriftFlags>(flags: T): T & DriftLook {
  return { ...flags, alerts: { thresholds: flags.threshold, expected: flags.expectedAddress } };
}

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 90) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 90.");
}

function threshold(text: string, previous: Thresholds): Thresholds {
  const [name, value, ...rest] = text.split("=");
  const known = alertRules.map((rule) => rule.name);
  const found = known.find((rule): rule is AlertName => rule === name);
  if (found === undefined) throw new InvalidArgumentError(`The alerts are ${known.join(", ")}.`);
  if (rest.length === 0 && value === "off") return { ...previous, [found]: "off" };
  if (rest.length > 0 || value === undefined || !/^[1-9]\d{0,6}$/.test(value))
    throw new InvalidArgumentError(`Write ${found}=5, or ${found}=off.`);
  return { ...previous, [found]: Number(value) };
}

function expectedAddress(text: string, previous: readonly string[]): readonly string[] {
  try {
    addressesIn([text]);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  return [...previous, text];
}

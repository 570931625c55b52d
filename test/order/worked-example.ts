import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Seed } from "../../src/emulator";
import { orderText, planText, runText, tallyText, viewOf } from "../../src/report";
import { settled } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import type { OrganizationBuilder } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/** A change of a stack that somebody wants explained. */
export interface WorkedExample {
  /** Of its file. */
  readonly name: string;
  readonly title: string;
  /** What happens, and what the reader is to look for. */
  readonly story: string;
  readonly organization: OrganizationBuilder;
  /** What the builder has no words for. */
  readonly more?: Partial<Seed>;
  /** In effect when it begins. */
  readonly before: StackContent;
  readonly after: StackContent;
  /** Requests that Amplitude refuses; then the change is applied as well, and what that says is part of the example. */
  readonly failing?: Readonly<Record<string, unknown>>;
}

const plain = { color: false } as const;

/** The first stack in effect, the second one declared. */
async function settledAt({ organization, more = {}, before, after }: WorkedExample): Promise<Harness> {
  const site = harness({ organization: { ...organization.seed(), ...more }, stack: before });
  const { planned } = await site.apply({ crash: true });
  if (site.writes().length > 0) throw new Error(`The first stack is not in effect: ${site.writes().join()}`);
  if (site.base !== undefined)
    site.base = settled(site.base, planned.live, planned.instances, undefined, planned);
  return site.stack(after);
}

/** Guards that hold nothing back, and what is the same in every plan. */
const asAlways = /^(  ok |Read |The organization is|Not proved that|Policies none|Not checked|Cost|To run)/;

/** What `plan --explain-order` prints of it, without what is as always; and `apply`, where something fails. */
export async function printed(example: WorkedExample): Promise<string> {
  const site = await settledAt(example);
  const live = await site.plan();
  const plan = planText(viewOf(live, "apply"), plain)
    .split("\n")
    .filter((line) => !asAlways.test(line));
  const shown = [
    `${example.title}\n${"=".repeat(example.title.length)}\n\n${example.story}\n`,
    `$ amplitude-access plan --explain-order`,
    ...plan,
    orderText(live.plan, plain),
  ];
  if (example.failing !== undefined) {
    await site.fault(example.failing);
    const { results } = await site.apply();
    shown.push("$ amplitude-access apply", runText(results, plain), tallyText(results));
  }
  return `${shown
    .join("\n")
    .replace(/plan [0-9a-f]{4}-[0-9a-f]{4}/, "plan DIGEST")
    .replace(/ \[(confirm )?[0-9a-f]{16}\]/g, "")
    .replace(/ +$/gm, "")
    .replace(/^Guards\n+(?=\n)/m, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
}

/** What is kept of an example, for people to read. */
export function golden(name: string, text: string): string {
  const file = join(__dirname, "golden", `${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
  return readFileSync(file, "utf8");
}

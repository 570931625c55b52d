import { text } from "node:stream/consumers";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { AnyPolicy, OwnPolicy } from "../policy";
import { ask } from "./ask";
import type { AskedPerson } from "./asked-person";
import { checkedList } from "./checked-list";
import { ANSWER_CHANNEL, type HostAnswer } from "./host-answer";

/*
 * Runs a policies file in a process of its own, which holds no credential: `host FILE`, people on stdin, the answer on channel 3.
 */
async function main(file: string): Promise<void> {
  const { default: exported } = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  // A file that is compiled to CommonJS arrives with its default one level down.
  const list =
    typeof exported === "object" && exported !== null && "default" in exported ? exported.default : exported;
  const { policies, problems } = checkedList(list);
  const people = JSON.parse(await text(process.stdin)) as readonly AskedPerson[];
  const isOwn = (policy: AnyPolicy): policy is OwnPolicy => policy.type === "own";
  const answer: HostAnswer = {
    problems,
    playbook: policies.filter((policy) => policy.type === "playbook"),
    answers: policies.filter(isOwn).map((policy) => ask(policy, people)),
  };
  writeFileSync(ANSWER_CHANNEL, JSON.stringify(answer));
}

const [, , file] = process.argv;
if (require.main === module && file !== undefined) {
  main(file).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
}

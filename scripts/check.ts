import { spawn } from "node:child_process";

import { scripts } from "../package.json";

/** Runs every `check:` of package.json, in its order and two at a time: each uses one core. What a check prints is shown once it has ended. */
const LANES = 2;

function run(check: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", check], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => (said += part));
    child.on("close", (code) => {
      process.stdout.write(said);
      if (code !== 0) process.stdout.write(`${check} failed\n`);
      resolve(code === 0);
    });
  });
}

async function lane(waiting: string[]): Promise<boolean> {
  let good = true;
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
    good = (await run(check)) && good;
  return good;
}

async function main(): Promise<void> {
  const waiting = Object.keys(scripts).filter((name) => name.startsWith("check:"));
  const results = await Promise.all(Array.from({ length: LANES }, () => lane(waiting)));
  process.exitCode = results.every(Boolean) ? 0 : 1;
}

void main();

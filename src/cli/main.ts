#!/usr/bin/env node
import { run } from "./program";
import { processTerminal } from "./terminal";

const stop = { requested: false };
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // The first one lets the request in flight finish; the second is meant.
    if (stop.requested) process.exit(1);
    stop.requested = true;
    process.stderr.write("Stopping after the request in flight. What was done is recorded.\n");
  });
}

void run(
  process.argv.slice(2),
  { env: process.env, directory: process.cwd(), terminal: processTerminal(process.env) },
  stop,
).then((exitCode) => {
  process.exitCode = exitCode;
});

#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { SeedError } from "./seed/seed-error";
import { parseSeed } from "./seed/seed";
import { startEmulator, type ServerOptions } from "./server";

const USAGE = `Usage: amplitude-emulator [--port N] [--seed FILE] [--virtual-clock]

Runs a stand-in for Amplitude on 127.0.0.1. The first line of standard output is its address.

  --port N         port to listen on; 0, the default, picks a free one
  --seed FILE      organization to start with (docs/emulator.md); by default a small example
  --virtual-clock  time stands still until POST /_emulator/clock/advance moves it
  --help           this text
`;

/** Reads the arguments. Throws what is wrong with them, or with the seed. */
function optionsOf(argv: readonly string[]): ServerOptions | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: "0" },
      seed: { type: "string" },
      "virtual-clock": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes 0 to 65535, not ${values.port}.`);
  return {
    port,
    ...(values.seed === undefined ? {} : { seed: parseSeed(readFileSync(values.seed, "utf8")) }),
    ...(values["virtual-clock"] ? { clock: "virtual" as const } : {}),
  };
}

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(USAGE);
    return;
  }
  const running = await startEmulator(options);
  process.stdout.write(`${running.url}\n`);
  const stop = (): void => {
    void running.close();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main().catch((error: unknown) => {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof SeedError ? `${said}\n` : `The emulator did not start: ${said}\n`);
  process.exitCode = 1;
});

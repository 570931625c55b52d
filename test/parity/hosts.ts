import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, projectKeysText, type Seed, type State } from "../../src/emulator";
import { parseReceipt } from "../../src/reconcile";
import { Workplace } from "../cli/command-line";
import { Workspace, type Installation } from "../terraform/workspace";
import { liveOf, type Live } from "./live";
import type { Pair, SettingsPair } from "./pair";
import { resourcesOf, seedOf, sliceIn, type Resources } from "./slice";

/** One pair after both hosts ran it. */
export interface Compared {
  readonly pair: Pair | SettingsPair;
  /** Steps that the command line did not do, and why not. */
  readonly refused: readonly string[];
  /** Everything live of the slice, a line each. */
  readonly terraform: readonly string[];
  readonly cli: readonly string[];
}

/**
 * Runs every pair through stock terraform and through the command line, on two emulators with the same seed; the pair of settings is the last of
 * what it answers. Throws where a run fails.
 */
export async function compared(
  pairs: readonly Pair[],
  settings: SettingsPair,
  installation: Installation,
): Promise<Compared[]> {
  const stack = (turn: "before" | "after"): Resources =>
    resourcesOf(
      pairs.map((pair) => pair[turn]),
      settings[turn],
    );
  const run: Run = {
    seed: seedOf(pairs.map(({ found }) => found)),
    stacks: [stack("before"), stack("after")],
  };
  const terraform = (await throughTerraform(run, installation)).map(liveOf);
  const { states, refused } = await throughCommandLine(run);
  const cli = states.map(liveOf);
  const of = (pair: Compared["pair"], slice: number | undefined): Compared => ({
    pair,
    refused: refused.filter((text) => sliceIn(text) === slice),
    terraform: told(terraform, slice),
    cli: told(cli, slice),
  });
  return [...pairs.map((pair, slice) => of(pair, slice)), of(settings, undefined)];
}

/** What is live of a slice, or of what belongs to none, after each of the stacks. */
function told(states: readonly Live[], slice: number | undefined): string[] {
  return states.flatMap((live, turn) =>
    (live.get(slice) ?? []).map((line) => `${turn === 0 ? "before" : "after"}: ${line}`),
  );
}

interface Run {
  readonly seed: Seed;
  /** The first stacks, and the second. */
  readonly stacks: readonly Resources[];
}

async function throughTerraform({ seed, stacks }: Run, installation: Installation): Promise<State[]> {
  const projectKeys = join(installation.folder, "project-keys.json");
  writeFileSync(projectKeys, projectKeysText(createEmulator(seed).state()), { mode: 0o600 });
  const env = { AMPLITUDE_PROJECT_KEYS_FILE: projectKeys };
  const site = await Workspace.open({ installation, seed, env });
  try {
    site.write("");
    const states: State[] = [];
    for (const resource of stacks) {
      site.file("stack.tf.json", JSON.stringify({ resource }, undefined, 1));
      await site.apply();
      states.push(site.emulator.emulator.state());
    }
    return states;
  } finally {
    await site.close();
  }
}

/** Somebody at the terminal opens every guard, by the number that it names. */
const opens = (question: string): string => /Type (\d+) to let it pass/.exec(question)?.[1] ?? "yes";

async function throughCommandLine({
  seed,
  stacks,
}: Run): Promise<{ readonly states: State[]; readonly refused: readonly string[] }> {
  const place = new Workplace();
  try {
    place.write("org.json", createEmulator(seed).state());
    const states: State[] = [];
    for (const [turn, resource] of stacks.entries()) {
      place.write("stack.json", {
        "//": { metadata: { stackName: "acme", version: "0.21.0" } },
        provider: { amplitude: [{ org_id: "7" }] },
        resource,
      });
      const { exitCode, out, err } = await place.run(
        `apply --config stack.json --emulator org.json --evidence receipts-${turn} --keys-out keys-${turn}.jsonl`,
        { answer: opens },
      );
      // 6: a leaver who never was there is to be confirmed.
      const open = exitCode === 6 && out.includes("nobody has the address");
      if (exitCode !== 0 && exitCode !== 3 && !open)
        throw new Error(`The command line ends with ${exitCode}:\n${wrongIn(`${out}\n${err}`)}`);
      states.push(place.state("org.json"));
    }
    const refused = place
      .files()
      .filter((name) => name.startsWith("receipts-"))
      .flatMap((name) => parseReceipt(place.read(name), name).steps)
      .filter(
        ({ outcome, text, said }) =>
          outcome !== "done" &&
          !text.startsWith("nobody has the address") &&
          said !== "other steps of it are still to be done",
      )
      .map(({ text, outcome, said }) => `${text}: ${outcome} (${said ?? ""})`);
    return { states, refused };
  } finally {
    place.remove();
  }
}

/** What of a run's text is not about what went well. */
const wrongIn = (said: string): string =>
  said
    .match(
      /^(?:error:.*| {2}(?:FAILED|not run|waiting|by hand|later|skipped|stopped|left over|clash)\b.*(?:\n {3}.*)?)$/gm,
    )
    ?.join("\n") ?? said;

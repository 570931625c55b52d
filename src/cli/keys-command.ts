import { exitCodeOf } from "../reconcile";
import { keysText } from "../report";
import { openSession, planNow, type SessionOptions, type Surroundings } from "./session";

export interface KeysOptions extends SessionOptions {
  readonly json?: boolean | undefined;
}

/** `keys due`: which keys are to be rotated, and why. Writes nothing to Amplitude. Exit code 2 when one is. */
export async function keysDueCommand(options: KeysOptions, surroundings: Surroundings): Promise<number> {
  const session = await openSession({ ...options, readOnly: true }, surroundings);
  try {
    const { keys } = (await planNow(session)).live;
    const { terminal } = surroundings;
    terminal.result(
      options.json === true ? `${JSON.stringify(keys, undefined, 2)}\n` : keysText(keys, terminal),
    );
    return exitCodeOf(keys.some(({ state }) => state === "lost" || state === "due") ? ["changes"] : []);
  } finally {
    await session.close();
  }
}

import type { Secret } from "../api";
import type { Values } from "../lifecycle";
import { encryptedTo, recipientOf, type Kind, type KeySink } from "../resources";
import { problem, type Diagnostic } from "../schema";

/** Holds the value of a key from the answer that showed it until it is in the state, or encrypted there. */
export class NewSecret implements KeySink {
  #value: Secret | undefined;

  refusal(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  put(_key: unknown, value: Secret): Promise<void> {
    this.#value = value;
    return Promise.resolve();
  }

  /** The state with the value as the configuration wants it: encrypted, by opt-in in plain text, else nowhere. */
  async into(kind: Kind, state: Values): Promise<Values> {
    const value = this.#value;
    const { secret } = kind;
    if (secret === undefined || value === undefined) return state;
    const recipient = state[secret.recipient];
    return {
      ...state,
      ...(state[secret.plainly] === true ? { [secret.value]: value.reveal() } : {}),
      ...(typeof recipient === "string"
        ? { [secret.encrypted]: await encryptedTo(recipientOf(recipient), value.reveal()) }
        : {}),
    };
  }
}

/** Why a value that is seen once would be lost; asked before anything is made. */
export function withoutPlace(kind: Kind, config: Values): readonly Diagnostic[] {
  const { secret } = kind;
  if (secret === undefined) return [];
  const recipient = config[secret.recipient];
  if (recipient === undefined && config[secret.plainly] !== true) {
    return [
      problem(
        "There is nowhere to put its value, which Amplitude shows once",
        `Give ${secret.recipient}, and the state holds ${secret.encrypted}, which only its owner can read; or write ${secret.plainly} = true, ` +
          "and whoever reads the state reads the key. Stores are for the CLI.",
      ),
    ];
  }
  if (typeof recipient !== "string") return [];
  try {
    recipientOf(recipient);
    return [];
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return [
      problem(
        `${secret.recipient} is not a public key that anything can be encrypted to`,
        `${said} Write a JWK (RSA, EC or X25519) as JSON, or a PEM that begins with BEGIN PUBLIC KEY.`,
        { attribute: secret.recipient },
      ),
    ];
  }
}

import type { JWK } from "jose";
import type { Secret } from "../api";
import type { Values } from "../lifecycle";
import type { Kind, KeySink } from "../resources";
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
      ...(typeof recipient === "string" ? { [secret.encrypted]: await encrypted(value, recipient) } : {}),
    };
  }
}

/** Why a value that is seen once would be lost; asked before anything is made. */
export async function withoutPlace(kind: Kind, config: Values): Promise<readonly Diagnostic[]> {
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
    await publicKey(recipient);
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

/** JWE in its compact form (RFC 7516). */
async function encrypted(value: Secret, recipient: string): Promise<string> {
  const { CompactEncrypt } = await import("jose");
  const { key, header } = await publicKey(recipient);
  return new CompactEncrypt(new TextEncoder().encode(value.reveal()))
    .setProtectedHeader({ ...header, enc: "A256GCM" })
    .encrypt(key);
}

async function publicKey(text: string) {
  const { importJWK, importSPKI } = await import("jose");
  if (text.trimStart().startsWith("{")) {
    const jwk = JSON.parse(text) as JWK;
    if (jwk.d !== undefined) throw new Error("It is a private key.");
    const alg = jwk.alg ?? (jwk.kty === "RSA" ? RSA : ELLIPTIC);
    return {
      key: await importJWK(jwk, alg),
      header: { alg, ...(jwk.kid === undefined ? {} : { kid: jwk.kid }) },
    };
  }
  const { createPublicKey } = await import("node:crypto");
  const alg = createPublicKey(text).asymmetricKeyType === "rsa" ? RSA : ELLIPTIC;
  return { key: await importSPKI(text, alg), header: { alg } };
}

const RSA = "RSA-OAEP-256";
const ELLIPTIC = "ECDH-ES+A256KW";

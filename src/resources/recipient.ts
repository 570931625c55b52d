import { createPublicKey, type KeyObject } from "node:crypto";

/** Whom something can be encrypted to, and only they can open it. */
export interface Recipient {
  readonly key: KeyObject;
  readonly alg: (typeof recipientAlgorithms)[number];
  /** What the key's owner calls it, if they do. */
  readonly kid?: string;
}

/** How the content's key is encrypted: https://www.rfc-editor.org/rfc/rfc7518#section-4.1 */
export const recipientAlgorithms = ["RSA-OAEP-256", "ECDH-ES+A256KW"] as const;
/** How the content is. */
export const contentEncryption = "A256GCM";

/**
 * The recipient whom a public key stands for.
 *
 * @param text a JWK (RSA, EC or X25519) as JSON, or one PEM that begins with BEGIN PUBLIC KEY
 * @throws Error that says why nothing can be encrypted to it
 */
export function recipientOf(text: string): Recipient {
  const trimmed = text.trim();
  return trimmed.startsWith("{") ? fromJwk(trimmed) : fromPem(trimmed);
}

/** Text as JWE in its compact form (RFC 7516). `header` is what is said of it in the open. */
export async function encryptedTo(
  recipient: Recipient,
  text: string,
  header: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { CompactEncrypt } = await import("jose");
  const { key, alg, kid } = recipient;
  return await new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ ...(kid === undefined ? {} : { kid }), ...header, alg, enc: contentEncryption })
    .encrypt(key);
}

function fromJwk(text: string): Recipient {
  const jwk = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (Array.isArray(jwk["keys"])) throw new Error("It is a set of keys, and one is needed.");
  if (jwk["d"] !== undefined) throw new Error("It is a private key.");
  const { kid, alg } = jwk;
  const found = recipient(createPublicKey({ key: jwk, format: "jwk" }));
  if (alg !== undefined && alg !== found.alg)
    throw new Error(`It is for ${JSON.stringify(alg)}, and ${found.alg} is what is used.`);
  return { ...found, ...(typeof kid === "string" ? { kid } : {}) };
}

function fromPem(text: string): Recipient {
  const blocks = text.match(/-----BEGIN [^-]+-----/g) ?? [];
  if (blocks.some((block) => block.includes("PRIVATE"))) throw new Error("It is a private key.");
  if (blocks.length > 1) throw new Error(`It holds ${blocks.length} keys, and one is needed.`);
  if (blocks[0] !== "-----BEGIN PUBLIC KEY-----") throw new Error("It is no public key.");
  return recipient(createPublicKey(text));
}

function recipient(key: KeyObject): Recipient {
  return { key, alg: recipientAlgorithm(key) };
}

/** Which of the algorithms goes with a key. Throws Error for keys that only sign. */
export function recipientAlgorithm({ asymmetricKeyType: type }: KeyObject): Recipient["alg"] {
  if (type === "rsa") return "RSA-OAEP-256";
  if (type === "ec" || type === "x25519") return "ECDH-ES+A256KW";
  throw new Error(`It is a key of type ${type ?? "unknown"}, to which nothing can be encrypted.`);
}

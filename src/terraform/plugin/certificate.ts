import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate for one run: nobody but core, which is told of it over a pipe, has to trust it. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  /** Private key, PEM. Never leaves the process. */
  readonly key: string;
}

/*
 * DER by hand (X.690, RFC 5280): a library for it takes longer to load than everything else before the handshake together.
 * What core checks is what Go checks: the name localhost among the alternative names, a start in the past, a positive serial number.
 */

type Bytes = readonly number[];

function element(tag: number, ...parts: readonly Bytes[]): Bytes {
  const body = parts.flat();
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return [tag, ...length, ...body];
}

const sequence = (...parts: readonly Bytes[]): Bytes => element(0x30, ...parts);
const setOf = (...parts: readonly Bytes[]): Bytes => element(0x31, ...parts);
const ascii = (text: string): Bytes => [...Buffer.from(text, "latin1")];
const bits = (value: Bytes, unused = 0): Bytes => element(0x03, [unused], value);

function objectId(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const arcs = rest.flatMap((arc) => {
    const digits = [arc & 127];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 127) | 128);
    return digits;
  });
  return element(0x06, [first * 40 + second, ...arcs]);
}

/** UTCTime, good until 2049. */
const time = (ms: number): Bytes =>
  element(0x17, ascii(`${new Date(ms).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));

const extension = (id: string, critical: boolean, value: Bytes): Bytes =>
  sequence(objectId(id), ...(critical ? [[1, 1, 255]] : []), element(0x04, value));

const HOUR = 60 * 60 * 1000;
const ECDSA_WITH_SHA256 = sequence(objectId("1.2.840.10045.4.3.2"));

/** A self-signed certificate of `localhost` with a new P-256 key. */
export function selfSigned(now: number = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // Positive and minimal.
  const serial = [0x40, ...randomBytes(15)];
  const name = sequence(setOf(sequence(objectId("2.5.4.3"), element(0x0c, ascii("localhost")))));
  const toBeSigned = sequence(
    element(0xa0, element(0x02, [2])),
    element(0x02, serial),
    ECDSA_WITH_SHA256,
    name,
    // Clocks of containers differ.
    sequence(time(now - HOUR), time(now + 30 * 24 * HOUR)),
    name,
    [...publicKey.export({ type: "spki", format: "der" })],
    element(
      0xa3,
      sequence(
        extension("2.5.29.19", true, sequence([1, 1, 255])),
        // Signature, key encipherment, key agreement, certificate signing.
        extension("2.5.29.15", true, bits([0b1010_1100], 2)),
        extension("2.5.29.37", false, sequence(objectId("1.3.6.1.5.5.7.3.1"), objectId("1.3.6.1.5.5.7.3.2"))),
        extension("2.5.29.17", false, sequence(element(0x82, ascii("localhost")))),
      ),
    ),
  );
  const signature = [...sign("sha256", Uint8Array.from(toBeSigned), privateKey)];
  const der = Buffer.from(sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature)));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    der,
    pem: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

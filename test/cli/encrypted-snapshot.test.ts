import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { GeneralEncrypt } from "jose";
import { acmeSeed, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const HOST = { AMPLITUDE_BASE_URL: "http://127.0.0.1" };
const pem = (key: KeyObject): string =>
  key.export({ type: key.type === "private" ? "pkcs8" : "spki", format: "pem" }) as string;
const jwk = (key: KeyObject): string => JSON.stringify(key.export({ format: "jwk" }));

const pairs = {
  RSA: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "P-256": generateKeyPairSync("ec", { namedCurve: "P-256" }),
  X25519: generateKeyPairSync("x25519"),
};
const { publicKey, privateKey } = pairs.X25519;

describe("a snapshot for one key", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"]) }));
    place.write("key.pub", pem(publicKey));
    place.write("key.pem", pem(privateKey));
  });
  afterEach(() => place.remove());

  const snapshot = async (options = "--encrypt key.pub") =>
    await place.run(`snapshot --out org.snapshot --config stack.json --emulator org.json ${options}`);
  const plan = async (env: Readonly<Record<string, string>> = {}, line = "plan") =>
    await place.run(`${line} --config stack.json --live org.snapshot`, { env: { ...HOST, ...env } });

  it.each(Object.entries(pairs))("%s, as PEM and as JWK", async (_name, pair) => {
    for (const [written, key] of [
      [pem(pair.publicKey), pem(pair.privateKey)],
      [jwk(pair.publicKey), jwk(pair.privateKey)],
    ] as const) {
      place.write("key.pub", written);
      expect((await snapshot()).err).toBe("");
      const { out, err, exitCode } = await plan({ AMPLITUDE_ACCESS_SNAPSHOT_KEY: key });
      expect([err, exitCode]).toEqual(["", 0]);
      expect(out).toContain("jo@nova.agency");
    }
  });

  it("holds no name in the open, and no file beside it does", async () => {
    const before = place.files();
    const { out } = await snapshot();
    expect(out).toContain("encrypted to key.pub");
    expect(place.files().filter((name) => !before.includes(name))).toEqual(["org.snapshot"]);
    const parts = place.read("org.snapshot").split(".");
    expect(parts).toHaveLength(5);
    expect(JSON.parse(Buffer.from(parts[0]!, "base64url").toString())).toEqual({
      alg: "ECDH-ES+A256KW",
      enc: "A256GCM",
      cty: "amplitude-access/snapshot",
      kid: expect.any(String) as string,
      epk: expect.objectContaining({ crv: "X25519" }) as object,
    });
    const opened = parts.map((part) => Buffer.from(part, "base64url").toString("latin1")).join();
    expect(opened).not.toMatch(/nova|acme\.com/);
  });

  it("is opened with the key of a file, for drift too", async () => {
    await snapshot();
    const { err, out } = await plan({ AMPLITUDE_ACCESS_SNAPSHOT_KEY_FILE: "key.pem" }, "drift");
    expect(err).toBe("");
    expect(out).toContain("Not applied yet");
  });

  const other = pem(generateKeyPairSync("x25519").privateKey);
  const forSeveral = async (): Promise<string> =>
    JSON.stringify(
      await new GeneralEncrypt(new TextEncoder().encode("{}"))
        .setProtectedHeader({ enc: "A256GCM" })
        .addRecipient(publicKey)
        .setUnprotectedHeader({ alg: "ECDH-ES+A256KW" })
        .addRecipient(pairs["P-256"].publicKey)
        .setUnprotectedHeader({ alg: "ECDH-ES+A256KW" })
        .encrypt(),
    );
  const KEY = "AMPLITUDE_ACCESS_SNAPSHOT_KEY";
  const damaged = (text: string): string => {
    const parts = text.split(".");
    const [content = ""] = parts.slice(3);
    parts[3] = `${content.slice(0, 40)}${content[40] === "A" ? "B" : "A"}${content.slice(41)}`;
    return parts.join(".");
  };

  it.each<[string, (() => unknown) | undefined, Record<string, string>, RegExp]>([
    [
      "no key",
      undefined,
      {},
      /It is encrypted, and there is no key to open it\..* Set AMPLITUDE_ACCESS_SNAPSHOT_KEY/,
    ],
    [
      "another's key",
      undefined,
      { [KEY]: other },
      /encrypted to another key \(\S{43}\) than AMPLITUDE_ACCESS_SNAPSHOT_KEY holds \(\S{43}\)\. Nothing was planned\. Give the private key/,
    ],
    [
      "a key that is none",
      undefined,
      { [KEY]: "hunter2" },
      /Cannot use AMPLITUDE_ACCESS_SNAPSHOT_KEY\. It holds no private key/,
    ],
    ["the public key", undefined, { [KEY]: pem(publicKey) }, /It holds no private key/],
    [
      "a key that only signs",
      undefined,
      { [KEY]: pem(generateKeyPairSync("ed25519").privateKey) },
      /It holds no private key/,
    ],
    ["no file of the key", undefined, { [`${KEY}_FILE`]: "gone.pem" }, /There is no private key .*gone\.pem/],
    [
      "a file that is not encrypted",
      () => snapshot(""),
      { [KEY]: pem(privateKey) },
      /It is not encrypted, and AMPLITUDE_ACCESS_SNAPSHOT_KEY says that it should be.*unset/,
    ],
    [
      "a damaged file",
      () => place.write("org.snapshot", damaged(place.read("org.snapshot"))),
      { [KEY]: pem(privateKey) },
      /It is damaged, or not what snapshot --encrypt wrote \(decryption operation failed\)/,
    ],
    [
      "half a file",
      () => place.write("org.snapshot", place.read("org.snapshot").slice(0, 300)),
      { [KEY]: pem(privateKey) },
      /It is damaged/,
    ],
    [
      "a file for several",
      async () => place.write("org.snapshot", await forSeveral()),
      { [KEY]: pem(privateKey) },
      /for several recipients\. Nothing was planned\. Make it with/,
    ],
  ])("refuses %s", async (_name, spoil, env, message) => {
    await snapshot();
    await spoil?.();
    const { exitCode, out, err } = await plan(env);
    expect(err).toMatch(message);
    expect(err.match(/^error: /gm)).toHaveLength(1);
    expect([exitCode, out]).toEqual([1, ""]);
    expect(err).not.toContain(env[KEY] ?? "no such value");
  });

  it.each<[string, () => string, string, RegExp]>([
    [
      "a private key",
      () => pem(privateKey),
      "--encrypt key.pub",
      /Cannot encrypt a snapshot to .*key\.pub\. It is a private key\. Nothing was read/,
    ],
    [
      "two keys in one file",
      () => pem(publicKey) + pem(createPublicKey(pem(pairs.RSA.privateKey))),
      "--encrypt key.pub",
      /It holds 2 keys, and one is needed/,
    ],
    ["a set of keys", () => `{"keys":[${jwk(publicKey)}]}`, "--encrypt key.pub", /It is a set of keys/],
    ["two recipients", () => pem(publicKey), "--encrypt key.pub --encrypt key.pub", /to 2 recipients/],
    ["what is no key", () => "ssh-ed25519 AAAA", "--encrypt key.pub", /It is no public key/],
    [
      "a key that only signs",
      () => pem(generateKeyPairSync("ed25519").publicKey),
      "--encrypt key.pub",
      /type ed25519, to which nothing can be encrypted/,
    ],
    ["a file that is not there", () => "", "--encrypt gone.pub", /There is no public key .*gone\.pub/],
  ])("is not made for %s", async (_name, text, options, message) => {
    place.write("key.pub", text());
    const { exitCode, err } = await snapshot(options);
    expect(err).toMatch(message);
    expect(exitCode).toBe(1);
    expect(place.files()).not.toContain("org.snapshot");
  });
});

import { compactDecrypt, exportJWK, exportSPKI, generateKeyPair, type KeyLike } from "jose";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization().project("Web").switches({ management: "served" }).seed();

const key = (label: string, rest: string, generation = 1): string => `
resource "amplitude_api_key" "${label}" {
  key_type   = "secret"
  project_id = "501"
  label      = "${label}"
  generation = ${generation}
  ${rest}
}
`;
const BEFORE = "lifecycle {\n    create_before_destroy = true\n  }";

/** Values of keys that a state holds in plain text. */
const plainValues = (state: string): string[] =>
  [...state.matchAll(/"value": "([0-9a-f]{8,})"/g)].map(([, value = ""]) => value);

acceptance("a key's value", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed, attached: true });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("needs a place before the key is made", async () => {
    site.write(key("nowhere", "") + key("nobody", 'recipient_public_key = "not a key"'));
    const { text } = await site.expect(1, "plan");
    expect(text).toContain("There is nowhere to put its value, which Amplitude shows once");
    expect(text).toContain("recipient_public_key is not a public key");
    expect(site.emulator.emulator.state().apiKeys).toEqual([]);
  });

  it("is in the state encrypted for its owner, and in plain text by opt-in only", async () => {
    const rsa = await generateKeyPair("RSA-OAEP-256", { extractable: true });
    const curve = await generateKeyPair("ECDH-ES+A256KW", { extractable: true });
    const pem = await exportSPKI(rsa.publicKey);
    const jwk = JSON.stringify(await exportJWK(curve.publicKey));
    site.write(
      key("pem", `recipient_public_key = <<-EOT\n${pem}\nEOT`) +
        key("jwk", `recipient_public_key = ${JSON.stringify(jwk)}`) +
        key("plain", `value_in_state = true\n  ${BEFORE}`) +
        key("careless", "value_in_state = true"),
    );
    const { stdout, stderr } = await site.apply();
    const state = JSON.parse(site.read("terraform.tfstate")) as {
      resources: { name: string; instances: { attributes: Record<string, string | null> }[] }[];
    };
    const attributes = (name: string) =>
      state.resources.find((resource) => resource.name === name)!.instances[0]!.attributes;
    const opened = async (name: string, privateKey: KeyLike) =>
      Buffer.from(
        (await compactDecrypt(attributes(name)["encrypted_value"]!, privateKey)).plaintext,
      ).toString();
    const values = [await opened("pem", rsa.privateKey), await opened("jwk", curve.privateKey)];
    const plain = attributes("plain")["value"]!;
    expect(new Set([...values, plain]).size).toBe(3);
    expect(plain.length).toBeGreaterThan(10);
    expect(attributes("pem")["value"]).toBeNull();
    for (const value of values) expect(site.read("terraform.tfstate")).not.toContain(value);
    for (const value of [...values, plain]) expect(stdout + stderr).not.toContain(value);
    await site.nothingToDo();
  });

  it("is another one in the next generation, made before the old key goes where the block says so, and after it where not", async () => {
    const first = site.read("terraform.tfstate");
    site.write(
      key("plain", `value_in_state = true\n  ${BEFORE}`, 2) + key("careless", "value_in_state = true", 2),
    );
    await site.apply();
    const acts = site.emulator.emulator
      .state()
      .audit.filter(({ feature }) => feature === "api_key")
      .map(({ action, target }) => `${action} ${target}`);
    const order = (label: string): string[] =>
      acts.filter((act) => act.includes(label)).map((act) => act.split(" ")[0] ?? "");
    expect(order("plain")).toEqual(["create", "create", "delete"]);
    expect(order("careless")).toEqual(["create", "delete", "create"]);
    const kept = site.read("terraform.tfstate");
    for (const old of plainValues(first)) expect(kept).not.toContain(old);
    expect(plainValues(kept)).toHaveLength(2);
  });
});

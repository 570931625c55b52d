import { compactDecrypt, exportJWK, exportSPKI, generateKeyPair, type KeyLike } from "jose";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization().project("Web").switches({ management: "served" }).seed();

const key = (label: string, rest: string): string => `
resource "amplitude_api_key" "${label}" {
  key_type   = "secret"
  project_id = "501"
  label      = "${label}"
  generation = 1
  ${rest}
}
`;

acceptance("a key's value", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("needs a place before the key is made", async () => {
    site.write(key("nowhere", ""));
    const { text } = await site.expect(1, "plan");
    expect(text).toContain("There is nowhere to put its value, which Amplitude shows once");
    site.write(key("nobody", 'recipient_public_key = "not a key"'));
    expect((await site.expect(1, "plan")).text).toContain("recipient_public_key is not a public key");
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
        key("plain", "value_in_state = true"),
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
});

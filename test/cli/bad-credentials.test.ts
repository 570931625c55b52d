import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

describe("credentials that cannot be used", () => {
  let place: Workplace;
  let running: RunningEmulator;
  beforeAll(async () => {
    running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
  });
  afterAll(() => running.close());
  beforeEach(() => {
    place = new Workplace();
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency"]) }));
  });
  afterEach(() => {
    expect(running.emulator.state().audit).toEqual([]);
    expect(place.files()).toEqual(["stack.json"]);
    place.remove();
  });

  /** An apply that must end with one problem or more, before it shows anything. */
  async function refused(env: Readonly<Record<string, string | undefined>>): Promise<string> {
    const { exitCode, out, err } = await place.run("apply --yes --config stack.json", { env });
    expect(out).toBe("");
    expect(err).toMatch(/^error: /);
    expect(err).not.toMatch(/\n +at /);
    expect(exitCode).toBe(1);
    return err;
  }
  const withEnvironment = (changes: Readonly<Record<string, string | undefined>>): Promise<string> =>
    refused({ ...environment(running.url), ...changes });

  it("none at all", async () => {
    const err = await refused({});
    for (const name of [
      "AMPLITUDE_SCIM_KEY",
      "AMPLITUDE_ORG_API_KEY",
      "AMPLITUDE_ORG_SECRET_KEY",
      "AMPLITUDE_TOKEN",
    ])
      expect(err).toContain(name);
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      "a wrong SCIM key",
      { AMPLITUDE_SCIM_KEY: "scim-us-wrong" },
      /GET \/scim\/1\/Users: 127\.0\.0\.1:\d+ answered 401: .*AMPLITUDE_SCIM_KEY was not accepted.*regenerated/,
    ],
    [
      "a SCIM key of the other region",
      { AMPLITUDE_SCIM_KEY: "scim-eu-4d1f9be2" },
      /answered 401: .*EU region.*of the region us/,
    ],
    [
      "a wrong token",
      { AMPLITUDE_TOKEN: "token-us-wrong" },
      /answered 401.*AMPLITUDE_TOKEN was not accepted/,
    ],
    [
      "half a pair",
      { AMPLITUDE_ORG_SECRET_KEY: "" },
      /AMPLITUDE_ORG_SECRET_KEY is not set, but AMPLITUDE_ORG_API_KEY is/,
    ],
    [
      "a key with a line break in it",
      { AMPLITUDE_SCIM_KEY: "scim-us\n4d1f" },
      /AMPLITUDE_SCIM_KEY holds characters that no key has/,
    ],
    [
      "another region in the environment",
      { AMPLITUDE_REGION: "eu" },
      /AMPLITUDE_REGION is eu, but the stack says region = us/,
    ],
    [
      "another organization in the environment",
      { AMPLITUDE_ORG_ID: "777" },
      /AMPLITUDE_ORG_ID is 777, but the stack says org_id = 36958/,
    ],
    [
      "a host that is neither Amplitude's nor here",
      { AMPLITUDE_BASE_URL: "https://evil.example", AMPLITUDE_EMULATOR_CLOCK: "" },
      /AMPLITUDE_BASE_URL names evil\.example.*AMPLITUDE_ALLOWED_HOSTS/,
    ],
    [
      "a host without https",
      { AMPLITUDE_BASE_URL: "http://core.amplitude.com", AMPLITUDE_EMULATOR_CLOCK: "" },
      /only https may carry credentials/,
    ],
    [
      "Amplitude's host of the other region",
      { AMPLITUDE_BASE_URL: "https://core.eu.amplitude.com", AMPLITUDE_EMULATOR_CLOCK: "" },
      /a host of the region eu, but the stack says us/,
    ],
    [
      "an address that is none",
      { AMPLITUDE_BASE_URL: "amplitude", AMPLITUDE_EMULATOR_CLOCK: "" },
      /AMPLITUDE_BASE_URL is not a URL/,
    ],
    [
      "nobody at the address",
      { AMPLITUDE_BASE_URL: "http://127.0.0.1:9", AMPLITUDE_EMULATOR_CLOCK: "" },
      /GET \/\S+: 127\.0\.0\.1:9 could not be reached \(ECONNREFUSED\).*Check the network/,
    ],
    [
      "an emulator's clock where there is none",
      { AMPLITUDE_BASE_URL: "https://core.amplitude.com" },
      /AMPLITUDE_EMULATOR_CLOCK is set, but .*not on loopback/,
    ],
  ])("%s", async (_, changes, wording) => {
    expect(await withEnvironment(changes)).toMatch(wording);
  });

  it("are told in whole sentences, though what the other side said ends with a point of its own", async () => {
    expect(await withEnvironment({ AMPLITUDE_SCIM_KEY: "scim-us-wrong" })).not.toContain("..");
  });

  it("the stack is of another organization than the keys", async () => {
    place.write("stack.json", stackFile({ provider: { ...acmeProvider, org_id: "777" }, resource: nova() }));
    const err = await withEnvironment({});
    expect(err).toMatch(/36958.*777/);
    expect(err).toMatch(/org_id/);
  });

  it("the stack is of another organization than the key pair, and there is no token", async () => {
    place.write("stack.json", stackFile({ provider: { ...acmeProvider, org_id: "777" }, resource: nova() }));
    expect(await withEnvironment({ AMPLITUDE_TOKEN: "" })).toMatch(
      /answered 40\d.*AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY belong to another organization than 777.*correct org_id/,
    );
  });

  it("a stack that names credentials which are not listed", async () => {
    place.write(
      "stack.json",
      stackFile({ provider: { ...acmeProvider, credentials: "ACME" }, resource: nova() }),
    );
    expect(await withEnvironment({ AMPLITUDE_CREDENTIALS: "OTHER" })).toMatch(
      /credentials = "ACME" is not listed in AMPLITUDE_CREDENTIALS/,
    );
    expect(await withEnvironment({})).toContain("AMPLITUDE_ACME_SCIM_KEY");
  });

  it.each(["--read-only", "AMPLITUDE_ACCESS_READ_ONLY"])(
    "an apply under %s writes nothing",
    async (barrier) => {
      const env = { ...environment(running.url), ...(barrier.startsWith("--") ? {} : { [barrier]: "1" }) };
      const line = `apply --yes --config stack.json --base base.json ${barrier.startsWith("--") ? barrier : ""}`;
      const { exitCode, out, err } = await place.run(line, { env });
      expect(out + err).toMatch(/was not sent: this run is read-only/);
      expect(exitCode).toBe(1);
      for (const file of place.files().filter((name) => name !== "stack.json")) {
        expect(JSON.parse(place.read(file))).not.toHaveProperty(
          ["entries", "acme/amplitude_group.nova", "complete"],
          true,
        );
      }
      place.remove();
      place = new Workplace();
      place.write("stack.json", stackFile({}));
    },
  );
});

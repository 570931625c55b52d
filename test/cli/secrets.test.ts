import { readFileSync } from "node:fs";
import { startEmulator } from "../../src/emulator";
import { acmeSeed, at, credentials, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

/** Every way in which a value is sent, and so could be shown. */
function spellings(value: string): string[] {
  const base64 = Buffer.from(value).toString("base64");
  return [value, encodeURIComponent(value), base64, base64.replace(/=+$/, "")];
}

const { scimKey, orgApiKey, orgSecretKey, token } = credentials;
const secret = [scimKey, orgApiKey, orgSecretKey, token, `${orgApiKey}:${orgSecretKey}`].flatMap(spellings);

it("no output and no file of a whole run holds a credential", async () => {
  const place = new Workplace();
  const running = await startEmulator({ seed: acmeSeed, clock: "virtual" });
  const env = environment(running.url);
  const printed: string[] = [];
  const run = async (line: string, changes: Readonly<Record<string, string>> = {}): Promise<number> => {
    const { exitCode, out, err } = await place.run(`${line} --config stack.json --base base.json`, {
      env: { ...env, ...changes },
    });
    printed.push(out, err);
    return exitCode;
  };
  const control = async (route: string, body: object): Promise<void> => {
    const response = await fetch(`${running.url}/_emulator/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  };
  try {
    place.write(
      "stack.json",
      stackFile({
        resource: {
          ...nova(["ana@nova.agency", "jo@nova.agency"], "Manager"),
          amplitude_user: { ben: at("acme/ben/Resource", { email: "ben@acme.com" }) },
        },
      }),
    );
    expect(await run("plan --out plan.json")).toBe(0);
    expect(await run("plan --json")).toBe(0);
    expect(await run("snapshot --out live.snapshot")).toBe(0);
    // The other side repeats in its error what it was sent.
    const echo = {
      detail: `${scimKey} ${orgApiKey}:${orgSecretKey} Bearer ${token} ${btoa(`${orgApiKey}:${orgSecretKey}`)}`,
    };
    await control("faults", {
      match: { method: "POST", path: "/scim/1/Users" },
      fault: { type: "status", status: 403, body: echo },
    });
    expect(await run("apply plan.json")).toBe(1);
    expect(await run("apply --yes")).toBe(0);
    await control("ui", {
      actor: "priya@acme.com",
      change: { type: "add_member", group: "agency-nova", email: "mia@acme.com" },
    });
    expect(await run("drift")).toBe(2);
    expect(await run("drift --json")).toBe(2);
    // A key where another one belongs, half a key, two keys in one variable.
    const wrong: Readonly<Record<string, string>>[] = [
      { AMPLITUDE_SCIM_KEY: orgSecretKey },
      { AMPLITUDE_TOKEN: scimKey },
      { AMPLITUDE_ORG_API_KEY: `${orgApiKey}:${orgSecretKey}` },
      { AMPLITUDE_ORG_SECRET_KEY: "" },
      { AMPLITUDE_SCIM_KEY: `${scimKey} ` + "\u00e9" },
      { AMPLITUDE_BASE_URL: `https://${scimKey}@core.amplitude.com` },
      { AMPLITUDE_REGION: "eu" },
    ];
    const codes: number[] = [];
    for (const changes of wrong) codes.push(await run("plan", changes));
    // A family that its credentials do not open fails alone.
    expect(codes).toEqual([1, 0, 1, 1, 1, 1, 1]);
  } finally {
    await running.close();
  }
  const files = place.files();
  expect(files).toEqual(["base.json", "live.snapshot", "plan.json", "stack.json"]);
  const texts = [...printed, ...files.map((name) => readFileSync(place.path(name), "utf8"))];
  expect(texts.join("").length).toBeGreaterThan(10_000);
  for (const text of texts) for (const value of secret) expect(text).not.toContain(value);
  // The run did say which credentials it meant.
  expect(printed.join("")).toContain("[AMPLITUDE_SCIM_KEY]");
  place.remove();
});

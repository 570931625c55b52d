import { chmodSync } from "node:fs";
import { startEmulator } from "../../src/emulator";
import { acmeSeed, at, environment, stackFile } from "./acme";
import { Workplace } from "./command-line";

const pair = { api_key: "sesame-api-4471", secret_key: "sesame-secret-9920" };
const secrets = [...Object.values(pair), `${pair.api_key}:${pair.secret_key}`].flatMap((text) => [
  text,
  Buffer.from(text).toString("base64").replace(/=+$/, ""),
]);
const declared = (project: string, type: string, name: string) =>
  at(`acme/${name}/Resource`, {
    project_id: `\${data.amplitude_project.${project}.id}`,
    property_type: type,
    name,
    hidden: true,
  });
const stack = stackFile({
  resource: {
    amplitude_property_visibility: {
      email: declared("production", "user", "email"),
      revenue: declared("reporting", "event", "Revenue"),
    },
  },
});

it("a file of project keys hides what it reaches, leaves the rest to people, shows nothing, and must be its owner's alone", async () => {
  const place = new Workplace();
  const running = await startEmulator({
    seed: {
      ...acmeSeed,
      projects: [
        {
          id: 288501,
          name: "Client Production",
          keys: { apiKey: pair.api_key, secretKey: pair.secret_key },
        },
        { id: 288503, name: "Client Reporting" },
      ],
      properties: [
        { project: 288501, type: "user", name: "gp:email" },
        { project: 288503, type: "event", name: "Revenue" },
      ],
    },
    clock: "virtual",
  });
  place.write("stack.json", stack);
  place.write("keys.json", { 288501: pair });
  chmodSync(place.path("keys.json"), 0o600);
  const env = { ...environment(running.url), AMPLITUDE_PROJECT_KEYS_FILE: place.path("keys.json") };
  const printed: string[] = [];
  const run = async (line: string, more: Readonly<Record<string, string>> = {}) => {
    const result = await place.run(`${line} --config stack.json`, { env: { ...env, ...more } });
    printed.push(result.out, result.err);
    return result;
  };
  try {
    const plan = await run("plan");
    expect(plan.out).toContain("user property email on Client Production: shown → hidden");
    expect(plan.out).toContain("event property Revenue on Client Reporting: hidden");
    expect((await run("apply --yes")).exitCode).toBe(6);
    expect(running.emulator.state().properties.map(({ hidden }) => hidden)).toEqual([true, false]);
    await run("drift");
    await run("snapshot --out live.snapshot");
    const fromFile = await place.run("plan --config stack.json --live live.snapshot", {
      env: { AMPLITUDE_BASE_URL: running.url },
    });
    expect(fromFile.out).toContain("event property Revenue on Client Reporting: hidden");
    expect(fromFile.out).not.toContain("user property email");

    // Amplitude repeats in its answer what it was sent.
    const echo = { errors: [{ message: Object.values(pair).join(" ") }] };
    await fetch(`${running.url}/_emulator/faults`, {
      method: "POST",
      body: JSON.stringify({
        match: { path: "/api/2/taxonomy/*" },
        fault: { type: "status", status: 401, body: echo },
      }),
    });
    const refused = await run("plan");
    expect(refused.out).toContain("[AMPLITUDE_PROJECT_KEYS_FILE: api_key of project 288501]");

    chmodSync(place.path("keys.json"), 0o644);
    const open = await run("plan");
    expect([open.exitCode, open.out]).toEqual([1, ""]);
    expect(open.err).toContain(
      `error: AMPLITUDE_PROJECT_KEYS_FILE names ${place.path("keys.json")}, but others on this machine can reach it (mode 0644).`,
    );
    for (const file of place.files()) if (file !== "keys.json") printed.push(place.read(file));
    for (const secret of secrets) expect(printed.join("\n").includes(secret)).toBe(false);
  } finally {
    await running.close();
    place.remove();
  }
});

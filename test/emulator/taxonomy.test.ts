import { createEmulator, type Seed } from "../../src/emulator/index";

const seed: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme" },
  clock: "2026-11-23T09:00:00Z",
  projects: [
    { id: 501, name: "Web" },
    { id: 502, name: "App", keys: { apiKey: "a", secretKey: "b" } },
  ],
  properties: [
    { project: 501, type: "user", name: "gp:email" },
    { project: 501, type: "user", name: "gp:phone", status: "unexpected" },
    { project: 501, type: "event", name: "gp:email" },
    { project: 502, type: "user", name: "gp:email" },
  ],
};

function client(switches: Seed["switches"] = {}) {
  const emulator = createEmulator({ ...seed, switches });
  const send = (
    method: string,
    path: string,
    form?: Record<string, string>,
    keys = "project-us-501:project-secret-us-501",
  ) =>
    emulator.fetch(
      new Request(`https://amplitude.com${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa(keys)}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
      }),
    );
  const advance = (seconds: number) =>
    emulator.fetch(
      new Request("http://127.0.0.1/_emulator/clock/advance", {
        method: "POST",
        body: JSON.stringify({ seconds }),
      }),
    );
  return { emulator, send, advance };
}
const user = "/api/2/taxonomy/user-property";
const email = `${user}/gp%3Aemail`;

it("keeps projects and types apart", async () => {
  const { send, emulator } = client();
  expect((await send("PUT", email, { is_hidden: "true" })).status).toBe(200);
  expect(emulator.state().properties.map(({ hidden }) => hidden)).toEqual([true, false, false, false]);
  expect((await send("PUT", email, { is_hidden: "true" }, "a:b")).status).toBe(200);
  expect(emulator.state().properties.map(({ hidden }) => hidden)).toEqual([true, false, false, true]);
});

it("writes a line of the audit log in the name of the project's key, and none for what is so already", async () => {
  const { send, emulator } = client();
  for (let n = 0; n < 2; n++) await send("PUT", email, { is_hidden: "true", classifications: "PII" });
  expect(emulator.state().audit).toMatchObject([
    { actor: "Project API key", feature: "property", action: "update", target: "gp:email", projectId: 501 },
  ]);
});

it.each([
  ["is_hidden", { is_hidden: "yes" }],
  ["a classification that is none", { classifications: "SECRET" }],
  ["a classification twice", { classifications: "PII,PII" }],
])("refuses %s", async (_name, form) => {
  const { send, emulator } = client();
  const before = emulator.state();
  expect((await send("PUT", email, form)).status).toBe(400);
  expect(emulator.state()).toEqual(before);
});

it("takes an empty text for no classification", async () => {
  const { send, emulator } = client();
  await send("PUT", email, { classifications: "PII,REVENUE" });
  await send("PUT", email, { classifications: "" });
  expect(emulator.state().properties[0]!.classifications).toEqual([]);
});

it.each([
  [true, ["gp:email", "gp:phone"]],
  [false, ["gp:email"]],
])("lists what is outside of the tracking plan: %s", async (listed, names) => {
  const { send } = client({ "taxonomy-lists-unexpected": listed });
  const { data } = (await (await send("GET", user)).json()) as { data: { user_property: string }[] };
  expect(data.map((row) => row.user_property)).toEqual(names);
});

it("tells a key of the other region", async () => {
  const answer = await client().send("GET", user, undefined, "project-eu-501:project-secret-eu-501");
  expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining("EU region")]);
});

describe("limits of cost, per project", () => {
  it("4 at the same time", async () => {
    const { send } = client();
    const writes = await Promise.all([1, 2, 3].map(() => send("PUT", email, { is_hidden: "true" })));
    expect(writes.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    expect((await send("GET", user)).status).toBe(200);
  });

  it("so much an hour, then one has to wait until the first is an hour ago", async () => {
    const { send, advance } = client({ "taxonomy-cost-per-hour": 5 });
    const statuses = [];
    for (const method of ["PUT", "PUT", "GET", "GET"]) {
      const answer = await send(
        method,
        method === "GET" ? user : email,
        method === "GET" ? undefined : { is_hidden: "true" },
      );
      statuses.push([answer.status, answer.headers.get("retry-after")]);
      await advance(600);
    }
    expect(statuses).toEqual([
      [200, null],
      [200, null],
      [200, null],
      [429, "1800"],
    ]);
    expect((await send("GET", user, undefined, "a:b")).status).toBe(200);
    await advance(1200);
    expect((await send("GET", user)).status).toBe(200);
  });
});

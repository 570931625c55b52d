import { inspect } from "node:util";

import { Secret } from "../../src/api/secret";
import { connected, failureOf, lost, type OtherSide, withManagement } from "./connected";

const value = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
const made = {
  id: "k1",
  type: "project",
  project_id: 288501,
  label: "warehouse",
  created_at: "2026-11-23T12:00:00Z",
  last_four: "b1a0",
  value,
};

const create = (otherSide: OtherSide) => {
  const { api, received, waits } = connected(otherSide, { env: withManagement });
  return {
    made: api.createApiKey({ type: "project", projectId: "288501", label: "warehouse" }),
    received,
    waits,
  };
};

const shownOf = (thing: unknown): string =>
  [
    inspect(thing, { depth: 12, showHidden: true, getters: true }),
    JSON.stringify(thing),
    thing instanceof Error ? `${thing.message} ${String(thing.stack)}` : "",
  ].join("\n");

describe("a new API key", () => {
  it("comes with its value, which only whoever asks for it sees", async () => {
    const { made: key, received } = create(() => Response.json(made, { status: 201 }));
    const result = await key;
    expect(result.record).toEqual({
      id: "k1",
      type: "project",
      projectId: "288501",
      label: "warehouse",
      createdAt: "2026-11-23T12:00:00.000Z",
    });
    expect(result.value).toBeInstanceOf(Secret);
    expect(result.value.reveal()).toBe(value);
    expect(`${String(result.value)} ${shownOf(result)}`).not.toContain(value);
    expect(shownOf(result)).toContain("[value of the API key k1]");
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: "POST",
      path: "/api/2/organizations/36958/api-keys",
      query: {},
      body: { type: "project", project_id: 288501, label: "warehouse" },
    });
  });

  it("of the organization names no project", async () => {
    const { api, received } = connected(
      () => Response.json({ ...made, type: "organization", project_id: null }, { status: 201 }),
      { env: withManagement },
    );
    const { record } = await api.createApiKey({ type: "organization", label: "warehouse" });
    expect(record).not.toHaveProperty("projectId");
    expect(received[0]!.body).toEqual({ type: "organization", label: "warehouse" });
  });

  it("is asked for again only when it is too early", async () => {
    const { made: key, received } = create((_, n) =>
      n === 1
        ? Response.json({ retry_after_seconds: 1, value }, { status: 429 })
        : Response.json(made, { status: 201 }),
    );
    expect((await key).value.reveal()).toBe(value);
    expect(received).toHaveLength(2);
  });

  it.each<[string, OtherSide, object]>([
    ["a refusal", () => Response.json({ detail: "exists" }, { status: 409 }), { happened: "no" }],
    [
      "a refusal that repeats it",
      () => Response.json({ detail: `exists: ${value}`, value }, { status: 409 }),
      { happened: "no", said: "management.acme.com answered 409: exists: [value of the API key]" },
    ],
    [
      "a refusal in no known words",
      () => new Response(`key=${value}`, { status: 400 }),
      { happened: "no", said: "management.acme.com answered 400" },
    ],
    ["a failure that tells it", () => Response.json(made, { status: 500 }), { happened: "maybe" }],
    [
      "a failure that tells it in words",
      () => Response.json({ detail: `made ${value}` }, { status: 503 }),
      { happened: "maybe", said: "management.acme.com answered 503" },
    ],
    ["a time-out that tells it", () => new Response(value, { status: 408 }), { happened: "maybe" }],
    [
      "a redirect that tells it",
      () => new Response(null, { status: 303, headers: { location: `/keys?value=${value}` } }),
      { happened: "maybe" },
    ],
    [
      "a request id that tells it",
      () => Response.json(made, { status: 500, headers: { "x-request-id": value } }),
      { happened: "maybe", requestId: "[value of the API key]" },
    ],
    ["text", () => new Response(`the key is ${value}`, { status: 201 }), { happened: "maybe" }],
    ["an envelope", () => Response.json({ data: made }, { status: 201 }), { happened: "maybe" }],
    [
      "a record that is not whole",
      () => Response.json({ ...made, created_at: value }, { status: 201 }),
      { happened: "maybe", said: expect.stringContaining("created_at") as unknown },
    ],
    [
      "its value in pieces",
      () => Response.json({ ...made, value: [value] }, { status: 201 }),
      { happened: "maybe", said: expect.stringContaining("its value is lost") as unknown },
    ],
    [
      "no value",
      () => Response.json({ ...made, value: undefined }, { status: 201 }),
      {
        happened: "maybe",
        said: expect.stringContaining("delete that key before another is made") as unknown,
      },
    ],
    [
      "a lost connection",
      () => {
        throw lost("ECONNRESET");
      },
      { happened: "maybe" },
    ],
  ])("is in nothing that is shown, and is not asked for twice: %s", async (_, otherSide, facts) => {
    const { made: key, received, waits } = create(otherSide);
    const failure = await failureOf(key);
    expect(failure).toMatchObject({ family: "management", ...facts });
    expect(`${shownOf(failure)} ${waits.join()}`).not.toContain(value);
    expect(received).toHaveLength(1);
  });
});

describe("the list of keys", () => {
  it.each<[string, OtherSide]>([
    ["rows", () => Response.json({ data: [made], next_cursor: null })],
    ["a failure", () => Response.json({ data: [made] }, { status: 500 })],
    ["a list that is not whole", () => Response.json({ data: [made, made], next_cursor: null })],
    ["a row without a label", () => Response.json({ data: [{ ...made, label: null }], next_cursor: null })],
  ])("never shows a value that the other side shows: %s", async (_, otherSide) => {
    const { api, waits } = connected(otherSide, { env: withManagement });
    const outcome: unknown = await api.apiKeys().catch((error: unknown) => error);
    expect(`${shownOf(outcome)} ${waits.join()}`).not.toContain(value);
  });
});

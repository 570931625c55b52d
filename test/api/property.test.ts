import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { costLimitOf } from "../../src/api/cost-limit";
import { givenClock } from "../../src/api/clock";
import { readCredentials } from "../../src/api/credentials";
import { readPrivateText } from "../../src/api/project-keys";
import type { PropertyPlace } from "../../src/api/property";
import { connected, everyCredential, everyFamily, failureOf, noon, projectKeys } from "./connected";

const user: PropertyPlace = { projectId: "288501", type: "user" };
const list = (...rows: object[]) => Response.json({ success: true, data: rows });
const property = (name: string, more: object = {}) => ({ user_property: name, is_hidden: false, ...more });

describe("the way to properties", () => {
  it.each<[string, PropertyPlace, Record<string, string>, boolean]>([
    ["a project whose key pair is known", user, everyFamily, true],
    ["its events", { ...user, type: "event" }, everyFamily, true],
    ["another project, over the token", { projectId: "288502", type: "user" }, everyFamily, true],
    [
      "its events, which a token lists event by event",
      { projectId: "288502", type: "event" },
      everyFamily,
      false,
    ],
    ["its groups", { projectId: "288502", type: "group" }, everyFamily, false],
    ["users without pair and token", user, { AMPLITUDE_SCIM_KEY: "scim-key-value" }, false],
  ])("%s", (_name, place, env, served) => {
    expect(connected(() => list(), { env }).api.servesProperties(place)).toBe(served);
  });

  it("says what is missing where there is none, and sends nothing", async () => {
    const { api, received } = connected(() => list(), { env: everyFamily });
    const failure = await failureOf(api.properties({ projectId: "288502", type: "event" }));
    expect(failure.message).toContain("a key pair of project 288502 in AMPLITUDE_PROJECT_KEYS_FILE");
    expect(received).toEqual([]);
  });

  it("carries the pair of the project that is asked for", async () => {
    const { api, received } = connected(() => list(property("email")), { env: everyFamily });
    await api.properties(user);
    const { api_key, secret_key } = projectKeys[288501];
    expect(received[0]!.host).toBe("amplitude.com");
    expect(received[0]!.headers.get("authorization")).toBe(`Basic ${btoa(`${api_key}:${secret_key}`)}`);
  });

  it("gives every write over the token a key of its own", async () => {
    const { api, received } = connected(() => Response.json({ data: {} }), { env: everyFamily });
    for (const hidden of [true, false, true])
      await api.updateProperty({ projectId: "288502", type: "user" }, "gp:email", { hidden });
    const keys = received.map(({ headers }) => headers.get("idempotency-key") ?? "");
    expect(new Set(keys).size).toBe(3);
    for (const key of keys) expect(key).toMatch(/^.{8,255}$/);
  });

  it("sends the same key again when the answer was a failure", async () => {
    const { api, received } = connected(
      (_, n) => (n === 1 ? new Response(null, { status: 503 }) : Response.json({ data: {} })),
      { env: everyFamily },
    );
    await api.updateProperty({ projectId: "288502", type: "user" }, "gp:email", { hidden: true });
    expect(new Set(received.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1);
    expect(received).toHaveLength(2);
  });

  it("takes 200 with success false for the refusal that it is", async () => {
    const said = { success: false, errors: [{ message: "not in schema" }] };
    const { api } = connected(() => Response.json(said), { env: everyFamily });
    const failure = await failureOf(api.updateProperty(user, "gp:email", { hidden: true }));
    expect(failure.message).toContain("answered 200, but not in the documented shape: success");
  });

  it.each([
    ["no data", { success: true }],
    [
      "a property that does not say whether it is hidden",
      { success: true, data: [{ user_property: "email" }] },
    ],
  ])("takes a list with %s for none", async (_name, body) => {
    const { api } = connected(() => Response.json(body), { env: everyFamily });
    expect(await failureOf(api.properties(user))).toMatchObject({ family: "taxonomy", status: 200 });
  });

  it("throws for a list that names a property twice, twice", async () => {
    const { api, received } = connected(() => list(property("a"), property("a")), { env: everyFamily });
    expect((await failureOf(api.properties(user))).message).toContain("a came twice");
    expect(received).toHaveLength(2);
  });

  it("sends nothing where nothing is to change, and nothing at all where it may only read", async () => {
    const { api, received } = connected(() => list(), { env: everyFamily, readOnly: true });
    await api.updateProperty(user, "email", {});
    const failure = await failureOf(api.updateProperty(user, "email", { hidden: true }));
    expect(failure.message).toContain("was not sent");
    expect(received).toEqual([]);
  });
});

describe("costs of a project's key pair", () => {
  const limits = () => {
    const slept: number[] = [];
    let now = noon;
    const clock = givenClock(
      () => now,
      (ms) => {
        slept.push(ms);
        now += ms;
        return Promise.resolve();
      },
    );
    return { slept, limit: costLimitOf(clock, () => undefined) };
  };
  const read = { family: "taxonomy", method: "GET", project: "1" } as const;
  const write = { ...read, method: "PUT" } as const;

  it.each([
    ["4 reads", Array<typeof read>(6).fill(read), 4],
    ["2 writes", Array<typeof write>(6).fill(write), 2],
    ["one write and 2 reads", [write, read, read, read], 3],
  ])("lets at most %s run at the same time", async (_name, calls, most) => {
    const { limit } = limits();
    let running = 0;
    let highest = 0;
    const sent = calls.map((call) =>
      limit.within(call, async () => {
        highest = Math.max(highest, ++running);
        await new Promise(setImmediate);
        running -= 1;
      }),
    );
    await Promise.all(sent);
    expect(highest).toBe(most);
  });

  it("waits for the hour to end once 7200 are spent, of that project alone", async () => {
    const { limit, slept } = limits();
    for (let n = 0; n < 3600; n++) await limit.within(write, () => Promise.resolve());
    expect(slept).toEqual([]);
    await limit.within({ ...read, project: "2" }, () => Promise.resolve());
    expect(slept).toEqual([]);
    await limit.within(read, () => Promise.resolve());
    expect(slept).toEqual([3_600_000]);
  });

  it("goes on after a request that failed", async () => {
    const { limit } = limits();
    for (let n = 0; n < 5; n++)
      await expect(limit.within(write, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(limit.within(write, () => Promise.resolve("sent"))).resolves.toBe("sent");
  });

  it("counts a repetition too", async () => {
    const { api, received, slept } = connected(
      (_, n) => (n === 1 ? new Response(null, { status: 429 }) : list()),
      { env: everyFamily },
    );
    await api.properties(user);
    expect([received.length, slept.length]).toEqual([2, 1]);
  });
});

describe("the file of project keys", () => {
  const env = { ...everyCredential, AMPLITUDE_PROJECT_KEYS_FILE: "keys.json" };
  const selection = { orgId: 36958, region: "us" } as const;
  const problemsOf = (text: string): readonly string[] => {
    const result = readCredentials(env, selection, () => ({ text }));
    return "problems" in result ? result.problems : [];
  };

  it.each<[string, string, RegExp]>([
    ["no JSON", "sesame-key", /is not JSON\. Write/],
    ["a list", "[]", /the file is not as it must be/],
    [
      "a name instead of an id",
      '{"Web": {"api_key": "sesame-a", "secret_key": "sesame-b"}}',
      /Web .*is not a project id|Web/,
    ],
    ["half a pair", '{"501": {"api_key": "sesame-a"}}', /501\.secret_key is not as it must be/],
    [
      "a field too many",
      '{"501": {"api_key": "sesame-a", "secret_key": "sesame-b", "x": 1}}',
      /501 .*unknown field x/,
    ],
    [
      "a pair in one",
      '{"501": {"api_key": "sesame-a:sesame-b", "secret_key": "sesame-b"}}',
      /501\.api_key .*colon/,
    ],
    ["a blank", '{"501": {"api_key": "sesame a", "secret_key": "sesame-b"}}', /501\.api_key .*no key has/],
  ])("with %s is refused, and not quoted", (_name, text, said) => {
    const problems = problemsOf(text);
    expect(problems).toEqual([expect.stringMatching(said)]);
    expect(problems.join()).toMatch(/^AMPLITUDE_PROJECT_KEYS_FILE names keys\.json, but /);
    expect(problems.join()).not.toContain("sesame");
  });

  it("opens the family, and prints no key", () => {
    const text = '{"501": {"api_key": "sesame-a", "secret_key": "sesame-b"}}';
    const result = readCredentials(env, selection, () => ({ text }));
    if ("problems" in result) throw new Error(result.problems.join());
    expect([...result.access.families]).toContain("taxonomy");
    expect(
      inspect(result, { depth: 10 }) + JSON.stringify([...result.access.values.projectKeys]),
    ).not.toContain("sesame");
  });

  it("without a project in it opens nothing", () => {
    const result = readCredentials(env, selection, () => ({ text: "{}" }));
    expect("access" in result && result.access.families.has("taxonomy")).toBe(false);
  });

  describe("on disk", () => {
    const folder = mkdtempSync(join(tmpdir(), "amplitude-keys-"));
    const file = join(folder, "keys.json");
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each([
      [0o600, true],
      [0o400, true],
      [0o644, false],
      [0o640, false],
      [0o602, false],
    ])("with mode %o", (mode, used) => {
      writeFileSync(file, "{}");
      chmodSync(file, mode);
      const result = readPrivateText(file);
      if (used) expect(result).toEqual({ text: "{}" });
      else expect(result).toEqual({ problem: expect.stringMatching(/mode 06\d\d\).*chmod 600/) as unknown });
    });

    it("that is not there", () => {
      expect(readPrivateText(join(folder, "none"))).toEqual({
        problem: "it cannot be read (ENOENT). Correct the path, or unset the variable.",
      });
    });
  });
});

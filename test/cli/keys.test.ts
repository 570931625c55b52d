import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import type { Seed } from "../../src/emulator";
import { acmeSeed, at, credentials, stackFile } from "./acme";
import { Workplace, type Printed } from "./command-line";

const seed: Seed = { ...acmeSeed, switches: { management: "served" } };
const RUN = "--config stack.json --emulator org.json";
/** As the emulator makes it for its first key; nothing but a sink may hold it. */
const HEX = /\b[0-9a-f]{32}\b/g;

const key = (generation: number, more: object = {}): object =>
  at("acme/nova-sync/Resource", {
    key_type: "secret",
    project_id: "${data.amplitude_project.reporting.id}",
    label: "nova-sync",
    generation,
    store: "nova-vault",
    known_to: ["leo@nova.agency"],
    ...more,
  });
const stack = (generation: number, more: object = {}): object =>
  stackFile({ resource: { amplitude_api_key: { nova: key(generation, more) as Record<string, unknown> } } });

describe("where the value of a new key goes", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", seed);
    place.write("stack.json", stack(1));
    mkdirSync(place.path("etc"));
  });
  afterEach(() => place.remove());

  const env = (
    more: Readonly<Record<string, string>> = {},
  ): Readonly<Record<string, string | undefined>> => ({
    PATH: process.env["PATH"],
    AMPLITUDE_SCIM_KEY: credentials.scimKey,
    ...more,
  });
  const apply = (line = "", more: Readonly<Record<string, string>> = {}): Promise<Printed> =>
    place.run(`apply --yes ${RUN} ${line}`, { env: env(more) });
  const labels = (): string[] => place.state("org.json").apiKeys.map(({ label }) => label);
  /** A store whose command is this program of Node, beside its file. */
  function store(program: string, name = "nova-vault"): { AMPLITUDE_KEY_STORES: string } {
    place.write("etc/put.js", program);
    place.write("etc/stores.json", { [name]: [process.execPath, place.path("etc/put.js"), "--kv"] });
    chmodSync(place.path("etc/stores.json"), 0o600);
    return { AMPLITUDE_KEY_STORES: "etc/stores.json" };
  }
  /** Puts its input beside itself, with what else it was told. */
  const vault =
    "require('fs').writeFileSync(__dirname + '/vault', JSON.stringify({ value: require('fs').readFileSync(0, 'utf8'), argv: process.argv.slice(2), env: process.env }))";

  it("into a new file for its owner alone, and nowhere else", async () => {
    const { exitCode, out, err } = await apply("--keys-out keys.jsonl");
    expect(exitCode).toBe(0);
    const line = JSON.parse(place.read("keys.jsonl")) as { value: string };
    expect(line).toEqual({
      label: "nova-sync",
      type: "secret",
      project: "Client Reporting",
      generation: 1,
      id: "key-1",
      value: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(statSync(place.path("keys.jsonl")).mode & 0o777).toBe(0o600);
    // Then every other command that says or writes something.
    const printed = [out, err];
    for (const command of [
      "plan --out plan.json",
      "plan --json",
      "drift",
      "drift --json",
      "snapshot --out live.snapshot",
      "keys due --json",
    ]) {
      const said = await place.run(`${command} ${RUN}`, { env: env() });
      printed.push(said.out, said.err);
    }
    const files = place.files().filter((name) => name !== "keys.jsonl");
    expect(files).toEqual(["live.snapshot", "org.base.json", "org.json", "plan.json", "stack.json"]);
    const texts = [...printed, ...files.map((name) => place.read(name))];
    expect(texts.join("").length).toBeGreaterThan(5_000);
    for (const text of texts) expect(text).not.toContain(line.value);
  });

  it("is asked for by the command that a plan gives", async () => {
    const { out } = await place.run(`plan ${RUN}`, { env: env() });
    expect(out).toMatch(/amplitude-access apply plan\.json .*--keys-out new-keys\.jsonl$/m);
  });

  it("to the store's command, on its standard input, without our credentials", async () => {
    const { exitCode, out, err } = await apply("--keys-out unused.jsonl", store(vault));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    const given = JSON.parse(place.read("etc/vault")) as {
      value: string;
      argv: string[];
      env: Record<string, string>;
    };
    expect(given.value).toMatch(/^[0-9a-f]{32}$/);
    expect(given.argv).toEqual(["--kv"]);
    expect(given.env).toMatchObject({
      AMPLITUDE_NEW_KEY_LABEL: "nova-sync",
      AMPLITUDE_NEW_KEY_TYPE: "secret",
      AMPLITUDE_NEW_KEY_PROJECT: "Client Reporting",
      AMPLITUDE_NEW_KEY_GENERATION: "1",
      AMPLITUDE_NEW_KEY_ID: "key-1",
    });
    expect(JSON.stringify([given.argv, given.env])).not.toContain(given.value);
    for (const secret of Object.values(credentials)) expect(JSON.stringify(given)).not.toContain(secret);
    for (const text of [out, place.read("org.base.json")]) expect(text).not.toContain(given.value);
    expect(existsSync(place.path("unused.jsonl"))).toBe(false);
  });

  const refused = async (
    line: string,
    more: Readonly<Record<string, string>>,
    said: RegExp,
  ): Promise<void> => {
    const { exitCode, out } = await apply(line, more);
    expect(out).toMatch(said);
    expect(exitCode).toBe(3);
    expect(labels()).toEqual([]);
  };

  it.each<[string, () => { line?: string; env?: Readonly<Record<string, string>> }, RegExp]>([
    [
      "nobody says where",
      () => ({}),
      /refused +create secret key.*\n +it is not made, because there is nowhere to put its value: Nothing says what the store nova-vault is: name its command in the file of AMPLITUDE_KEY_STORES, or give --keys-out FILE\./,
    ],
    [
      "the file is there",
      () => {
        place.write("keys.jsonl", "of an earlier run");
        return { line: "--keys-out keys.jsonl" };
      },
      /keys\.jsonl is there already\. Name a file that is not/,
    ],
    [
      "the file is a link to nowhere",
      () => {
        symlinkSync(place.path("elsewhere"), place.path("keys.jsonl"));
        return { line: "--keys-out keys.jsonl" };
      },
      /keys\.jsonl is there already/,
    ],
    [
      "its folder is not there",
      () => ({ line: "--keys-out nowhere/keys.jsonl" }),
      /Cannot make .*nowhere\/keys\.jsonl: .*ENOENT.*Check the path/,
    ],
    [
      "others can write the file of stores",
      () => {
        const found = store(vault);
        chmodSync(place.path("etc/stores.json"), 0o620);
        return { env: found };
      },
      /stores\.json \(AMPLITUDE_KEY_STORES\) can be written by others.*chmod go-w/,
    ],
    [
      "the file of stores is a link",
      () => {
        store(vault);
        symlinkSync(place.path("etc/stores.json"), place.path("etc/link.json"));
        return { env: { AMPLITUDE_KEY_STORES: "etc/link.json" } };
      },
      /link\.json \(AMPLITUDE_KEY_STORES\) is not a file/,
    ],
    [
      "the file of stores is not there",
      () => ({ env: { AMPLITUDE_KEY_STORES: "etc/gone.json" }, line: "--keys-out keys.jsonl" }),
      /Cannot use .*gone\.json \(AMPLITUDE_KEY_STORES\): .*ENOENT/,
    ],
    [
      "a command for a shell",
      () => {
        place.write("etc/stores.json", { "nova-vault": "put-into-vault | tee log" });
        return { env: { AMPLITUDE_KEY_STORES: "etc/stores.json" } };
      },
      /is no map from stores to commands, \{"nova-vault": \["put-into-vault", "nova"\]\}/,
    ],
    [
      "the command is not there",
      () => {
        place.write("etc/stores.json", { "nova-vault": ["./put-into-vault"] });
        return { env: { AMPLITUDE_KEY_STORES: "etc/stores.json" } };
      },
      /\.\/put-into-vault, the command of the store nova-vault, cannot be run/,
    ],
  ])("no key is made where %s", async (_, prepare, said) => {
    const { line = "", env: more = {} } = prepare();
    await refused(line, more, said);
    if (line.includes("keys.jsonl") && existsSync(place.path("keys.jsonl")))
      expect(place.read("keys.jsonl")).toBe("of an earlier run");
  });

  it("a store that the file does not name is no store: the value goes to the file", async () => {
    const { exitCode } = await apply("--keys-out keys.jsonl", store(vault, "another"));
    expect(exitCode).toBe(0);
    expect(place.read("keys.jsonl")).toMatch(HEX);
    expect(existsSync(place.path("etc/vault"))).toBe(false);
  });

  it("a store that fails loses the key: this run says so, and the next, and none shows what it was told", async () => {
    const failing = store(
      "console.error('vault is sealed: ' + require('fs').readFileSync(0, 'utf8')); process.exit(7)",
    );
    const { exitCode, out, err } = await apply("", failing);
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /FAILED +create secret key nova-sync of Client Reporting, generation 1.*\n +The secret key nova-sync of Client Reporting, generation 1 \(id key-1\) is there, and its value was not handed over: the command of the store nova-vault ended with 7 and said: vault is sealed: \[value of the API key key-1\]\. Raise its generation to 2: another key is made, and this one deleted\./,
    );
    expect(`${out}${err}${place.read("org.base.json")}`).not.toMatch(HEX);
    expect(labels()).toEqual(["nova-sync"]);

    const next = await apply("", store(vault));
    expect(next.exitCode).toBe(6);
    expect(next.out).toMatch(
      /by hand +secret key nova-sync of Client Reporting, generation 1: its value was not seen to arrive where it belongs/,
    );
    const due = await place.run(`keys due ${RUN}`, { env: env() });
    expect(due.exitCode).toBe(2);
    expect(due.out).toContain("a run made it and did not see its value arrive");

    place.write("stack.json", stack(2));
    const { out: rotated, exitCode: open } = await apply("", store(vault));
    expect(open).toBe(6);
    expect(rotated).toMatch(/done +create secret key nova-sync of Client Reporting, generation 2/);
    expect(labels()).toEqual(["nova-sync", "nova-sync #2"]);
  });

  it("a store that takes nothing has not got it", async () => {
    const { exitCode, out } = await apply("", store("process.kill(process.pid, 'SIGKILL')"));
    expect(out).toMatch(/the command of the store nova-vault ended with SIGKILL/);
    expect(exitCode).toBe(1);
  });
});

describe("keys due", () => {
  it("says which, why, and which line to change; exit code 2", async () => {
    const place = new Workplace();
    try {
      const sync = { label: "nova-sync", scope: "secret" as const, projectId: 288503 };
      place.write("org.json", {
        ...seed,
        apiKeys: [
          { ...sync, id: "key-7", createdAt: "2026-05-02T00:00:00Z" },
          { ...sync, id: "key-8", scope: "project", createdAt: "2025-12-20T00:00:00Z" },
        ],
      });
      const fresh = { key_type: "project", store: null, known_to: null };
      const parts = (resource: Record<string, Record<string, Record<string, unknown>>>): object =>
        stackFile({ resource });
      const keys = {
        nova: key(1) as Record<string, unknown>,
        ci: { ...(key(1, fresh) as Record<string, unknown>), ...at("acme/ci/Resource", {}) },
      };
      place.write(
        "stack.json",
        parts({
          amplitude_api_key: keys,
          amplitude_leaver: {
            leo: at("acme/leo/Resource", { email: "leo@nova.agency", left_on: "2026-11-20" }),
          },
        }),
      );
      const { exitCode, out } = await place.run(`keys due ${RUN}`);
      expect(`\n${out}`).toMatchInlineSnapshot(`
       "
       due          secret key nova-sync of Client Reporting, generation 1   by schedule 2026-10-29
                    leo@nova.agency, who knows it, left
                    it is older than 180 days
                    acme/nova-sync/Resource (acme/amplitude_api_key.nova): generation: 1 -> 2
       soon         project key nova-sync of Client Reporting, generation 1   by schedule 2026-12-20
                    acme/ci/Resource (acme/amplitude_api_key.ci): generation: 1 -> 2
       2 keys, 1 due.
       "
      `);
      expect(exitCode).toBe(2);

      place.write("stack.json", parts({ amplitude_api_key: { ci: keys.ci } }));
      expect(await place.run(`keys due ${RUN}`)).toMatchObject({ exitCode: 0 });
      const { out: json } = await place.run(`keys due --json ${RUN}`);
      expect(JSON.parse(json)).toMatchObject([{ state: "soon", until: "2026-12-20T00:00:00.000Z" }]);
    } finally {
      place.remove();
    }
  });
});

it("no test of this file looks at a value of the emulator's own", () => {
  expect(JSON.stringify(seed)).not.toMatch(HEX);
  expect(readFileSync(__filename, "utf8").match(HEX)).toBeNull();
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kindCases } from "../conformance/kind-case";
import { world } from "../conformance/world";
import { organization } from "../support/organization";
import { kindOf, type Kind } from "../../src/resources";
import { Unknown } from "../../src/schema";
import { Core } from "./core";

const unknown = new Unknown("x", "known after apply");
const folder = mkdtempSync(join(tmpdir(), "amplitude-calls-"));
const pair = { api_key: "project-us-288501", secret_key: "project-secret-us-288501" };
const projectKeys = join(folder, "project-keys.json");
writeFileSync(projectKeys, JSON.stringify({ 288501: pair }), { mode: 0o600 });
const withPair = { AMPLITUDE_PROJECT_KEYS_FILE: projectKeys };

let open: Core[] = [];
const start = async (...args: Parameters<typeof Core.start>): Promise<Core> => {
  const core = await Core.start(...args);
  open.push(core);
  return core;
};
afterEach(async () => {
  await Promise.all(open.map((core) => core.close()));
  open = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = () => organization().people("jo@nova.agency").project("Web", "Shop").group("writers");

describe("a provider block of which something is known only after an apply", () => {
  const jo = { email: "jo@nova.agency" };

  it.each([
    ["the organization", { org_id: unknown }],
    ["a credential", { org_id: "7", scim_key: unknown }],
  ])("%s: plans without asking Amplitude, keeps what it has, and writes nothing", async (_, block) => {
    const core = await start(plain().seed());
    expect(await core.configure(block)).toEqual([]);
    const planned = await core.plan("amplitude_user", undefined, jo);
    expect(planned.said).toEqual([]);
    const applied = await core.carryOut("amplitude_user", undefined, planned.state, jo);
    expect(applied.state).toBeUndefined();
    expect(applied.said.join()).toContain("The provider block is not known yet");
    expect((await core.read("amplitude_user", jo)).state).toEqual(jo);
    expect((await core.import("amplitude_user", "jo@nova.agency")).said.join()).toContain("not known yet");
    expect(core.emulator.emulator.requests).toEqual([]);
  });

  it("names of roles and projects may be unknown: what Amplitude lists does", async () => {
    const core = await start(plain().seed());
    await core.configure({ org_id: "7", role_ids: unknown, project_ids: unknown });
    const granted = {
      principal_type: "user",
      principal: "jo@nova.agency",
      project_id: "501",
      role: "Viewer",
    };
    expect((await core.apply("amplitude_project_role_assignment", undefined, granted)).said).toEqual([]);
  });
});

describe("one provider block", () => {
  it("serves every project of its organization", async () => {
    const core = await start(plain().seed());
    for (const project of ["501", "502"]) {
      const granted = { principal_type: "group", principal: "601", project_id: project, role: "Member" };
      expect((await core.apply("amplitude_project_role_assignment", undefined, granted)).said).toEqual([]);
    }
    const { assignments } = core.emulator.emulator.state();
    expect(assignments.map(({ project }) => project).sort()).toEqual([501, 502]);
  });

  it("is of one organization: settings of another one are refused at plan", async () => {
    const core = await start(world(kindOf("amplitude_organization")!));
    const { said } = await core.plan("amplitude_organization", undefined, {
      org_id: "8",
      mfa_required: true,
    });
    expect(said.join()).toContain("error: amplitude_organization is that of organization 8");
    expect(core.writes()).toEqual([]);
  });
});

/** The example of a kind, with what Terraform needs beside it. */
function exampleOf(kind: Kind): Readonly<Record<string, unknown>> {
  return {
    ...kind.example.create,
    ...(kind.organization === undefined ? {} : { org_id: "7" }),
    ...(kind.secret === undefined ? {} : { [kind.secret.plainly]: true }),
    ...(kind.provides === undefined ? {} : { timeouts: { create: "1m" } }),
  };
}
/** What the identity provider makes is there. */
const ready = (kind: Kind) => {
  const seed = world(kind);
  const pushed = { id: 640, name: "amp-nova-analysts", members: ["marco@nova.agency"] };
  return kind.type === "amplitude_idp_group" ? { ...seed, groups: [...(seed.groups ?? []), pushed] } : seed;
};
const importId = (kind: Kind): string => {
  const values = exampleOf(kind) as Readonly<Record<string, string | number | undefined>>;
  return kind.key.map((name) => encodeURIComponent(values[name] ?? "")).join("/");
};

describe.each(kindCases)("%s", (type, kind) => {
  const config = exampleOf(kind);

  it(
    kind.nature === "made"
      ? "is not made over one that exists: an error names the import, which takes it over"
      : "is taken over where it exists",
    async () => {
      const core = await start(ready(kind), withPair);
      const first = await core.apply(type, undefined, config);
      expect(first.said.filter((line) => line.startsWith("error"))).toEqual([]);
      core.writes();
      const second = await core.apply(type, undefined, config);
      expect(core.writes()).toEqual([]);
      if (kind.nature === "given") {
        expect(second.said.filter((line) => line.startsWith("error"))).toEqual([]);
        return;
      }
      expect(second.state).toBeUndefined();
      const [said = ""] = second.said;
      expect(said).toContain("exists already");
      const [, id = ""] = new RegExp(`terraform import ${type}\\.NAME "([^"]+)"`).exec(said) ?? [];
      const imported = await core.import(type, id);
      expect(imported.said).toEqual([]);
      for (const name of kind.key) expect(imported.state?.[name]).toEqual(first.state?.[name]);
      expect(imported.state?.["verified"]).toBe(true);
    },
  );

  it("is imported by its key; another key is nothing", async () => {
    const core = await start(ready(kind), withPair);
    await core.apply(type, undefined, config);
    const imported = await core.import(type, importId(kind));
    if (kind.place !== undefined) {
      expect(imported.said.join()).toContain("A property is not imported");
      return;
    }
    expect(imported.said.filter((line) => line.startsWith("error"))).toEqual([]);
    const text = (value: unknown): string => JSON.stringify(value ?? "").toLowerCase();
    for (const name of kind.key) expect(text(imported.state?.[name])).toBe(text(config[name]));
    const wrong = await core.import(type, importId(kind).replace(/\w/, "x%"));
    expect(wrong.state).toBeUndefined();
    expect(wrong.said.join()).toMatch(/error/);
  });

  it("without the credentials of its family it is an error that names them, and the way by hand", async () => {
    const only = kind.family === "scim" ? { AMPLITUDE_SCIM_KEY: undefined } : {};
    const none = {
      ...only,
      ...(kind.family === "user-management"
        ? { AMPLITUDE_ORG_API_KEY: undefined, AMPLITUDE_ORG_SECRET_KEY: undefined }
        : {}),
      ...(kind.family === "management" ? { AMPLITUDE_MANAGEMENT_URL: undefined } : {}),
      ...(kind.family === "taxonomy" ? { AMPLITUDE_TOKEN: undefined } : {}),
    };
    const core = await start(ready(kind), none);
    const { said } = await core.plan(type, undefined, config);
    const [error = ""] = said.filter((line) => line.startsWith("error"));
    expect(error).toContain(`${type} cannot be written: It needs AMPLITUDE_`);
    expect(core.emulator.emulator.requests).toEqual([]);
  });
});

describe("a property's visibility", () => {
  const type = "amplitude_property_visibility";
  const kind = kindOf(type)!;
  const hidden = (property_type: string, name: string) => ({
    project_id: "288501",
    property_type,
    name,
    hidden: true,
  });

  it("of a user is written over the token, where no key pair of the project is known", async () => {
    const core = await start(world(kind));
    const { state, said } = await core.apply(type, undefined, hidden("user", "email"));
    expect(said).toEqual([]);
    expect(state?.["verified"]).toBe(true);
    expect(core.emulator.emulator.state().properties[0]?.hidden).toBe(true);
    expect((await core.read(type, state!)).state).toEqual(state);
  });

  it("of an event needs the project's key pair: the error says of which project", async () => {
    const core = await start(world(kind));
    const { said } = await core.plan(type, undefined, hidden("event", "price"));
    expect(said.join()).toContain("AMPLITUDE_PROJECT_KEYS_FILE");
    const other = join(folder, "other.json");
    writeFileSync(other, JSON.stringify({ 501: pair }), { mode: 0o600 });
    const paired = await start(world(kind), { AMPLITUDE_PROJECT_KEYS_FILE: other });
    expect((await paired.plan(type, undefined, hidden("event", "price"))).said.join()).toContain(
      "a key pair of project 288501 in AMPLITUDE_PROJECT_KEYS_FILE",
    );
  });

  it("is not taken for gone where the token opens no properties, and is never said to be done", async () => {
    const core = await start(world(kind, { "developer-taxonomy-scope": "none" }));
    const config = hidden("user", "email");
    const { state, said } = await core.apply(type, undefined, config);
    expect(said.join()).toMatch(/^warning: .*email/);
    expect(state?.["verified"]).toBe(false);
    const read = await core.read(type, state!);
    expect(read.said.join()).toContain("nothing to read it with");
    await core.configure({ org_id: "7", unsupported: "by-hand" });
    expect((await core.read(type, state!)).state).toEqual(state);
  });
});

describe("a creation of which nobody knows whether it happened", () => {
  it("keeps its id and is an error; the next reading finds it", async () => {
    const core = await start(plain().seed());
    const config = { email: "tyra@nova.agency", given_name: "Tyra", family_name: "Olsen" };
    const planned = await core.plan("amplitude_user", undefined, config);
    await core.control("POST", "faults", {
      match: { method: "POST", path: "/scim/1/Users" },
      fault: { type: "reset", when: "after" },
    });
    await core.control("POST", "faults", {
      match: { method: "GET" },
      skip: 1,
      times: 100,
      fault: { type: "status", status: 503 },
    });
    const doubtful = await core.carryOut("amplitude_user", undefined, planned.state, config);
    expect(doubtful.said.filter((line) => line.startsWith("error"))).not.toEqual([]);
    expect(doubtful.said.join()).toContain("terraform untaint keeps it");
    expect(doubtful.state).toMatchObject(config);
    await core.control("DELETE", "faults", {});
    const { state } = await core.read("amplitude_user", doubtful.state!);
    expect(state).toMatchObject({ ...config, status: "present", verified: true });
  });
});

describe("a leaver whose address nobody has", () => {
  const leaver = (email: string) => ({ email, left_on: "2026-11-20" });

  it("is warned of at plan, with the nearest addresses, until the line is a record", async () => {
    const core = await start(plain().seed());
    const misspelt = await core.plan("amplitude_leaver", undefined, leaver("joo@nova.agency"));
    expect(misspelt.said).toEqual([
      "warning: Nobody in the organization has the address joo@nova.agency: Nothing is taken from anybody for it. Did you mean jo@nova.agency? Correct the address if it is misspelt.",
    ]);
    const other = await core.another();
    expect((await other.plan("amplitude_leaver", undefined, leaver("jo@nova.agency"))).said).toEqual([]);
    // A line that stays as a record says nothing again.
    const record = { ...leaver("joo@nova.agency"), status: "absent", verified: true };
    expect((await other.plan("amplitude_leaver", record, leaver("joo@nova.agency"))).said).toEqual([]);
  });
});

describe("a group that an identity provider writes", () => {
  it("is known to the process that applies, which has not read it: a leaver is not taken out of it from here", async () => {
    const seed = organization()
      .idpGroup("amp-nova", ["leo@nova.agency"])
      .group("writers", ["leo@nova.agency"])
      .seed();
    const planning = await start(seed);
    const pushed = { id: "601", name: "amp-nova", status: "present", verified: true };
    expect((await planning.read("amplitude_idp_group", pushed)).said).toEqual([]);
    const leaver = { email: "leo@nova.agency", left_on: "2026-11-20" };
    const planned = await planning.plan("amplitude_leaver", undefined, leaver);
    const applying = await planning.another();
    const applied = await applying.carryOut(
      "amplitude_leaver",
      undefined,
      planned.state,
      leaver,
      planned.private,
    );
    expect(applied.said.join()).toMatch(/^warning: .*amp-nova/);
    expect(planning.writes()).toEqual(["PATCH /scim/1/Groups/602"]);
    const { groups } = planning.emulator.emulator.state();
    expect(groups.map(({ members }) => members.length)).toEqual([1, 0]);
  });

  const held = { id: "601", name: "amp-nova", verified: true };
  const two = () => organization().idpGroup("amp-nova", []).idpGroup("amp-other", []).seed();

  it("is another one under the name of another one: the old is forgotten, the other taken over, with its id", async () => {
    const core = await start(two());
    const config = { name: "amp-other" };
    const moved = await core.plan("amplitude_idp_group", held, config);
    expect(moved.replaces).toEqual(["name"]);
    expect((await core.apply("amplitude_idp_group", held, undefined)).said).toEqual([]);
    expect((await core.apply("amplitude_idp_group", undefined, config)).state).toMatchObject({ id: "602" });
    expect(core.writes()).toEqual([]);
    expect(core.emulator.emulator.state().groups).toHaveLength(2);
  });

  it("is another one where nobody has pushed the new name yet and the old one is there", async () => {
    const core = await start(two());
    const config = { name: "amp-later" };
    expect((await core.plan("amplitude_idp_group", held, config)).replaces).toEqual(["name"]);
  });

  it("is the same one where the line follows what the identity provider renamed", async () => {
    const core = await start(organization().idpGroup("amp-renamed", []).seed());
    const config = { name: "amp-renamed" };
    expect((await core.plan("amplitude_idp_group", held, config)).replaces).toEqual([]);
    const { state, said } = await core.apply("amplitude_idp_group", held, config);
    expect([said, state]).toEqual([[], expect.objectContaining({ id: "601", name: "amp-renamed" })]);
  });

  it("planned before the provider block was known, an update under the name of another one is refused", async () => {
    const core = await start(two());
    const config = { name: "amp-other" };
    const { said, state } = await core.carryOut("amplitude_idp_group", held, { ...held, ...config }, config);
    expect(said.join()).toContain("amp-other is another object than amp-nova (id 601)");
    expect(state).toMatchObject(held);
  });
});

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { organization } from "../support/organization";
import { Core } from "./core";

const plain = () =>
  organization().people("jo@nova.agency", "sam@nova.agency").project("Web").group("writers");
const jo = { email: "jo@nova.agency", status: "present", verified: true };
const grant = {
  principal_type: "user",
  principal: "jo@nova.agency",
  project_id: "501",
  role: "Viewer",
};

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

describe("an API that is not what it should be", () => {
  let html: Server;
  beforeAll(async () => {
    html = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>");
    });
    await new Promise<void>((listening) => html.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => new Promise((closed) => html.close(closed)));

  it.each([
    ["answers HTML", () => `http://127.0.0.1:${(html.address() as AddressInfo).port}`, /its body is no JSON/],
    ["is gone", () => "http://127.0.0.1:9", /could not be reached/],
  ])("%s: nothing is taken for absent", async (_, url, words) => {
    const core = await start(plain().seed(), {
      AMPLITUDE_BASE_URL: url(),
      AMPLITUDE_EMULATOR_CLOCK: undefined,
    });
    const { state, said } = await core.read("amplitude_user", jo);
    expect(state).toBeUndefined();
    expect(said).toHaveLength(1);
    expect(said.join()).toMatch(/^error: read amplitude_user failed: /);
    expect(said.join()).toMatch(words);
  });

  it("is not enrolled: Amplitude's own words, and what to do", async () => {
    const core = await start(plain().switches({ "user-management-enrolled": false }).seed());
    const { said } = await core.plan("amplitude_project_role_assignment", undefined, grant);
    expect(said.join()).toMatch(/^error: plan amplitude_project_role_assignment failed: .*enrolled/i);
  });
});

describe("credentials that are not those of the block", () => {
  it.each([
    [{ AMPLITUDE_REGION: "eu" }, "AMPLITUDE_REGION is eu, but the stack says region = us"],
    [{ AMPLITUDE_ORG_ID: "8" }, "AMPLITUDE_ORG_ID is 8"],
    [
      {
        AMPLITUDE_SCIM_KEY: undefined,
        AMPLITUDE_ORG_API_KEY: undefined,
        AMPLITUDE_ORG_SECRET_KEY: undefined,
        AMPLITUDE_TOKEN: undefined,
      },
      "There is no credential for Amplitude in the environment",
    ],
  ])("%j", async (env, words) => {
    const core = await start(plain().seed(), env);
    expect((await core.configure({ org_id: "7" })).join()).toContain(words);
  });
});

describe("an import id", () => {
  it.each([
    ["amplitude_group_membership", "601", "Write <group_id>/<email>"],
    ["amplitude_group_membership", "601/%", "is not percent-encoded text"],
    ["amplitude_group_membership", "601/nobody", '"nobody" is not an e-mail address'],
    ["amplitude_user", "nobody@nova.agency", "There is no amplitude_user nobody@nova.agency"],
  ])("%s %s: %s", async (type, id, words) => {
    const core = await start(plain().seed());
    const { state, said } = await core.import(type, id);
    expect(state).toBeUndefined();
    expect(said.join()).toContain(words);
  });
});

describe("what no API reaches under the credentials given", () => {
  const type = "amplitude_project";
  const sandbox = { name: "Client Sandbox", environment: "staging" };

  it("is an error at plan, with what is missing and how a person does it", async () => {
    const core = await start(plain().seed());
    const [said = ""] = (await core.plan(type, undefined, sandbox)).said;
    expect(said).toContain("amplitude_project cannot be written");
    expect(said).toContain("AMPLITUDE_MANAGEMENT_URL");
    expect(said).toContain("Create project: Client Sandbox, environment staging");
  });

  it("names what ids stand for, where the block says it or something was read that does", async () => {
    const core = await start(plain().grant("jo@nova.agency", "Web", "Viewer").seed());
    await core.configure({ org_id: "7", project_ids: { Shop: "777" } });
    await core.import("amplitude_project_role_assignment", "user/jo@nova.agency/501");
    const wayFor = async (project_id: string): Promise<string> => {
      const module = { principal_type: "group", principal: "601", project_id, module: "experiment_admin" };
      return (await core.plan("amplitude_module_grant", undefined, module)).said.join();
    };
    expect(await wayFor("777")).toContain("Projects > Shop > Access > writers > Modules");
    expect(await wayFor("501")).toContain("Projects > Web > Access > writers > Modules");
    expect(await wayFor("778")).toContain("Projects > 778 > Access > writers > Modules");
  });

  it("cannot be imported, because it cannot be read", async () => {
    const core = await start(plain().seed());
    await core.configure({ org_id: "7", unsupported: "by-hand" });
    expect((await core.import(type, "Web")).said.join()).toContain("nothing to import it with");
  });
});

describe("administrators", () => {
  const type = "amplitude_organization_role";
  const role = (email: string, name: string) => ({ email, role: name });
  const served = () => plain().switches({ management: "served", "last-admin-protected": false }).seed();

  it("the last one stays one; whom the block names does, too", async () => {
    const core = await start(served());
    const before = new Map<string, Awaited<ReturnType<Core["apply"]>>["state"]>();
    for (const [email, name] of [
      ["priya@acme.com", "admin"],
      ["tom@acme.com", "owner"],
    ] as const)
      before.set(email, (await core.apply(type, undefined, role(email, name))).state);
    const demote = async (email: string) =>
      (await core.apply(type, before.get(email), role(email, "member"))).said.join();

    await core.configure({ org_id: "7", minimum_admins: 1, break_glass: ["tom@acme.com"] });
    expect(await demote("tom@acme.com")).toContain(
      "names tom@acme.com as somebody who keeps administration (break_glass, operator)",
    );
    await core.configure({ org_id: "7" });
    expect(await demote("priya@acme.com")).toBe("");
    expect(await demote("tom@acme.com")).toContain(
      "Amplitude shows as administrators: tom@acme.com. 0 would be left",
    );
    const { people } = core.emulator.emulator.state();
    expect(people.find(({ email }) => email === "tom@acme.com")?.organizationRole).toBe("owner");
  });
});

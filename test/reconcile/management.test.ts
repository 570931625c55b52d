import { confirmationOf } from "../../src/reconcile";
import type { Seed } from "../../src/emulator";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Resources = NonNullable<StackContent["resources"]>;

const SETTINGS = "/api/2/organizations/7";
const MODULES = `${SETTINGS}/module-grants`;
const PROJECTS = "/api/2/projects";
const GRANTS = "/user-management/1/project-role-assignments";

const live = (more: Partial<Seed> = {}): Seed => {
  const seed = organization()
    .people("jo@nova.agency", "tyra@nova.agency")
    .group("eng", ["jo@nova.agency"])
    .project("Web")
    .seed();
  return {
    ...seed,
    projects: [{ id: 501, name: "Web", addOns: ["govern", "experiment"] }],
    switches: { management: "served" },
    ...more,
  };
};
const role = (email: string, name: string) => ({ email, role: name });
const grant = (email: string, project: string, name = "Member") => ({
  principal_type: "user",
  principal: email,
  project_id: project,
  role: name,
});
const moduleOf = (email: string, project: string) => ({
  principal_type: "user",
  principal: email,
  project_id: project,
  module: "experiment_analyst",
});
const siteOf = (resources: Resources, seed: Seed = live()): Harness =>
  harness({ organization: seed, stack: { resources } });

const said = { by: "tom@acme.com", on: "2026-11-20T09:00:00Z", until: "2026-12-20T09:00:00Z" };

/** Applies, and answers the request log: what was sent, in its order, with the ids that Amplitude chose left out. */
async function log(site: Harness): Promise<string[]> {
  const { plan } = await site.plan();
  // Whoever is in no group of the identity provider can log in all the same, says somebody.
  const confirmations = plan.steps
    .filter(({ operation }) => operation === "person.single-sign-on")
    .map((step) => confirmationOf(step, "7", said));
  site.forget();
  const { outcomes, after } = await site.apply({ confirmations });
  expect(outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
  expect(after.plan.steps).toEqual([]);
  return site
    .writes()
    .map((write) => write.replace(/(role-assignments|module-grants|projects)\/[^/]+$/, "$1/ID"));
}
/** The settings in the order in which they came into effect. */
const settingsChanged = (site: Harness): unknown[] =>
  site.emulator
    .state()
    .audit.filter(({ domain }) => domain === "config")
    .map(({ properties: { from, to } }) => differing(from as object, to as object));
const differing = (from: object, to: object): string[] =>
  Object.entries(to)
    .filter(
      ([name, value]) => JSON.stringify((from as Record<string, unknown>)[name]) !== JSON.stringify(value),
    )
    .map(([name]) => name);

describe("organization roles", () => {
  it("are raised before others are lowered, whatever their addresses", async () => {
    const site = siteOf({
      "amplitude_organization_role.a": role("priya@acme.com", "member"),
      "amplitude_organization_role.b": role("tom@acme.com", "manager"),
      "amplitude_organization_role.c": role("tyra@nova.agency", "owner"),
    });
    expect(await log(site)).toEqual([
      `PATCH ${SETTINGS}/members/tyra@nova.agency`,
      `PATCH ${SETTINGS}/members/priya@acme.com`,
      `PATCH ${SETTINGS}/members/tom@acme.com`,
    ]);
  });

  it("come with the invitation of a person whom the same plan invites", async () => {
    const site = siteOf({
      "amplitude_organization_role.a": role("sam@nova.agency", "manager"),
      "amplitude_user.sam": { email: "sam@nova.agency" },
    });
    expect(await log(site)).toEqual([`POST ${SETTINGS}/members`]);
  });
});

describe("modules", () => {
  const both: Resources = {
    "amplitude_module_grant.a": moduleOf("jo@nova.agency", "501"),
    "amplitude_project_role_assignment.z": grant("jo@nova.agency", "501"),
  };

  it("come after the project role that they need", async () => {
    expect(await log(siteOf(both))).toEqual([`POST ${GRANTS}`, `POST ${MODULES}`]);
  });

  it("go before the project role that they needed", async () => {
    const site = siteOf(both);
    await site.apply();
    site.stack({});
    expect(await log(site)).toEqual([`DELETE ${MODULES}/ID`, `DELETE ${GRANTS}/ID`]);
  });

  it("come after the group that they are given to, its members and its role", async () => {
    const held = { principal_type: "group", principal: "${amplitude_group.nova.id}", project_id: "501" };
    const site = siteOf({
      "amplitude_module_grant.a": { ...held, module: "govern_consumer" },
      "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency"] },
      "amplitude_project_role_assignment.nova": { ...held, role: "Viewer" },
    });
    const writes = await log(site);
    expect(writes.map((write) => write.replace(/Groups\/\d+$/, "Groups/ID"))).toEqual([
      "POST /scim/1/Groups",
      "PATCH /scim/1/Groups/ID",
      `POST ${GRANTS}`,
      `POST ${MODULES}`,
    ]);
  });
});

describe("a project", () => {
  const sandbox: Resources = {
    "amplitude_module_grant.a": moduleOf("jo@nova.agency", "${amplitude_project.it.id}"),
    "amplitude_project.it": { name: "Client Sandbox", environment: "staging", add_ons: ["experiment"] },
    "amplitude_project_role_assignment.z": grant("jo@nova.agency", "${amplitude_project.it.id}"),
  };

  it("is made before the grants and modules on it, in one run", async () => {
    const site = siteOf(sandbox);
    expect(await log(site)).toEqual([`POST ${PROJECTS}`, `POST ${GRANTS}`, `POST ${MODULES}`]);
    expect(site.grants()).toEqual(["jo@nova.agency Client Sandbox: Member"]);
    expect(site.emulator.state().modules.map(({ project }) => project)).toEqual([288501]);
  });

  it("is archived last, after what was granted on it is taken away and people are removed", async () => {
    const site = siteOf({ ...sandbox, "amplitude_user.sam": { email: "sam@nova.agency" } });
    await site.apply();
    site.stack({});
    expect(await log(site)).toEqual([
      `DELETE ${MODULES}/ID`,
      `DELETE ${GRANTS}/ID`,
      "DELETE /scim/1/Users/sam@nova.agency",
      `PATCH ${PROJECTS}/ID`,
    ]);
    expect(site.emulator.state().projects.map(({ archived }) => archived)).toEqual([false, true]);
  });

  it("that is archived is restored with all that is said of it, before the grants on it", async () => {
    const archived = { id: 502, name: "Client Sandbox", archived: true };
    const seed = live();
    const site = siteOf(sandbox, { ...seed, projects: [...(seed.projects ?? []), archived] });
    const writes = await log(site);
    expect(writes.slice(0, 3)).toEqual(Array(3).fill(`PATCH ${PROJECTS}/ID`));
    expect(writes.slice(3)).toEqual([`POST ${GRANTS}`, `POST ${MODULES}`]);
    expect(site.grants()).toEqual(["jo@nova.agency Client Sandbox: Member"]);
    expect(site.emulator.state().projects.at(-1)).toMatchObject({
      archived: false,
      environment: "staging",
      addOns: ["experiment"],
    });
  });

  it("is renamed, not made again, and keeps what is granted on it", async () => {
    const site = siteOf(sandbox);
    await site.apply();
    site.stack({
      resources: {
        ...sandbox,
        "amplitude_project.it": { ...sandbox["amplitude_project.it"], name: "Client Playground" },
      },
    });
    expect(await log(site)).toEqual([`PATCH ${PROJECTS}/ID`]);
    expect(site.grants()).toEqual(["jo@nova.agency Client Playground: Member"]);
  });

  it("that was archived under another name is restored, renamed, and takes grants in the same run", async () => {
    const archived = { id: 502, name: "Old Sandbox", archived: true };
    const seed = live();
    const site = siteOf(
      {
        "amplitude_project.it": { name: "Client Sandbox", previous_name: "Old Sandbox" },
        "amplitude_project_role_assignment.z": grant("jo@nova.agency", "${amplitude_project.it.id}"),
      },
      { ...seed, projects: [...(seed.projects ?? []), archived] },
    );
    expect(await log(site)).toEqual([`PATCH ${PROJECTS}/ID`, `PATCH ${PROJECTS}/ID`, `POST ${GRANTS}`]);
    expect(site.grants()).toEqual(["jo@nova.agency Client Sandbox: Member"]);
  });

  it("whose creation failed holds back what is granted on it, and nothing else", async () => {
    const site = siteOf({
      ...sandbox,
      "amplitude_project_role_assignment.web": grant("tyra@nova.agency", "501", "Viewer"),
    });
    await site.fault({
      match: { method: "POST", path: PROJECTS },
      times: 20,
      fault: { type: "status", status: 403 },
    });
    const { outcomes } = await site.apply();
    expect([...outcomes].sort()).toEqual([
      "create project Client Sandbox: failed",
      "jo@nova.agency gets Member on Client Sandbox: skipped",
      "jo@nova.agency gets experiment analyst on Client Sandbox: skipped",
      "tyra@nova.agency gets Viewer on Web: done",
    ]);
    await site.heal();
    await site.apply();
    expect(site.grants()).toEqual(["jo@nova.agency Client Sandbox: Member", "tyra@nova.agency Web: Viewer"]);
  });
});

describe("settings", () => {
  it("begin with what is tightened and end with what can lock out, around everything else", async () => {
    const site = siteOf({
      "amplitude_organization.it": {
        org_id: "7",
        sso_enforced: true,
        ip_allowlist: ["203.0.113.0/24"],
        runner_addresses: ["203.0.113.7"],
        mfa_required: true,
        jit_default_role: "member",
      },
      "amplitude_project_role_assignment.z": grant("jo@nova.agency", "501"),
      "amplitude_user.sam": { email: "sam@nova.agency" },
    });
    expect(await log(site)).toEqual([
      `PATCH ${SETTINGS}`,
      `PATCH ${SETTINGS}`,
      `POST ${GRANTS}`,
      `PATCH ${SETTINGS}`,
      `PATCH ${SETTINGS}`,
      "POST /scim/1/Users",
    ]);
    expect(settingsChanged(site)).toEqual([
      ["jit_default_role"],
      ["mfa_required"],
      ["ip_allowlist"],
      ["enforced"],
    ]);
  });

  it("are loosened after what is taken away", async () => {
    const site = siteOf(
      { "amplitude_project_role_assignment.z": grant("jo@nova.agency", "501") },
      live({ settings: { mfaRequired: true } }),
    );
    await site.apply();
    site.stack({ resources: { "amplitude_organization.it": { org_id: "7", mfa_required: false } } });
    expect(await log(site)).toEqual([`DELETE ${GRANTS}/ID`, `PATCH ${SETTINGS}`]);
  });

  it("that nobody declares are left alone, and so are those of a deleted line", async () => {
    const site = siteOf({ "amplitude_organization.it": { org_id: "7", mfa_required: true } });
    expect(await log(site)).toHaveLength(1);
    site.stack({});
    expect(await log(site)).toEqual([]);
    expect(site.emulator.state().settings).toMatchObject({ mfaRequired: true, scimEnabled: true });
  });
});

describe("what nobody declared", () => {
  it("is listed by drift: a module by its name and place", async () => {
    const site = siteOf(
      {},
      live({
        modules: [
          { principalType: "user", principal: "jo@nova.agency", project: 501, module: "govern_consumer" },
        ],
      }),
    );
    expect((await site.drift()).unmanaged.grants).toEqual(["govern consumer of jo@nova.agency on Web"]);
  });
});

describe("a plan", () => {
  it("does not say that organization roles could not be read where they were", async () => {
    const { plan } = await siteOf({}).plan();
    expect(plan.notChecked.filter((what) => what.includes("organization roles"))).toEqual([]);
  });
});

describe("an administrator whom the provider block names", () => {
  it.each([
    ["the operator", { operator: "tom@acme.com" }],
    ["a break-glass account", { break_glass: ["Tom@acme.com"] }],
    ["one of the administrators", { admins: ["tom@acme.com", "priya@acme.com"] }],
  ])("does not lose administration: %s", async (_, provider) => {
    const resources = { "amplitude_organization_role.tom": role("tom@acme.com", "member") };
    const site = harness({ organization: live(), stack: { provider, resources } });
    site.forget();
    const { outcomes } = await site.apply();
    expect(outcomes.join()).toMatch(/tom@acme\.com: organization role .*member: refused/);
    expect(site.writes()).toEqual([]);
  });
});

import { harness } from "../support/harness";
import { organization } from "../support/organization";

const web = "${amplitude_project.web.id}";
const resources = {
  "amplitude_group.nova": { name: "nova", members: ["ana@nova.agency"] },
  "amplitude_project.web": { name: "Web", add_ons: ["govern"] },
  "amplitude_project_role_assignment.nova": {
    principal_type: "group",
    principal: "${amplitude_group.nova.id}",
    project_id: web,
    role: "Member",
  },
  "amplitude_module_grant.ana": {
    principal_type: "user",
    principal: "ana@nova.agency",
    project_id: web,
    module: "govern_consumer",
  },
  "amplitude_api_key.sync": { key_type: "project", project_id: web, label: "sync", generation: 1 },
};

const applied = async () => {
  const seed = organization().switches({ management: "served" }).people("ana@nova.agency");
  const site = harness({ organization: seed, stack: { resources }, proves: true });
  await site.apply();
  await site.ui({ type: "archive_project", project: "Web", archived: true });
  site.forget();
  return site;
};

describe("somebody archives a project in Amplitude's pages", () => {
  it("that is declared: it is restored, and nothing else is written", async () => {
    const site = await applied();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["restore project Web: done"]);
    expect(site.writes()).toEqual(["PATCH /api/2/projects/288501"]);
    expect(site.grants()).toEqual(["nova Web: Member"]);
    expect(site.emulator.state().apiKeys).toHaveLength(1);
    expect(after.plan.steps).toEqual([]);
  });

  it("and somebody renamed it, too: it is found by its id, restored, and gets its name back", async () => {
    const site = await applied();
    await site.elsewhere("PATCH", "/api/2/projects/288501", { name: "Web old" });
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual(["project Web old: name Web old → Web: done", "restore project Web old: done"]);
    expect(site.grants()).toEqual(["nova Web: Member"]);
  });

  it("lines that are deleted meanwhile are revocations all the same", async () => {
    const site = await applied();
    const { "amplitude_group.nova": nova, "amplitude_project.web": project } = resources;
    const left = { "amplitude_group.nova": nova, "amplitude_project.web": project };
    await site.stack({ resources: left }).apply();
    expect(site.grants()).toEqual([]);
    expect(site.emulator.state()).toMatchObject({ apiKeys: [], modules: [] });
  });

  it("whose line is deleted, too: there is nothing to write", async () => {
    const site = await applied();
    const { outcomes, records } = await site
      .stack({ resources: { "amplitude_group.nova": resources["amplitude_group.nova"] } })
      .apply();
    expect(outcomes).not.toContain("archive project Web: done");
    expect(records).toContain("Web: no longer declared: done");
  });
});

describe("a project that no stack restores is archived", () => {
  const bob = { principal_type: "user", principal: "bob@nova.agency", project_id: "501", role: "Member" };
  const declared = { "amplitude_project_role_assignment.bob": bob };
  const archived = async () => {
    const seed = organization()
      .switches({ management: "served" })
      .people("bob@nova.agency")
      .project("App", "Web")
      .grant("bob@nova.agency", "App", "Member");
    const site = harness({ organization: seed, stack: { resources: declared }, proves: true });
    await site.apply();
    await site.ui({ type: "archive_project", project: "App", archived: true });
    site.forget();
    return site;
  };

  it("what is declared on it is not in effect: the plan refuses it, and keeps it", async () => {
    const { plan } = await (await archived()).plan();
    expect(plan.steps).toEqual([]);
    expect(plan.refusals).toMatchObject([
      {
        rule: "archived",
        summary:
          "The project App (id 501) is archived: bob@nova.agency on App is declared, and not in effect",
        steps: [],
      },
    ]);
  });

  it("drift tells it with who archived it", async () => {
    const { identities } = await (await archived()).drift();
    expect(identities).toMatchObject([
      {
        address: "acme/amplitude_project_role_assignment.bob",
        answer: "archived",
        by: { actor: "priya@acme.com" },
      },
    ]);
  });

  it("everything else goes on", async () => {
    const site = await archived();
    const web = { ...bob, project_id: "502" };
    const { outcomes } = await site
      .stack({ resources: { ...declared, "amplitude_project_role_assignment.web": web } })
      .apply();
    expect(outcomes).toEqual(["bob@nova.agency gets Member on Web: done"]);
    expect(site.grants()).toEqual(["bob@nova.agency App: Member", "bob@nova.agency Web: Member"]);
  });

  it("another role on it is refused, and the old one stays", async () => {
    const site = await archived();
    const { outcomes } = await site
      .stack({ resources: { "amplitude_project_role_assignment.bob": { ...bob, role: "Viewer" } } })
      .apply();
    expect(outcomes).toEqual(["bob@nova.agency: Member → Viewer on App: refused"]);
    expect(site.grants()).toEqual(["bob@nova.agency App: Member"]);
  });

  it("the line is deleted: it is a revocation", async () => {
    const site = await archived();
    const { outcomes, after } = await site.stack({ resources: {} }).apply();
    expect(outcomes).toEqual(["bob@nova.agency loses Member on App: done"]);
    expect(after.plan.refusals).toEqual([]);
  });
});

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

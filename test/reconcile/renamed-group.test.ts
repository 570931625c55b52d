import { driftItems } from "../../src/drift";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const marco = "marco@nova.agency";
const stackOf = (name: string, more: Record<string, unknown> = {}) => ({
  resources: {
    "amplitude_idp_group.analysts": { name, expected_members: [marco], ...more },
    "amplitude_project_role_assignment.analysts": {
      principal_type: "group",
      principal: "${amplitude_idp_group.analysts.id}",
      project_id: "501",
      role: "Member",
    },
  },
});

const applied = async () => {
  const seed = organization()
    .project("Web")
    .switches({ "audit-log-documented-only": false })
    .idpGroup("amp-analysts", [marco])
    .grant("amp-analysts", "Web", "Member");
  const site = harness({ organization: seed, stack: stackOf("amp-analysts"), proves: true });
  await site.apply();
  await site.ui({ type: "rename_group", group: "amp-analysts", name: "amp-analytics" });
  site.forget();
  return site;
};

describe("the identity provider renames a group that the stack declares", () => {
  it("the plan goes on by its id, and says it", async () => {
    const site = await applied();
    const { plan, live } = await site.plan();
    expect(plan.steps).toEqual([]);
    expect(plan.notes).toEqual([
      "amp-analysts is called amp-analytics by now (id 601). Write amp-analytics in the stack: nothing else changes. Until then the plan goes on by its id.",
    ]);
    expect(live.group("601")?.writer).toBe("idp");
  });

  it("drift says it, and who did it", async () => {
    const { identities, outside, identityProvider, unmanaged } = await (await applied()).drift();
    expect(identities).toMatchObject([{ answer: "renamed", by: { actor: "priya@acme.com" } }]);
    expect([outside, identityProvider, unmanaged.groups]).toEqual([[], [], []]);
  });

  it("what people read of it names who did it, or says that nobody knows", async () => {
    const site = await applied();
    const [{ live, steps }, drift] = [await site.plan(), await site.drift()];
    const itemOf = (found: typeof drift) =>
      driftItems(found, steps, live, { alerts: [], findings: [] }).find(({ what }) =>
        what.startsWith("amp-analysts is called"),
      );
    expect(itemOf(drift)?.by?.actor).toBe("priya@acme.com");
    const unlogged = drift.identities.map(({ by: _by, ...finding }) => finding);
    expect(itemOf({ ...drift, identities: unlogged })?.byUnknown).toBe("the audit log has no entry for it");
  });

  it("the stack follows by one line, and nothing but records is left to do", async () => {
    const site = await applied();
    const { outcomes, records, after } = await site.stack(stackOf("amp-analytics")).apply();
    expect(outcomes).toEqual([]);
    expect(records).toEqual(["amp-analytics: name amp-analysts → amp-analytics: done"]);
    expect([after.plan.steps, after.plan.notes]).toEqual([[], []]);
    expect(site.writes()).toEqual([]);
  });

  it("the lines are deleted: its role goes, the group stays", async () => {
    const site = await applied();
    const { outcomes } = await site.stack({ resources: {} }).apply();
    expect(outcomes).toEqual(["amp-analytics loses Member on Web: done"]);
  });

  it("whoever is expected in it is waited for under its id, and its mapping stays", async () => {
    const site = await applied();
    const more = { expected_members: [], maps_organization_role: "manager", deprovisions: true };
    const { plan, steps } = await site.stack(stackOf("amp-analysts", more)).plan();
    const [lose] = steps.filter(({ step }) => step.actor === "idp");
    expect(lose?.effects).toMatchObject([{ type: "idp_lose", group: { id: "601" } }]);
    expect(JSON.stringify(plan.premises)).toContain("manager");
  });

  it("and a leaver is taken out of it by the provider, not by us", async () => {
    const site = await applied();
    const { "amplitude_idp_group.analysts": group } = stackOf("amp-analysts").resources;
    const resources = {
      "amplitude_idp_group.analysts": { ...group, expected_members: [] },
      "amplitude_leaver.marco": { email: marco, left_on: "2026-11-20" },
    };
    await site.stack({ resources }).apply();
    expect(site.writes().filter((write) => write.includes("Groups"))).toEqual([]);
  });

  it("another name that another live group has is another group", async () => {
    const site = await applied();
    await site.ui({ type: "create_group", name: "okta-others", members: [] });
    const { plan, instances } = await site.stack(stackOf("okta-others")).plan();
    expect(instances[0]?.identity).toMatchObject({ answer: "present", state: { name: "okta-others" } });
    expect(plan.steps.map(({ text }) => text)).toContain("okta-others gets Member on Web");
  });
});

describe("somebody makes a group anew", () => {
  it("it is found by its name, the old id is told as gone, and recorded", async () => {
    const eng = { name: "eng", members: ["ada@acme.com"] };
    const site = harness({
      organization: organization().group("eng", ["ada@acme.com"]),
      stack: { resources: { "amplitude_group.eng": eng } },
      proves: true,
    });
    await site.apply();
    await site.ui({ type: "delete_group", group: "eng" });
    await site.ui({ type: "create_group", name: "eng", members: ["ada@acme.com"] });
    const { identities } = await site.drift();
    expect(identities).toMatchObject([
      {
        answer: "re-made",
        says: "eng was deleted and made anew: id 601 is gone",
        by: { actor: "priya@acme.com" },
      },
    ]);
    const { outcomes, records, after } = await site.apply();
    expect(outcomes).toEqual([]);
    expect(records).toEqual(["eng: the object of id 601 is gone, another one is taken over: done"]);
    expect([after.plan.steps, after.plan.notes]).toEqual([[], []]);
  });
});

describe("somebody renames a group whose name the stack owns", () => {
  const eng = (name: string, members: string[]) => ({
    "amplitude_group.eng": { name, members },
    "amplitude_project_role_assignment.eng": {
      principal_type: "group",
      principal: "${amplitude_group.eng.id}",
      project_id: "501",
      role: "Member",
    },
  });
  const renamed = async (name: string) => {
    const seed = organization().people("ada@acme.com").project("Web").group("eng", ["ada@acme.com"]);
    const site = harness({
      organization: seed,
      stack: { resources: eng("eng", ["ada@acme.com"]) },
      proves: true,
    });
    await site.apply();
    await site.ui({ type: "rename_group", group: "eng", name });
    site.forget();
    return site;
  };

  it("the plan says that it renames it back, and how to keep the name; nobody moves", async () => {
    const { plan } = await (await renamed("Engineering")).plan();
    expect(plan.notes).toEqual([
      "eng is called Engineering by now (id 601). This plan renames it back. To keep the name, write Engineering in the stack.",
    ]);
    expect(plan.steps.map(({ text }) => text)).toContain("rename group Engineering to eng");
    expect(plan.people).toEqual([]);
  });

  it("whoever gains beside it is shown the group under one name", async () => {
    const site = await renamed("Engineering");
    const stack = eng("eng", ["ada@acme.com"]);
    const more = {
      "amplitude_project_role_assignment.ada": {
        principal_type: "user",
        principal: "ada@acme.com",
        project_id: "501",
        role: "Admin",
      },
    };
    const { plan } = await site.stack({ resources: { ...stack, ...more } }).plan();
    expect(plan.people[0]?.projects[0]?.pathsBefore).toEqual(["Member via group eng"]);
  });

  it("a name that looks alike is the same group's, not another one's", async () => {
    const { plan } = await (await renamed("ENG ")).plan();
    expect(plan.notes).toEqual([expect.stringContaining("eng is called ENG by now (id 601)")]);
  });
});

it("the record of what hung on a group that was made anew says that the old group is gone", async () => {
  const site = harness({
    organization: organization().people("ada@acme.com").project("Web").group("eng", []),
    stack: {
      lookups: { "amplitude_group.eng": { name: "eng" } },
      resources: {
        "amplitude_group_membership.ada": {
          group_id: "${data.amplitude_group.eng.id}",
          email: "ada@acme.com",
        },
      },
    },
    proves: true,
  });
  await site.apply();
  await site.ui({ type: "delete_group", group: "eng" });
  await site.ui({ type: "create_group", name: "eng", members: [] });
  site.forget();
  const { outcomes, records } = await site.apply();
  expect(outcomes).toEqual(["eng gains ada@acme.com: done"]);
  expect(records).toContain("ada@acme.com in eng: the group of id 601 is gone: done");
});

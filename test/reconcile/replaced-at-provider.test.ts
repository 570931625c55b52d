import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/* What somebody has by a step of ours is to come by the identity provider instead: it is taken once their part is done, whatever kind of access it is. */

type Resources = NonNullable<StackContent["resources"]>;

const JO = "jo@nova.agency";
const BOB = "bob@nova.agency";
const web = { project_id: "501" };
const user = { principal_type: "user", principal: JO, ...web };
const byGroup = { principal_type: "group", principal: "${amplitude_group.extra.id}", ...web };
const extra = (...members: string[]) => ({ "amplitude_group.extra": { name: "extra", members } });
const experiment = { module: "experiment_admin" };
const atProvider = (...members: string[]) => ({
  "amplitude_idp_group.okta": { name: "okta-nova", expected_members: members },
});

function siteOf(resources: Resources) {
  const seed = organization()
    .people(JO)
    .project("Web")
    .idpGroup("okta-nova", [BOB])
    .grant("okta-nova", "Web", "Member")
    .grant(JO, "Web", "Member")
    .switches({ management: "served" })
    .seed();
  return harness({
    organization: {
      ...seed,
      projects: [{ id: 501, name: "Web", addOns: ["experiment"] }],
      modules: [
        { principalType: "group", principal: "okta-nova", project: 501, module: "experiment_admin" as const },
      ],
    },
    stack: { resources: { ...atProvider(BOB), ...resources } },
  });
}

describe("a module that an identity provider's group is to give instead", () => {
  it.each<[string, Resources, Resources]>([
    ["a grant of their own", { "amplitude_module_grant.jo": { ...user, ...experiment } }, {}],
    [
      "a membership",
      { ...extra(JO, BOB), "amplitude_module_grant.extra": { ...byGroup, ...experiment } },
      { ...extra(BOB), "amplitude_module_grant.extra": { ...byGroup, ...experiment } },
    ],
    [
      "the grant of a group",
      { ...extra(JO), "amplitude_module_grant.extra": { ...byGroup, ...experiment } },
      extra(JO),
    ],
    [
      "a group that goes",
      { ...extra(JO), "amplitude_module_grant.extra": { ...byGroup, ...experiment } },
      {},
    ],
  ])("%s is taken away once it does, also where the role opens nothing of it", async (_, before, after) => {
    const site = siteOf(before);
    await site.apply();
    site.stack({ resources: { ...atProvider(BOB, JO), ...after } });
    const waiting = await site.apply();
    expect(waiting.outcomes.filter((outcome) => !outcome.endsWith(": waiting"))).toEqual([]);
    expect(site.emulator.state().modules).toHaveLength(2);
    await site.idp([{ name: "okta-nova", members: [BOB, JO] }]);
    await site.sync();
    const done = await site.apply();
    expect(done.outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
    expect(done.after.plan.steps).toEqual([]);
  });
});

describe("an archived project on which an identity provider's group gives a role", () => {
  const okta = "${amplitude_idp_group.okta.id}";
  const project = {
    "amplitude_project.web": { name: "Web" },
    "amplitude_project_role_assignment.okta": {
      principal_type: "group",
      principal: okta,
      project_id: "${amplitude_project.web.id}",
      role: "Member",
    },
  };

  const leaving = async (
    mapping: NonNullable<Parameters<ReturnType<typeof organization>["idpGroup"]>[2]>["mapping"],
  ) => {
    const seed = organization()
      .people(JO)
      .project("Web")
      .idpGroup("okta-nova", [BOB, JO], mapping === undefined ? {} : { mapping })
      .switches({ management: "served" });
    const site = harness({
      organization: seed,
      stack: { resources: { ...atProvider(BOB, JO), ...project } },
    });
    await site.apply();
    await site.ui({ type: "archive_project", project: "Web", archived: true });
    const left = { "amplitude_leaver.bob": { email: BOB, left_on: "2026-11-20" } };
    site.stack({ resources: { ...atProvider(JO), ...project, ...left } });
    return site;
  };
  const comesBackLater = async (site: Harness, why: string) => {
    const { outcomes } = await site.apply();
    expect(outcomes).toContain(`okta-nova loses ${BOB}: waiting`);
    expect(outcomes).toContain(`restore project Web: ${why}`);
    await site.heal();
    await site.idp([{ name: "okta-nova", members: [JO] }]);
    await site.sync();
    const done = await site.apply();
    expect(done.outcomes).toContain("restore project Web: done");
    expect(site.people()).not.toContain(BOB);
  };

  it("waits for a leaver who is in that group, where Amplitude refuses to shut them out", async () => {
    const site = await leaving(undefined);
    await site.fault({
      match: { method: "PATCH", path: "/api/2/organizations/7/members/*" },
      times: 20,
      fault: { type: "status", status: 403 },
    });
    await comesBackLater(site, "waiting");
  });

  it("waits for a leaver who is shut out already: a mapping that nobody declared may set the role back", async () => {
    await comesBackLater(await leaving({ organizationRole: "member" }), "waiting");
  });
});

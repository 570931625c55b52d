import { driftItems, type DriftItem, type DriftSort } from "../../src/drift";
import { harness, type Harness, type HarnessSettings } from "../support/harness";
import { organization, type OrganizationBuilder } from "../support/organization";
import type { StackContent } from "../support/stack-file";

const EVE = "eve@evil.example";

const crew: StackContent = {
  lookups: { "amplitude_project.web": { name: "Web" } },
  resources: {
    "amplitude_group.crew": { name: "crew" },
    "amplitude_group_membership.ana": { group_id: "${amplitude_group.crew.id}", email: "ana@nova.agency" },
    "amplitude_project_role_assignment.crew": {
      principal_type: "group",
      principal: "${amplitude_group.crew.id}",
      project_id: "${data.amplitude_project.web.id}",
      role: "Member",
    },
  },
};
const world = (): OrganizationBuilder =>
  organization()
    .people("ana@nova.agency", EVE)
    .project("Web", "App")
    .group("crew", ["ana@nova.agency"])
    .group("okta", ["kim@acme.com"])
    .grant("crew", "Web", "Member");

async function applied(
  builder: OrganizationBuilder = world(),
  stack: StackContent = crew,
  more: Partial<HarnessSettings> = {},
): Promise<Harness> {
  const site = harness({ organization: builder, stack, ...more });
  await site.apply();
  return site;
}

/** What drift tells of these sorts, `found: eve@evil.example in crew`. */
async function told(site: Harness, ...sorts: DriftSort[]): Promise<string[]> {
  const { live, steps } = await site.plan();
  const items: readonly DriftItem[] = driftItems(await site.drift(), steps, live, {
    alerts: [],
    findings: [],
  });
  return items
    .filter(({ sort }) => sorts.includes(sort))
    .map(({ sort, what, counts }) => `${sort}: ${what}${counts ? "" : " (does not count)"}`)
    .sort();
}
const around = (site: Harness): Promise<string[]> => told(site, "added", "found");

describe("what was around at the first apply", () => {
  it("is told apart and does not count; what came later does", async () => {
    const site = await applied(world().group("others", [EVE]).grant("others", "Web", "Viewer"));
    expect(await around(site)).toEqual(["found: grant others on Web: Viewer (does not count)"]);
    await site.ui({ type: "grant", person: EVE, project: "Web", role: "Viewer" });
    expect(await around(site)).toEqual([
      `added: ${EVE} on Web: Viewer`,
      "found: grant others on Web: Viewer (does not count)",
    ]);
  });

  it("counts with another role, and once it is gone, an apply goes by, and it comes back", async () => {
    const site = await applied(world().grant(EVE, "Web", "Viewer"));
    await site.ui({ type: "grant", person: EVE, project: "Web", role: "Admin" });
    expect(await around(site)).toEqual([`added: ${EVE} on Web: Admin`]);
    await site.ui({ type: "revoke", person: EVE, project: "Web" });
    await site.apply();
    await site.ui({ type: "grant", person: EVE, project: "Web", role: "Viewer" });
    expect(await around(site)).toEqual([`added: ${EVE} on Web: Viewer`]);
  });

  it("of a line that comes later is what was there when that was first applied", async () => {
    const site = await applied(world().grant(EVE, "App", "Viewer"));
    expect(await around(site)).toEqual([]);
    const lookups = { ...crew.lookups, "amplitude_project.app": { name: "App" } };
    site.stack({ ...crew, lookups });
    expect(await told(site, "added", "found", "unmanaged")).toContain(
      `unmanaged: grant ${EVE} on App: Viewer (does not count)`,
    );
    await site.apply();
    expect(await around(site)).toEqual([`found: grant ${EVE} on App: Viewer (does not count)`]);
  });

  it("of a kind that could not be read is what was there when it first could", async () => {
    const seed = {
      ...world().switches({ management: "served" }).seed(),
      apiKeys: [{ id: "k1", label: "old", scope: "secret" as const, projectId: 501 }],
    };
    const blind = harness({ organization: seed, stack: crew, without: ["management"] });
    await blind.apply();
    const site = harness({ organization: seed, emulator: blind.emulator, stack: crew });
    site.base = blind.base;
    expect(await around(site)).toEqual([]);
    await site.apply();
    expect(await around(site)).toEqual([
      "found: grant secret key old of Web, generation 1 (does not count)",
      "found: organization role of priya@acme.com: admin (does not count)",
      "found: organization role of tom@acme.com: owner (does not count)",
    ]);
  });

  it("is not in a state of 0.1: it is listed until an apply records it", async () => {
    const site = await applied();
    await site.ui({ type: "add_member", group: "crew", email: EVE });
    const { found: _found, ...old } = site.base!;
    site.base = old;
    expect((await site.drift()).foundKnown).toBe(false);
    expect(await told(site, "added", "found", "unmanaged")).toContain(
      `unmanaged: ${EVE} in crew (does not count)`,
    );
    await site.apply();
    expect(await around(site)).toEqual([`found: ${EVE} in crew (does not count)`]);
    await site.ui({ type: "add_member", group: "crew", email: "kim@acme.com" });
    expect(await around(site)).toContain("added: kim@acme.com in crew");
  });
});

describe("watching is not owning", () => {
  it("no step takes away what counts", async () => {
    const site = await applied();
    await site.ui({ type: "add_member", group: "crew", email: EVE });
    expect(await around(site)).toEqual([`added: ${EVE} in crew`]);
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("what a pattern owns is changed outside, and told once", async () => {
    const site = await applied(world(), {
      ...crew,
      provider: { owns_people_of: ["evil.example"], owns_grants_on: ["Web"] },
    });
    await site.ui({ type: "invite", email: "zed@evil.example" });
    await site.ui({ type: "grant", person: "zed@evil.example", project: "Web", role: "Admin" });
    const all = await told(site, "outside", "added", "found", "arrived", "unmanaged");
    expect(all.filter((line) => line.includes("zed@"))).toEqual([
      "outside: zed@evil.example",
      "outside: zed@evil.example on Web",
    ]);
  });

  it("who is in a group of an identity provider is watched by expects alone", async () => {
    const resources = { ...crew.resources, "amplitude_idp_group.okta": { name: "okta" } };
    const site = await applied(world().grant("okta", "Web", "Viewer"), { ...crew, resources });
    await site.ui({ type: "add_member", group: "okta", email: "ana@nova.agency" });
    expect(await around(site)).toEqual(["found: grant okta on Web: Viewer (does not count)"]);
  });

  it("what a declared mapping sets is declared; another role is not", async () => {
    const resources = {
      ...crew.resources,
      "amplitude_idp_group.okta": { name: "okta", maps_project_roles: { Web: "Manager" } },
    };
    const site = await applied(world(), { ...crew, resources });
    await site.ui({ type: "grant", person: "kim@acme.com", project: "Web", role: "Manager" });
    expect(await around(site)).toEqual([]);
    await site.ui({ type: "grant", person: "kim@acme.com", project: "Web", role: "Admin" });
    expect(await around(site)).toEqual(["added: kim@acme.com on Web: Admin"]);
  });
});

describe("what ended by its own date", () => {
  const DAY = 24 * 3600;
  const ends = "2026-11-24";
  it.each<[string, StackContent["resources"], string[]]>([
    [
      "a membership",
      {
        "amplitude_group_membership.ana": {
          group_id: "${amplitude_group.crew.id}",
          email: "ana@nova.agency",
          expires_at: ends,
        },
      },
      ["ended: ana@nova.agency in crew"],
    ],
    [
      "a role",
      {
        "amplitude_project_role_assignment.crew": {
          ...crew.resources!["amplitude_project_role_assignment.crew"],
          expires_at: ends,
        },
      },
      ["ended: crew on Web"],
    ],
    [
      "one member of a whole set",
      {
        "amplitude_group.okta": {
          name: "okta",
          members: ["kim@acme.com", "ana@nova.agency"],
          member_expires_at: { "kim@acme.com": ends },
        },
      },
      ["ended: okta"],
    ],
    [
      "a person",
      { "amplitude_user.kim": { email: "kim@acme.com", expires_at: ends } },
      ["ended: kim@acme.com"],
    ],
  ])("%s is not changed outside, and no line would keep it", async (_name, resources, expected) => {
    const site = await applied(world(), { ...crew, resources: { ...crew.resources, ...resources } });
    expect(await told(site, "outside", "ended", "added")).toEqual([]);
    await site.advance(3 * DAY);
    expect(await told(site, "outside", "ended", "added")).toEqual(expected);
    const { ended } = await site.drift();
    expect(ended.every(({ by }) => by === undefined)).toBe(true);
    await site.apply();
    expect(await told(site, "outside", "ended", "added")).toEqual([]);
  });

  it("who is owned by a domain and was named by that line alone has ended, too", async () => {
    const resources = {
      ...crew.resources,
      "amplitude_project_role_assignment.eve": {
        principal_type: "user",
        principal: EVE,
        project_id: "${data.amplitude_project.web.id}",
        role: "Viewer",
        expires_at: ends,
      },
    };
    const provider = { owns_people_of: ["evil.example"] };
    const site = await applied(world(), { ...crew, resources, provider });
    await site.advance(3 * DAY);
    expect(await told(site, "outside", "ended")).toEqual([`ended: ${EVE}`, `ended: ${EVE} on Web`]);
  });
});

it("what the next plan takes away is not listed as declared by nobody", async () => {
  const site = await applied(
    world().grant(EVE, "App", "Viewer").group("old", [EVE]).grant("old", "App", "Viewer"),
  );
  const { "amplitude_group.crew": _crew, ...resources } = crew.resources!;
  site.stack({
    ...crew,
    resources: {
      "amplitude_leaver.eve": { email: EVE, left_on: "2026-11-20" },
      ...resources,
      "amplitude_group.crew": { name: "crew" },
    },
  });
  expect((await told(site, "arrived", "found", "unmanaged")).filter((line) => line.includes(EVE))).toEqual(
    [],
  );
});

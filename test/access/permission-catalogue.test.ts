import { permissionCatalogue, permissionsByDefault, type Permission } from "../../src/access";

function permission(slug: string): Permission {
  return permissionCatalogue.find((row) => row.slug === slug)!;
}

describe("Amplitude's permission catalogue", () => {
  it("has 49 permissions, each with its own id and slug", () => {
    expect(permissionCatalogue).toHaveLength(49);
    expect(new Set(permissionCatalogue.map(({ id }) => id)).size).toBe(49);
    expect(new Set(permissionCatalogue.map(({ slug }) => slug)).size).toBe(49);
    expect(permissionCatalogue.map(({ slug }) => slug)).toEqual(
      permissionCatalogue.map(({ slug }) => slug).sort(),
    );
  });

  it("spreads over these product areas", () => {
    const counts: Record<string, number> = {};
    for (const { productArea } of permissionCatalogue) counts[productArea] = (counts[productArea] ?? 0) + 1;
    expect(counts).toEqual({
      admin: 4,
      ai: 4,
      audiences: 5,
      "charts-metrics": 3,
      "data-management": 5,
      experiment: 6,
      "guides-surveys": 7,
      integrations: 3,
      "resource-center": 4,
      "session-replay": 8,
    });
  });

  it("carries whole rows", () => {
    expect(permission("manage-user-permissions")).toMatchObject({
      title: "Manage user permissions",
      productArea: "admin",
      advanced: true,
      defaultRoles: ["admin", "manager"],
    });
    expect(permission("export-cohorts")).toEqual({
      id: "cccf28bc-d934-4bda-9472-70186e9f88eb",
      slug: "export-cohorts",
      title: "Export cohorts",
      productArea: "audiences",
      advanced: false,
      actions: ["export cohort"],
      defaultRoles: ["admin", "manager", "member", "viewer"],
    });
    expect(permission("manage-api-keys").actions).toEqual([
      "view secret key",
      "view integration API keys",
      "edit integration API keys",
      "view project API keys",
    ]);
    expect(permission("update-tracking-plan").actions).toHaveLength(32);
    for (const { actions, title } of permissionCatalogue) {
      expect(title).not.toBe("");
      expect(actions.length).toBeGreaterThan(0);
    }
  });

  const all = ["admin", "manager", "member", "viewer"];
  const upToMember = ["admin", "manager", "member"];
  it.each([
    ["create-agents", all],
    ["view-agents", all],
    ["use-chat", all],
    ["view-chat", all],
    ["export-cohorts", all],
    ["manage-cohorts", all],
    ["manage-billing-settings", all],
    ["view-experiment-objects", all],
    ["view-guides-surveys-objects", all],
    ["view-zoning-analyses", all],
    ["manage-data-clean-up", upToMember],
    ["manage-data-enrichment", upToMember],
    ["manage-heatmaps", upToMember],
    ["manage-saved-segments", upToMember],
    ["manage-unpublished-guides-surveys", upToMember],
    ["update-tracking-plan", upToMember],
    ["manage-deployments", ["admin"]],
    ["manage-own-zoning-analyses", ["member"]],
  ])("%s is by default of %p", (slug, roles) => expect(permission(slug).defaultRoles).toEqual(roles));

  it("gives the other 31 to admin and manager", () => {
    const others = permissionCatalogue.filter(({ defaultRoles }) => defaultRoles.join() === "admin,manager");
    expect(others).toHaveLength(31);
  });

  it.each([
    ["viewer", 10],
    ["member", 17],
    ["manager", 47],
    ["admin", 48],
  ] as const)("%s starts with %i permissions", (role, count) =>
    expect(permissionsByDefault(role)).toHaveLength(count),
  );
});

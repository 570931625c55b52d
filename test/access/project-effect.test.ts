import { affectedPeople, applyEffect, Draft, effectiveAccess, type Effect } from "../../src/access";
import { acme, direct, group, person, toGroup } from "./acme";
import { after, ana, analysts, base, contents } from "./nova";

const email = "ana@nova.agency";
const self = { type: "user", id: email } as const;
const group7 = { type: "group", id: "7" } as const;
const accessOf = (draft: Draft) => [...effectiveAccess(draft, email).projects.keys()];
const key = { label: "ingest", keyType: "project", projectId: "101", generation: 1 };

describe("organization roles", () => {
  it.each(["owner", "No Access", "member"])("%s replaces the one before and keeps the names", (role) => {
    const draft = after(
      { type: "rename_person", email, names: { givenName: "Ana" } },
      { type: "set_organization_role", email, role: "manager" },
      { type: "set_organization_role", email: "ANA@nova.agency", role },
    );
    expect(draft.person(email)).toEqual({
      email,
      givenName: "Ana",
      organizationRole: role.toLowerCase().replace(" ", "_"),
    });
  });

  it("count at once: an admin reaches every project, No Access none", () => {
    expect(accessOf(after())).toEqual(["101", "102"]);
    expect(accessOf(after({ type: "set_organization_role", email, role: "no_access" }))).toEqual([]);
  });
});

describe("projects", () => {
  const grantOnNew: Effect = { type: "grant", principal: ana, projectId: "new:Web", roleId: "r-member" };

  it("a project that a plan creates is granted on by name until it has an id", () => {
    const draft = after({ type: "create_project", name: "Web" }, grantOnNew);
    const [created] = draft.projectsNamed("Web");
    expect(created).toMatchObject({ id: "new:Web", name: "Web" });
    expect(draft.grant(self, created!.id)?.roleId).toBe("r-member");
    expect([...draft.projectIds()]).toEqual(["101", "102", "new:Web"]);
    expect(accessOf(draft)).toContain("new:Web");
  });

  it("the same grant finds it when it has got its id", () => {
    const draft = after({ type: "create_project", name: "Web", id: "900" }, grantOnNew);
    expect(draft.grant(self, "900")?.roleId).toBe("r-member");
    expect(draft.project("new:Web")).toBeUndefined();
  });

  it("a module and a key find it by name too, and a revocation takes back by name", () => {
    const module = { principal: ana, projectId: "new:Web", module: "govern_consumer" } as const;
    const draft = after(
      { type: "create_project", name: "Web", id: "900" },
      grantOnNew,
      { type: "grant_module", ...module },
      { type: "create_key", ...key, projectId: "new:Web" },
    );
    expect(draft.module(self, "900", "govern_consumer")).toBeDefined();
    expect(draft.key({ ...key, projectId: "900" })).toBeDefined();
    for (const effect of [
      { type: "revoke", principal: ana, projectId: "new:Web" },
      { type: "revoke_module", ...module },
      { type: "delete_key", ...key, projectId: "new:Web" },
    ] as const)
      expect(applyEffect(draft, effect)).toBeUndefined();
    expect(contents(draft)).toEqual(contents(after({ type: "create_project", name: "Web", id: "900" })));
  });

  it("a project that a plan creates and renames is found by either name", () => {
    const draft = after(
      { type: "create_project", name: "Web" },
      { type: "rename_project", projectId: "new:Web", name: "Old" },
      grantOnNew,
      { type: "grant", principal: ana, projectId: "new:Old", roleId: "r-viewer" },
    );
    expect(draft.grantsOf(self).map(({ projectId, roleId }) => [projectId, roleId])).toContainEqual([
      "new:Web",
      "r-viewer",
    ]);
    expect(draft.grantsOf(self)).toHaveLength(2);
  });

  it("a renamed project keeps id and grants, and frees its old name", () => {
    const draft = after(
      { type: "rename_project", projectId: "101", name: "Web" },
      { type: "create_project", name: "Client Production", id: "900" },
    );
    expect(draft.projectsNamed("Web").map(({ id }) => id)).toEqual(["101"]);
    expect(draft.projectsNamed("Client Production").map(({ id }) => id)).toEqual(["900"]);
    expect(draft.grant(group7, "101")?.roleId).toBe("r-member");
    expect([...draft.projects()]).toHaveLength(3);
  });

  it("archiving ends access and keeps the grants; restoring brings both back", () => {
    const draft = after({ type: "archive_project", projectId: "101" });
    expect(draft.project("101")?.archived).toBe(true);
    expect(accessOf(draft)).toEqual(["102"]);
    expect(draft.grant(group7, "101")).toBeDefined();
    expect(applyEffect(draft, { type: "restore_project", projectId: "101" })).toBeUndefined();
    expect(accessOf(draft)).toEqual(["101", "102"]);
  });

  it("on an archived project a grant can be taken away", () => {
    const draft = after(
      { type: "archive_project", projectId: "102" },
      { type: "revoke", principal: ana, projectId: "102" },
      { type: "restore_project", projectId: "102" },
    );
    expect(accessOf(draft)).toEqual(["101"]);
  });
});

describe("modules", () => {
  it("are granted to people and groups, once, beside other modules", () => {
    const draft = after(
      { type: "grant_module", principal: ana, projectId: "102", module: "govern_consumer" },
      { type: "grant_module", principal: ana, projectId: "102", module: "govern_consumer" },
      { type: "grant_module", principal: ana, projectId: "102", module: "experiment_admin" },
      { type: "grant_module", principal: { type: "group", group: analysts }, projectId: "101", module: "x" },
    );
    expect(draft.modulesOf(self).map(({ module }) => module)).toEqual([
      "govern_consumer",
      "experiment_admin",
    ]);
    expect(draft.modulesOf(group7)).toMatchObject([{ projectId: "101", module: "x" }]);
    expect([...draft.modules()]).toHaveLength(3);
  });

  it("go one by one, and with the person or the group that holds them", () => {
    const granted: Effect[] = [
      { type: "grant_module", principal: ana, projectId: "102", module: "govern_consumer" },
      { type: "grant_module", principal: ana, projectId: "102", module: "experiment_admin" },
      { type: "grant_module", principal: { type: "group", group: analysts }, projectId: "101", module: "x" },
    ];
    const left = (effect: Effect) => [...after(...granted, effect).modules()].map(({ module }) => module);
    expect(
      left({ type: "revoke_module", principal: ana, projectId: "102", module: "govern_consumer" }),
    ).toEqual(["experiment_admin", "x"]);
    expect(left({ type: "remove_person", email: "ANA@nova.agency" })).toEqual(["x"]);
    expect(left({ type: "delete_group", group: analysts })).toEqual(["govern_consumer", "experiment_admin"]);
  });
});

describe("keys and settings", () => {
  it("a new generation stands beside the old one, which is deleted alone", () => {
    const draft = after(
      { type: "create_key", ...key },
      { type: "create_key", ...key, generation: 2 },
      { type: "delete_key", ...key },
      { type: "create_key", label: "users", keyType: "organization", generation: 1 },
    );
    expect(draft.key(key)).toBeUndefined();
    expect([...draft.keys()]).toMatchObject([
      { ...key, generation: 2 },
      { label: "users", keyType: "organization", generation: 1 },
    ]);
  });

  it("a key that was read goes too", () => {
    const draft = new Draft(acme({ keys: [{ id: "k1", ...key }] }));
    expect(applyEffect(draft, { type: "create_key", ...key })?.code).toBe("key_present");
    expect(applyEffect(draft, { type: "delete_key", ...key })).toBeUndefined();
    expect([...draft.keys()]).toEqual([]);
  });

  it("a setting has its last value, and the others theirs", () => {
    const draft = new Draft(
      acme({
        settings: new Map([
          ["mfa_required", "false"],
          ["scim_enabled", "true"],
        ]),
      }),
    );
    for (const value of ["true", "false", "true"])
      applyEffect(draft, { type: "setting", name: "mfa_required", value });
    expect(draft.settings()).toEqual(
      new Map([
        ["mfa_required", "true"],
        ["scim_enabled", "true"],
      ]),
    );
  });
});

const archived101 = acme({
  people: [person(email)],
  projects: [
    { id: "101", name: "Old", archived: true },
    { id: "103", name: "Twin" },
    { id: "104", name: "Twin" },
  ],
  keys: [{ id: "k1", ...key }],
});
const eve = { type: "user", email: "eve@x.org" } as const;

describe("what would be refused", () => {
  it.each<[Effect, string, string]>([
    [
      { type: "set_organization_role", email: "eve@x.org", role: "admin" },
      "person_unknown",
      "eve@x.org is not in",
    ],
    [
      { type: "set_organization_role", email, role: "User" },
      "organization_role_unknown",
      "no organization role User",
    ],
    [{ type: "create_project", name: "Twin" }, "project_name_taken", "already a project Twin"],
    [{ type: "create_project", name: "Old" }, "project_name_taken", "already a project Old"],
    [{ type: "create_project", name: "Web", id: "101" }, "project_name_taken", "project of the id 101"],
    [
      { type: "rename_project", projectId: "101", name: "Twin" },
      "project_name_taken",
      "already a project Twin",
    ],
    [{ type: "rename_project", projectId: "999", name: "Web" }, "project_unknown", "no project 999"],
    [{ type: "archive_project", projectId: "999" }, "project_unknown", "no project 999"],
    [{ type: "restore_project", projectId: "new:Web" }, "project_unknown", "no project Web"],
    [{ type: "grant", principal: ana, projectId: "101", roleId: "r" }, "project_archived", "Old is archived"],
    [
      { type: "grant", principal: ana, projectId: "new:Old", roleId: "r" },
      "project_archived",
      "Old is archived",
    ],
    [
      { type: "grant", principal: ana, projectId: "new:Web", roleId: "r" },
      "project_unknown",
      "no project Web",
    ],
    [
      { type: "grant", principal: ana, projectId: "new:Twin", roleId: "r" },
      "project_ambiguous",
      "2 projects are named Twin",
    ],
    [
      { type: "revoke", principal: ana, projectId: "new:Twin" },
      "project_ambiguous",
      "2 projects are named Twin",
    ],
    [
      { type: "grant_module", principal: ana, projectId: "101", module: "x" },
      "project_archived",
      "Old is archived",
    ],
    [
      { type: "grant_module", principal: ana, projectId: "new:Web", module: "x" },
      "project_unknown",
      "no project Web",
    ],
    [
      { type: "grant_module", principal: eve, projectId: "103", module: "x" },
      "person_unknown",
      "eve@x.org is not in",
    ],
    [
      {
        type: "grant_module",
        principal: { type: "group", group: { name: "nobodys" } },
        projectId: "103",
        module: "x",
      },
      "group_unknown",
      "no group nobodys",
    ],
    [{ type: "create_key", ...key }, "key_present", "already a project key ingest of generation 1"],
    [{ type: "create_key", ...key, projectId: "new:Web" }, "project_unknown", "no project Web"],
  ])("%j: %s", (effect, code, reason) => {
    const draft = new Draft(archived101);
    expect(applyEffect(draft, effect)).toEqual({ code, reason: expect.stringContaining(reason) as string });
    expect(contents(draft)).toEqual(contents(archived101));
  });

  it.each<[Effect]>([
    [{ type: "rename_project", projectId: "101", name: "Client Production" }],
    [{ type: "restore_project", projectId: "101" }],
    [{ type: "revoke", principal: ana, projectId: "new:Web" }],
    [{ type: "revoke_module", principal: ana, projectId: "101", module: "govern_consumer" }],
    [{ type: "revoke_module", principal: ana, projectId: "new:Web", module: "govern_consumer" }],
    [{ type: "revoke_module", principal: eve, projectId: "101", module: "govern_consumer" }],
    [{ type: "delete_key", ...key, generation: 7 }],
    [{ type: "delete_key", ...key, projectId: "new:Web" }],
  ])("what is already so is done: %j", (effect) => {
    expect(contents(after(effect))).toEqual(contents(base));
  });
});

describe("whom an effect touches", () => {
  const organization = acme({
    people: [
      person(email),
      person("jo@nova.agency"),
      person("Olga@acme.org", "Owner"),
      person("max@acme.org", "manager"),
    ],
    groups: [group("7", "amp-analysts", ["jo@nova.agency"]), group("8", "others", ["max@acme.org"])],
    grants: [
      direct(email, "101", "r-viewer"),
      toGroup("7", "101", "r-viewer"),
      toGroup("8", "102", "r-viewer"),
    ],
  });

  it.each<[Effect, string[]]>([
    [{ type: "set_organization_role", email: "Ana@nova.agency", role: "admin" }, [email]],
    [{ type: "create_project", name: "Web" }, ["olga@acme.org"]],
    [{ type: "rename_project", projectId: "101", name: "Web" }, []],
    [{ type: "archive_project", projectId: "101" }, ["olga@acme.org", email, "jo@nova.agency"]],
    [{ type: "restore_project", projectId: "new:Client Staging" }, ["olga@acme.org", "max@acme.org"]],
    [{ type: "grant_module", principal: ana, projectId: "101", module: "x" }, [email]],
    [
      { type: "revoke_module", principal: { type: "group", group: analysts }, projectId: "101", module: "x" },
      ["jo@nova.agency"],
    ],
    [{ type: "create_key", ...key }, []],
    [{ type: "delete_key", ...key }, []],
    [{ type: "setting", name: "mfa_required", value: "true" }, []],
  ])("%j", (effect, people) => expect([...affectedPeople(organization, effect)]).toEqual(people));
});

import {
  affectedPeople,
  applyEffect,
  applyEffects,
  Draft,
  type Effect,
  type Organization,
} from "../../src/access";
import { acme, group, person } from "./acme";
import { after, ana, analysts, base, contents, okta } from "./nova";

const members = (organization: Organization, id: string) => [...(organization.group(id)?.members ?? [])];

describe("people", () => {
  it("an invited person is there, spelled as invited, with names", () => {
    const draft = after({
      type: "invite",
      email: "Tyra@Nova.Agency",
      names: { givenName: "Tyra", familyName: "Berg" },
    });
    expect(draft.person("tyra@nova.agency")).toEqual({
      email: "Tyra@Nova.Agency",
      givenName: "Tyra",
      familyName: "Berg",
    });
    expect([...draft.people()]).toHaveLength(3);
  });

  it("a renamed person keeps all else", () => {
    const draft = after({ type: "rename_person", email: "ANA@nova.agency", names: { givenName: "Ana" } });
    expect(draft.person("ana@nova.agency")).toEqual({ email: "ana@nova.agency", givenName: "Ana" });
    expect(draft.groupsOf("ana@nova.agency")).toHaveLength(1);
    expect([...draft.people()]).toHaveLength(2);
  });

  it("a removed person leaves every group and loses their own grants; the group keeps its", () => {
    const draft = after({ type: "remove_person", email: "ANA@nova.agency" });
    expect(draft.person("ana@nova.agency")).toBeUndefined();
    expect(members(draft, "7")).toEqual([]);
    expect(draft.groupsOf("ana@nova.agency")).toEqual([]);
    expect([...draft.grants()].map(({ id }) => id)).toEqual(["7/101"]);
    expect([...draft.people()].map(({ email }) => email)).toEqual(["jo@nova.agency"]);
  });
});

describe("groups", () => {
  it("a new group is empty, ours, and known by its name until it has an id", () => {
    const draft = after(
      { type: "create_group", name: "new" },
      { type: "add_member", group: { name: "new" }, email: "ana@nova.agency" },
      {
        type: "grant",
        principal: { type: "group", group: { name: "new" } },
        projectId: "101",
        roleId: "r-admin",
      },
    );
    const [created] = draft.groupsNamed("new");
    expect(created).toMatchObject({ name: "new", writer: "us" });
    expect([...created!.members]).toEqual(["ana@nova.agency"]);
    expect(draft.grantsOf({ type: "group", id: created!.id })).toMatchObject([
      { projectId: "101", roleId: "r-admin" },
    ]);
  });

  it("a group created under a known id is found by both", () => {
    const draft = after({ type: "create_group", name: "new", id: "671" });
    expect(draft.group("671")).toBe(draft.groupsNamed("new")[0]);
  });

  it("a renamed group keeps members and grants, and frees its old name", () => {
    const draft = after(
      { type: "rename_group", group: analysts, name: "agency-analysts" },
      { type: "create_group", name: "amp-analysts", id: "70" },
    );
    expect(draft.groupsNamed("agency-analysts").map(({ id }) => id)).toEqual(["7"]);
    expect(draft.groupsNamed("amp-analysts").map(({ id }) => id)).toEqual(["70"]);
    expect(members(draft, "7")).toEqual(["ana@nova.agency"]);
    expect(draft.groupsOf("ana@nova.agency").map(({ name }) => name)).toEqual(["agency-analysts"]);
    expect(draft.grantsOf({ type: "group", id: "7" })).toHaveLength(1);
  });

  it("a deleted group takes its memberships and grants with it, and leaves direct grants", () => {
    const draft = after({ type: "delete_group", group: analysts });
    expect(draft.group("7")).toBeUndefined();
    expect(draft.groupsNamed("amp-analysts")).toEqual([]);
    expect(draft.groupsOf("ana@nova.agency")).toEqual([]);
    expect([...draft.grants()].map(({ id }) => id)).toEqual(["ana@nova.agency/102"]);
  });

  it.each(["add_member", "idp_gain"] as const)("%s puts somebody into a group once", (type) => {
    const effect = { type, group: okta, email: "ANA@nova.agency" } as const;
    const draft = after(effect, effect);
    expect(members(draft, "8")).toEqual(["jo@nova.agency", "ana@nova.agency"]);
    expect(draft.groupsOf("ana@nova.agency").map(({ id }) => id)).toEqual(["7", "8"]);
    expect([...draft.people()]).toHaveLength(2);
  });

  it.each(["add_member", "idp_gain"] as const)("%s invites an unknown e-mail", (type) => {
    const draft = after({ type, group: okta, email: "Tyra@nova.agency" });
    expect(draft.person("tyra@nova.agency")).toEqual({ email: "Tyra@nova.agency" });
    expect(members(draft, "8")).toContain("tyra@nova.agency");
  });

  it.each(["remove_member", "idp_lose"] as const)(
    "%s takes somebody out and leaves them in the organization",
    (type) => {
      const draft = after({ type, group: analysts, email: "ANA@nova.agency" });
      expect(members(draft, "7")).toEqual([]);
      expect(draft.groupsOf("ana@nova.agency")).toEqual([]);
      expect(draft.person("ana@nova.agency")).toBeDefined();
    },
  );
});

describe("grants", () => {
  it("a grant where there is none is new; where there is one its role changes and its id stays", () => {
    const draft = after(
      { type: "grant", principal: ana, projectId: "101", roleId: "r-viewer" },
      { type: "grant", principal: ana, projectId: "102", roleId: "r-admin" },
    );
    expect(draft.grant({ type: "user", id: "ana@nova.agency" }, "101")?.roleId).toBe("r-viewer");
    expect(draft.grant({ type: "user", id: "ana@nova.agency" }, "102")).toMatchObject({
      id: "ana@nova.agency/102",
      roleId: "r-admin",
    });
    expect([...draft.grants()]).toHaveLength(3);
  });

  it("a revoked grant leaves the others", () => {
    const draft = after(
      { type: "grant", principal: ana, projectId: "101", roleId: "r-viewer" },
      { type: "revoke", principal: ana, projectId: "102" },
      { type: "revoke", principal: { type: "group", group: analysts }, projectId: "101" },
    );
    expect([...draft.grants()]).toMatchObject([{ principal: { id: "ana@nova.agency" }, projectId: "101" }]);
  });

  it("a grant on a project that no list names makes it a project of the organization", () => {
    const draft = after({ type: "grant", principal: ana, projectId: "999", roleId: "r-viewer" });
    expect([...draft.projectIds()]).toEqual(["101", "102", "999"]);
  });
});

const nobodys = { name: "nobodys" };

describe("what Amplitude would refuse", () => {
  it.each<[Effect, string, string]>([
    [{ type: "invite", email: "ANA@nova.agency" }, "person_present", "ANA@nova.agency is already in"],
    [{ type: "rename_person", email: "eve@x.org", names: {} }, "person_unknown", "eve@x.org is not in"],
    [{ type: "create_group", name: "amp-okta" }, "group_name_taken", "already a group amp-okta"],
    [{ type: "create_group", name: "new", id: "7" }, "group_name_taken", "already a group of the id 7"],
    [{ type: "rename_group", group: nobodys, name: "x" }, "group_unknown", "no group nobodys"],
    [
      { type: "rename_group", group: analysts, name: "amp-okta" },
      "group_name_taken",
      "already a group amp-okta",
    ],
    [{ type: "delete_group", group: { name: "twins" } }, "group_ambiguous", "2 groups are named twins"],
    [{ type: "add_member", group: nobodys, email: "eve@x.org" }, "group_unknown", "no group nobodys"],
    [
      { type: "add_member", group: { id: "77", name: "amp-analysts" }, email: "eve@x.org" },
      "group_unknown",
      "amp-analysts (id 77)",
    ],
    [
      { type: "add_member", group: { name: "twins" }, email: "eve@x.org" },
      "group_ambiguous",
      "2 groups are named twins",
    ],
    [{ type: "idp_gain", group: nobodys, email: "eve@x.org" }, "group_unknown", "no group nobodys"],
    [
      {
        type: "grant",
        principal: { type: "user", email: "eve@x.org" },
        projectId: "101",
        roleId: "r-viewer",
      },
      "person_unknown",
      "eve@x.org is not in",
    ],
    [
      { type: "grant", principal: { type: "group", group: nobodys }, projectId: "101", roleId: "r-viewer" },
      "group_unknown",
      "no group nobodys",
    ],
    [
      { type: "revoke", principal: { type: "group", group: { name: "twins" } }, projectId: "1" },
      "group_ambiguous",
      "2 groups",
    ],
  ])("%j: %s", (effect, code, reason) => {
    const draft = new Draft(base);
    expect(applyEffect(draft, effect)).toEqual({ code, reason: expect.stringContaining(reason) as string });
    expect(contents(draft)).toEqual(contents(base));
  });

  it.each<[Effect]>([
    [{ type: "remove_person", email: "eve@x.org" }],
    [{ type: "delete_group", group: nobodys }],
    [{ type: "rename_group", group: analysts, name: "amp-analysts" }],
    [{ type: "remove_member", group: nobodys, email: "ana@nova.agency" }],
    [{ type: "remove_member", group: okta, email: "ana@nova.agency" }],
    [{ type: "idp_lose", group: okta, email: "ana@nova.agency" }],
    [{ type: "revoke", principal: { type: "user", email: "eve@x.org" }, projectId: "101" }],
    [{ type: "revoke", principal: { type: "group", group: nobodys }, projectId: "101" }],
  ])("taking away what is already gone is done: %j", (effect) => {
    expect(contents(after(effect))).toEqual(contents(base));
  });

  it("several effects happen all or not at all", () => {
    const draft = new Draft(base);
    const refusal = applyEffects(draft, [
      { type: "invite", email: "tyra@nova.agency" },
      { type: "add_member", group: analysts, email: "tyra@nova.agency" },
      { type: "add_member", group: nobodys, email: "tyra@nova.agency" },
    ]);
    expect(refusal?.code).toBe("group_unknown");
    expect(contents(draft)).toEqual(contents(base));
    expect(applyEffects(draft, [{ type: "invite", email: "tyra@nova.agency" }])).toBeUndefined();
    expect(draft.person("tyra@nova.agency")).toBeDefined();
  });
});

describe("whom an effect touches", () => {
  const large = acme({
    people: [person("ana@nova.agency")],
    groups: [group("7", "amp-analysts", ["ana@nova.agency", "jo@nova.agency"])],
  });

  it.each<[Effect, string[]]>([
    [{ type: "invite", email: "Tyra@nova.agency" }, ["tyra@nova.agency"]],
    [{ type: "add_member", group: analysts, email: "Tyra@nova.agency" }, ["tyra@nova.agency"]],
    [{ type: "grant", principal: ana, projectId: "1", roleId: "r" }, ["ana@nova.agency"]],
    [{ type: "create_group", name: "new" }, []],
    [{ type: "delete_group", group: analysts }, ["ana@nova.agency", "jo@nova.agency"]],
    [{ type: "rename_group", group: analysts, name: "x" }, ["ana@nova.agency", "jo@nova.agency"]],
    [
      { type: "revoke", principal: { type: "group", group: { name: "amp-analysts" } }, projectId: "1" },
      ["ana@nova.agency", "jo@nova.agency"],
    ],
    [{ type: "revoke", principal: { type: "group", group: nobodys }, projectId: "1" }, []],
  ])("%j", (effect, people) => expect([...affectedPeople(large, effect)]).toEqual(people));
});

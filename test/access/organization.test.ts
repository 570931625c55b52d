import { canonicalEmail, canonicalEmails, Draft, type Organization } from "../../src/access";
import { acme, direct, group, moduleOfGroup, moduleOfPerson, person, toGroup } from "./acme";

const facts = {
  people: [person("Ana@Nova.Agency", "admin"), person("jo@nova.agency")],
  groups: [
    group("7", "amp-analysts", ["ANA@nova.agency", "jo@nova.agency"]),
    group("8", "amp-admins", ["jo@nova.agency"], "idp"),
    group("9", "amp-admins", []),
  ],
  roles: [
    { id: "1", name: "Member", custom: false },
    { id: "2", name: "member", custom: true },
  ],
  grants: [direct("ana@nova.agency", "101", "1"), toGroup("7", "101", "2"), toGroup("7", "999", "1")],
  modules: [
    moduleOfPerson("ana@nova.agency", "101", "govern_consumer"),
    moduleOfPerson("ana@nova.agency", "102", "govern_consumer"),
    moduleOfGroup("7", "101", "experiment_admin"),
  ],
  keys: [
    { id: "k1", label: "ingest", keyType: "project", projectId: "101", generation: 1 },
    { id: "k2", label: "ingest", keyType: "project", projectId: "101", generation: 2 },
    { id: "k3", label: "ingest", keyType: "organization", generation: 1 },
  ],
  settings: new Map([["mfa_required", "true"]]),
};

const hosts: [string, () => Organization][] = [
  ["as read", () => acme(facts)],
  ["as an untouched draft", () => new Draft(acme(facts))],
  ["as a draft over a draft", () => new Draft(new Draft(acme(facts)))],
];

describe.each(hosts)("an organization %s", (_, make) => {
  const organization = make();

  it("finds people without case, and spells them as written", () => {
    expect(organization.person(" ANA@nova.agency ")).toEqual({
      email: "Ana@Nova.Agency",
      organizationRole: "admin",
    });
    expect(organization.person("eve@nova.agency")).toBeUndefined();
    expect([...organization.people()].map(({ email }) => email)).toEqual([
      "Ana@Nova.Agency",
      "jo@nova.agency",
    ]);
  });

  it("finds groups by id, all of one name, and all of one person", () => {
    expect(organization.group("8")?.writer).toBe("idp");
    expect(organization.group("amp-admins")).toBeUndefined();
    expect(organization.groupsNamed("amp-admins").map(({ id }) => id)).toEqual(["8", "9"]);
    expect(organization.groupsNamed("AMP-ADMINS")).toEqual([]);
    expect(organization.groupsOf("JO@nova.agency").map(({ id }) => id)).toEqual(["7", "8"]);
    expect([...organization.groups()]).toHaveLength(3);
  });

  it("finds roles by id and, without case, all of one name", () => {
    expect(organization.role("2")).toEqual({ id: "2", name: "member", custom: true });
    expect(organization.rolesNamed(" MEMBER").map(({ id }) => id)).toEqual(["1", "2"]);
    expect(organization.rolesNamed("Owner")).toEqual([]);
    expect([...organization.roles()]).toHaveLength(2);
  });

  it("finds projects by id and name, and counts those that only a grant names", () => {
    expect(organization.project("102")?.name).toBe("Client Staging");
    expect(organization.project("999")).toBeUndefined();
    expect(organization.projectsNamed("Client Production").map(({ id }) => id)).toEqual(["101"]);
    expect([...organization.projectIds()]).toEqual(["101", "102", "999"]);
    expect([...organization.projects()]).toHaveLength(2);
  });

  it("finds grants by principal and project", () => {
    expect(organization.grant({ type: "user", id: "ANA@nova.agency" }, "101")?.roleId).toBe("1");
    expect(organization.grant({ type: "group", id: "7" }, "101")?.roleId).toBe("2");
    expect(organization.grant({ type: "user", id: "7" }, "101")).toBeUndefined();
    expect(organization.grantsOf({ type: "group", id: "7" }).map(({ projectId }) => projectId)).toEqual([
      "101",
      "999",
    ]);
    expect(organization.grantsOf({ type: "group", id: "9" })).toEqual([]);
    expect([...organization.grants()]).toHaveLength(3);
  });

  it("finds modules by principal, project and name, and all of one principal", () => {
    const ana = { type: "user", id: "ANA@nova.agency" } as const;
    expect(organization.module(ana, "101", "govern_consumer")?.id).toBe(
      "ana@nova.agency/101/govern_consumer",
    );
    expect(organization.module(ana, "101", "experiment_admin")).toBeUndefined();
    expect(organization.modulesOf(ana).map(({ projectId }) => projectId)).toEqual(["101", "102"]);
    expect(organization.modulesOf({ type: "group", id: "7" }).map(({ module: name }) => name)).toEqual([
      "experiment_admin",
    ]);
    expect(organization.modulesOf({ type: "group", id: "9" })).toEqual([]);
    expect([...organization.modules()]).toHaveLength(3);
  });

  it("finds keys by label, type, project and generation, and settings by name", () => {
    const ingest = { label: "ingest", keyType: "project", projectId: "101", generation: 2 };
    expect(organization.key(ingest)?.id).toBe("k2");
    expect(organization.key({ ...ingest, generation: 3 })).toBeUndefined();
    expect(organization.key({ label: "ingest", keyType: "organization", generation: 1 })?.id).toBe("k3");
    expect([...organization.keys()].map(({ id }) => id)).toEqual(["k1", "k2", "k3"]);
    expect([...organization.settings()]).toEqual([["mfa_required", "true"]]);
  });
});

describe("e-mails", () => {
  it.each([
    [" Ana@Nova.Agency ", "ana@nova.agency"],
    ["jo+x@nova.agency", "jo+x@nova.agency"],
  ])("%p is %p", (text, email) => expect(canonicalEmail(text)).toBe(email));

  it("are one in a set however they are spelled", () => {
    expect([...canonicalEmails(["Ana@nova.agency", "ana@NOVA.agency", "jo@nova.agency"])]).toEqual([
      "ana@nova.agency",
      "jo@nova.agency",
    ]);
  });
});

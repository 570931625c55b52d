import {
  accessText,
  effectiveAccess,
  everyonesAccess,
  pathText,
  type OrganizationFacts,
  type ProjectAccess,
} from "../../src/access";
import { acme, direct, group, person, toGroup } from "./acme";

const ana = "ana@nova.agency";

function onProduction(facts: OrganizationFacts): ProjectAccess | undefined {
  return effectiveAccess(acme(facts), "ANA@nova.agency").projects.get("101");
}

/** `Member via group amp-analysts` */
function paths(access: ProjectAccess | undefined): string[] {
  return (access?.paths ?? []).map(({ role, via }) => [role?.name, pathText(via)].filter(Boolean).join(" "));
}

describe("effective access on a project", () => {
  it("nothing granted is no access", () => {
    const access = effectiveAccess(acme(), ana);
    expect(access).toMatchObject({ email: ana, present: true });
    expect(access.projects.size).toBe(0);
    expect(accessText(undefined)).toBe("no access");
  });

  it("a direct grant says so", () => {
    const access = onProduction({
      grants: [direct(ana, "101", "r-member"), direct("jo@nova.agency", "101", "r-admin")],
    });
    expect(access).toMatchObject({ projectId: "101", role: "member", customRoles: [] });
    expect(paths(access)).toEqual(["Member direct"]);
    expect(accessText(access)).toBe("Member");
  });

  it("a group's grant names the group, and reaches nobody who is not in it", () => {
    const facts = { groups: [group("7", "amp-analysts", [ana])], grants: [toGroup("7", "101", "r-viewer")] };
    expect(paths(onProduction(facts))).toEqual(["Viewer via group amp-analysts"]);
    expect(effectiveAccess(acme(facts), "jo@nova.agency").projects.size).toBe(0);
  });

  it("the highest of several built-in roles counts, and every path is kept: direct first, then groups by name", () => {
    const access = onProduction({
      groups: [group("8", "b-group", [ana]), group("7", "c-group", [ana]), group("9", "a-group", [ana])],
      grants: [
        toGroup("7", "101", "r-viewer"),
        toGroup("8", "101", "r-manager"),
        toGroup("9", "101", "r-viewer"),
        direct(ana, "101", "r-member"),
      ],
    });
    expect(access?.role).toBe("manager");
    expect(access?.capabilities.has("create_shared_content")).toBe(true);
    expect(paths(access)).toEqual([
      "Member direct",
      "Viewer via group a-group",
      "Manager via group b-group",
      "Viewer via group c-group",
    ]);
  });

  it("a custom role joins the union as what it is: unknown", () => {
    const access = onProduction({
      groups: [group("7", "stewards", [ana]), group("8", "stewards too", [ana])],
      grants: [
        toGroup("7", "101", "r-steward"),
        toGroup("8", "101", "r-steward"),
        direct(ana, "101", "r-viewer"),
      ],
    });
    expect(access).toMatchObject({ role: "viewer", customRoles: [{ id: "r-steward" }] });
    expect([...access!.capabilities]).toEqual(["view_dashboards_charts"]);
    expect(accessText(access)).toBe("Viewer + Data steward");
  });

  it("a custom role alone has no built-in role and no known capability", () => {
    const access = onProduction({ grants: [direct(ana, "101", "r-partner")] });
    expect(access).not.toHaveProperty("role");
    expect(access?.capabilities.size).toBe(0);
    expect(accessText(access)).toBe("Partner");
  });

  it("a role that no list names is opaque too, under its id", () => {
    const access = onProduction({ grants: [direct(ana, "101", "r-secret")] });
    expect(access?.customRoles).toEqual([{ id: "r-secret", name: "r-secret", custom: true }]);
  });
});

describe("effective access by organization role", () => {
  it.each(["owner", "Admin"])(
    "an organization %s reaches every project, also one that only a grant names",
    (role) => {
      const organization = acme({
        people: [person(ana, role)],
        grants: [direct("jo@nova.agency", "999", "r-viewer")],
      });
      const access = effectiveAccess(organization, ana);
      expect([...access.projects.keys()]).toEqual(["101", "102", "999"]);
      expect(paths(access.projects.get("102"))).toEqual([`as organization ${role.toLowerCase()}`]);
      expect(access.projects.get("102")?.capabilities.has("delete_project")).toBe(true);
      expect(access.capabilities.get("view_all_projects")).toBe("yes");
    },
  );

  it("an organization admin with a grant has both", () => {
    const access = onProduction({ people: [person(ana, "admin")], grants: [direct(ana, "101", "r-admin")] });
    expect(paths(access)).toEqual(["as organization admin", "Admin direct"]);
    expect(access?.capabilities.has("manage_project_team")).toBe(true);
    expect(accessText(access)).toBe("organization admin + Admin");
  });

  it("an organization manager adds people in part, and sees what is granted", () => {
    const access = effectiveAccess(
      acme({ people: [person(ana, "Manager")], grants: [direct(ana, "101", "r-viewer")] }),
      ana,
    );
    expect([...access.capabilities]).toEqual([["add_remove_org_members", "limited"]]);
    expect([...access.projects.keys()]).toEqual(["101"]);
  });

  it("No Access stops every grant", () => {
    const access = effectiveAccess(
      acme({ people: [person(ana, "No Access")], grants: [direct(ana, "101", "r-admin")] }),
      ana,
    );
    expect(access).toMatchObject({ organizationRole: "no_access", present: true });
    expect(access.projects.size).toBe(0);
  });

  it("a role that is not readable, or that nobody knows, takes and gives nothing", () => {
    for (const role of [undefined, "User"]) {
      const access = effectiveAccess(
        acme({ people: [person(ana, role)], grants: [direct(ana, "101", "r-member")] }),
        ana,
      );
      expect(access).not.toHaveProperty("organizationRole");
      expect(access.capabilities.size).toBe(0);
      expect([...access.projects.keys()]).toEqual(["101"]);
    }
  });
});

describe("everybody's access", () => {
  it("holds people, members of groups and holders of grants, each once, in one order", () => {
    const organization = acme({
      people: [person("Jo@nova.agency"), person(ana)],
      groups: [group("7", "amp-analysts", ["jo@nova.agency", "zoe@nova.agency"])],
      grants: [direct("eve@nova.agency", "101", "r-viewer"), direct(ana, "101", "r-viewer")],
    });
    const everybody = everyonesAccess(organization).map(({ email, present, projects }) => [
      email,
      present,
      projects.size,
    ]);
    expect(everybody).toEqual([
      [ana, true, 1],
      ["eve@nova.agency", false, 1],
      ["jo@nova.agency", true, 0],
      ["zoe@nova.agency", false, 0],
    ]);
  });
});

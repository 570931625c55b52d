import { accessDifference, type OrganizationFacts, type PersonDifference } from "../../src/access";
import { acme, direct, group, person, toGroup } from "./acme";

const ana = "ana@nova.agency";

function difference(before: OrganizationFacts, after: OrganizationFacts): PersonDifference {
  return accessDifference(acme(before), acme(after), ["Ana@nova.agency"])[0]!;
}

const analysts = group("7", "amp-analysts", [ana]);

describe("one person before and after", () => {
  it("nothing changed: equal, and no project is listed", () => {
    const facts = { grants: [direct(ana, "101", "r-member")] };
    expect(difference(facts, facts)).toEqual({
      email: ana,
      presentBefore: true,
      presentAfter: true,
      equal: true,
      projects: [],
    });
  });

  it("moved from a direct grant to a group: equal, though the rows moved", () => {
    const moved = difference(
      { grants: [direct(ana, "101", "r-member")] },
      { groups: [analysts], grants: [toGroup("7", "101", "r-member")] },
    );
    expect(moved.equal).toBe(true);
    expect(moved.projects).toEqual([
      {
        projectId: "101",
        projectName: "Client Production",
        before: "Member",
        after: "Member",
        gained: [],
        lost: [],
        pathsBefore: ["Member direct"],
        pathsAfter: ["Member via group amp-analysts"],
        equal: true,
      },
    ]);
  });

  it("moved between two groups of one name: the row is listed", () => {
    const moved = difference(
      { groups: [analysts], grants: [toGroup("7", "101", "r-member")] },
      { groups: [group("8", "amp-analysts", [ana])], grants: [toGroup("8", "101", "r-member")] },
    );
    expect(moved.equal).toBe(true);
    expect(moved.projects).toHaveLength(1);
  });

  it("last grant lost: no access", () => {
    const lost = difference({ grants: [direct(ana, "101", "r-viewer")] }, {});
    expect(lost.equal).toBe(false);
    expect(lost.projects).toMatchObject([
      {
        before: "Viewer",
        after: "no access",
        gained: [],
        lost: ["View dashboards/charts"],
        pathsAfter: [],
        equal: false,
      },
    ]);
  });

  it("Manager to Member loses shared content, and nothing else of the matrix", () => {
    const lowered = difference(
      { grants: [direct(ana, "101", "r-manager")] },
      { grants: [direct(ana, "101", "r-member")] },
    );
    expect(lowered.projects).toMatchObject([
      { before: "Manager", after: "Member", gained: [], lost: ["Create shared content"] },
    ]);
  });

  it("a lower grant beside a higher one changes nothing", () => {
    const added = difference(
      { grants: [direct(ana, "101", "r-manager")] },
      { groups: [analysts], grants: [direct(ana, "101", "r-manager"), toGroup("7", "101", "r-viewer")] },
    );
    expect(added).toMatchObject({
      equal: true,
      projects: [{ before: "Manager", after: "Manager", equal: true }],
    });
    expect(added.projects[0]?.pathsAfter).toEqual(["Manager direct", "Viewer via group amp-analysts"]);
  });

  it.each([
    ["r-member", "r-steward", 1, 6],
    ["r-steward", "r-member", 6, 1],
    ["r-steward", "r-partner", 1, 1],
  ])("an exchange with a custom role, %s for %s, is both gain and loss", (from, to, gains, losses) => {
    const exchanged = difference(
      { grants: [direct(ana, "101", from)] },
      { grants: [direct(ana, "101", to)] },
    );
    expect(exchanged.equal).toBe(false);
    expect(exchanged.projects[0]?.gained).toHaveLength(gains);
    expect(exchanged.projects[0]?.lost).toHaveLength(losses);
  });

  it("a custom role that is added is a gain named after it", () => {
    const added = difference(
      { grants: [direct(ana, "101", "r-viewer")] },
      { groups: [analysts], grants: [direct(ana, "101", "r-viewer"), toGroup("7", "101", "r-steward")] },
    );
    expect(added.projects).toMatchObject([
      {
        before: "Viewer",
        after: "Viewer + Data steward",
        gained: ["all that Data steward permits"],
        lost: [],
      },
    ]);
  });

  it("joining and leaving are never equal, even with no access", () => {
    expect(difference({ people: [] }, {})).toMatchObject({
      presentBefore: false,
      presentAfter: true,
      equal: false,
      projects: [],
    });
    expect(difference({}, { people: [] })).toMatchObject({
      presentBefore: true,
      presentAfter: false,
      equal: false,
    });
  });

  it("a project without a name is called by its id", () => {
    expect(difference({}, { grants: [direct(ana, "999", "r-viewer")] }).projects).toMatchObject([
      { projectName: "999" },
    ]);
  });
});

describe("organization roles before and after", () => {
  it("admin to member loses the organization and every project", () => {
    const lowered = difference({ people: [person(ana, "admin")] }, { people: [person(ana, "member")] });
    expect(lowered).toMatchObject({
      equal: false,
      organization: { before: "Admin", after: "Member", gained: [] },
    });
    expect(lowered.organization?.lost).toEqual([
      "Configure SSO/SCIM",
      "Create/delete projects",
      "Add/remove org members",
      "View all projects",
    ]);
    expect(lowered.projects.map(({ projectName, before, after }) => [projectName, before, after])).toEqual([
      ["Client Production", "organization admin", "no access"],
      ["Client Staging", "organization admin", "no access"],
    ]);
  });

  it("limited is less than yes and more than no", () => {
    const manager = { people: [person(ana, "manager")] };
    expect(difference({ people: [person(ana, "member")] }, manager).organization?.gained).toEqual([
      "Add/remove org members (limited)",
    ]);
    expect(difference({ people: [person(ana, "admin")] }, manager).organization?.lost).not.toContain(
      "Add/remove org members (limited)",
    );
    expect(difference({ people: [person(ana, "admin")] }, manager).organization?.lost).toContain(
      "Add/remove org members",
    );
    expect(difference(manager, { people: [person(ana, "admin")] }).organization?.gained).toContain(
      "Add/remove org members",
    );
  });

  it("a role with the same capabilities is shown and equal", () => {
    expect(
      difference({ people: [person(ana, "viewer")] }, { people: [person(ana, "member")] }),
    ).toMatchObject({
      equal: true,
      organization: { before: "Viewer", after: "Member", gained: [], lost: [] },
    });
  });

  it("No Access takes away what is still granted", () => {
    const grants = [direct(ana, "101", "r-viewer")];
    const stopped = difference({ grants }, { people: [person(ana, "no_access")], grants });
    expect(stopped.projects).toMatchObject([{ before: "Viewer", after: "no access" }]);
  });
});

it("compares only the given people, each once, by e-mail", () => {
  const people = accessDifference(acme(), acme(), ["jo@nova.agency", "Ana@nova.agency", ana]);
  expect(people.map(({ email }) => email)).toEqual([ana, "jo@nova.agency"]);
});

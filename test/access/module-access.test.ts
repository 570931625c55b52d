import {
  accessDifference,
  accessText,
  effectiveAccess,
  everyonesAccess,
  type OrganizationFacts,
  type PersonDifference,
} from "../../src/access";
import { acme, direct, group, moduleOfGroup, moduleOfPerson, person, projects, toGroup } from "./acme";

const ana = "ana@nova.agency";
const governors = group("7", "amp-governors", [ana]);

function onProduction(facts: OrganizationFacts) {
  return effectiveAccess(acme(facts), ana).projects.get("101");
}

function difference(before: OrganizationFacts, after: OrganizationFacts): PersonDifference {
  return accessDifference(acme(before), acme(after), [ana])[0]!;
}

const manager = { grants: [direct(ana, "101", "r-manager")] };

describe("modules in effective access", () => {
  it("are united over direct grants and groups, each with its path", () => {
    const facts = {
      ...manager,
      groups: [governors],
      modules: [
        moduleOfGroup("7", "101", "govern_data_manager"),
        moduleOfPerson(ana, "101", "experiment_admin"),
        moduleOfPerson(ana, "101", "govern_data_manager"),
        moduleOfPerson(ana, "102", "govern_consumer"),
        moduleOfPerson("jo@nova.agency", "101", "experiment_analyst"),
      ],
    };
    const access = onProduction(facts);
    expect(access?.modules).toEqual(["govern_data_manager", "experiment_admin"]);
    expect(accessText(access)).toBe("Manager + Govern Data Manager + Experiment Admin");
    expect(difference({}, facts).projects[0]?.pathsAfter).toEqual([
      "Manager direct",
      "Experiment Admin direct",
      "Govern Data Manager direct",
      "Govern Data Manager via group amp-governors",
    ]);
    expect([...access!.capabilities].slice(-5)).toEqual([
      "edit_tracking_plans",
      "approve_block_events",
      "view_tracking_plans",
      "create_experiments",
      "view_experiment_results",
    ]);
  });

  it("a module through a group opens a role that is direct, and the other way round", () => {
    const throughGroup = onProduction({
      ...manager,
      groups: [governors],
      modules: [moduleOfGroup("7", "101", "govern_data_manager")],
    });
    const throughPerson = onProduction({
      groups: [governors],
      grants: [toGroup("7", "101", "r-manager")],
      modules: [moduleOfPerson(ana, "101", "govern_data_manager")],
    });
    expect(throughGroup?.capabilities.has("edit_tracking_plans")).toBe(true);
    expect(throughPerson?.capabilities).toBe(throughGroup?.capabilities);
  });

  it("without a role on the project a module gives nothing, not even sight of it", () => {
    const modules = [moduleOfPerson(ana, "101", "govern_data_manager")];
    expect(onProduction({ modules })).toBeUndefined();
    const admin = onProduction({ people: [person(ana, "admin")], modules });
    expect(accessText(admin)).toBe("organization admin");
    expect(admin?.capabilities.has("edit_tracking_plans")).toBe(false);
  });

  it("No Access stops modules as it stops grants", () =>
    expect(
      onProduction({
        ...manager,
        people: [person(ana, "no_access")],
        modules: [moduleOfPerson(ana, "101", "x")],
      }),
    ).toBeUndefined());

  it("who holds nothing but a module is in everybody's access", () => {
    const everybody = everyonesAccess(
      acme({ modules: [moduleOfPerson("eve@nova.agency", "101", "govern_consumer")] }),
    );
    expect(everybody.map(({ email, present }) => [email, present])).toContainEqual([
      "eve@nova.agency",
      false,
    ]);
  });
});

describe("modules before and after", () => {
  it.each([
    [
      "r-manager",
      "govern_data_manager",
      "Manager + Govern Data Manager",
      ["Edit tracking plans", "Approve/block events"],
    ],
    ["r-viewer", "experiment_analyst", "Viewer + Experiment Analyst", ["View experiment results"]],
    [
      "r-admin",
      "experiment_admin",
      "Admin + Experiment Admin",
      ["Create experiments", "Deploy feature flags"],
    ],
    ["r-viewer", "beta", "Viewer + beta", ["all that beta permits"]],
    [
      "r-steward",
      "govern_consumer",
      "Data steward + Govern Consumer",
      ["all that Govern Consumer adds to Data steward"],
    ],
  ])("%s with %s: gained when it comes, lost when it goes", (role, name, text, capabilities) => {
    const without = { grants: [direct(ana, "101", role)] };
    const held = { ...without, modules: [moduleOfPerson(ana, "101", name)] };
    const came = difference(without, held);
    expect(came).toMatchObject({ equal: false, projects: [{ after: text, gained: capabilities, lost: [] }] });
    const went = difference(held, without);
    expect(went).toMatchObject({
      equal: false,
      projects: [{ before: text, gained: [], lost: capabilities }],
    });
  });

  it("a module that opens nothing in this role is shown, and equal", () => {
    const member = { grants: [direct(ana, "101", "r-member")] };
    expect(
      difference(member, { ...member, modules: [moduleOfPerson(ana, "101", "govern_data_manager")] }),
    ).toMatchObject({
      equal: true,
      projects: [
        { before: "Member", after: "Member + Govern Data Manager", gained: [], lost: [], equal: true },
      ],
    });
  });

  it("moved from a person to their group: equal, though the rows moved", () => {
    const moved = difference(
      { ...manager, groups: [governors], modules: [moduleOfPerson(ana, "101", "govern_consumer")] },
      { ...manager, groups: [governors], modules: [moduleOfGroup("7", "101", "govern_consumer")] },
    );
    expect(moved).toMatchObject({
      equal: true,
      projects: [
        {
          pathsBefore: ["Manager direct", "Govern Consumer direct"],
          pathsAfter: ["Manager direct", "Govern Consumer via group amp-governors"],
        },
      ],
    });
  });

  it("two modules that change places between a person and their group: equal, and listed", () => {
    const held = (own: string, shared: string) => ({
      ...manager,
      groups: [governors],
      modules: [moduleOfPerson(ana, "101", own), moduleOfGroup("7", "101", shared)],
    });
    const swapped = difference(
      held("govern_consumer", "govern_data_manager"),
      held("govern_data_manager", "govern_consumer"),
    );
    expect(swapped.equal).toBe(true);
    expect(swapped.projects).toHaveLength(1);
  });

  it("the last role lost takes what the module opened with it", () => {
    const modules = [moduleOfPerson(ana, "101", "govern_consumer")];
    const lost = difference({ grants: [direct(ana, "101", "r-viewer")], modules }, { modules });
    expect(lost.projects).toMatchObject([
      {
        before: "Viewer + Govern Consumer",
        after: "no access",
        lost: ["View dashboards/charts", "View tracking plans"],
      },
    ]);
  });

  it("a module that waits without a role is not a difference", () =>
    expect(difference({}, { modules: [moduleOfPerson(ana, "101", "govern_consumer")] })).toMatchObject({
      equal: true,
      projects: [],
    }));
});

describe("an archived project", () => {
  const archived = projects.map((one) => (one.id === "101" ? { ...one, archived: true } : one));

  it.each([
    ["a direct grant", manager],
    ["a group's grant", { groups: [governors], grants: [toGroup("7", "101", "r-admin")] }],
    ["organization owner", { people: [person(ana, "owner")] }],
  ])("is reached by nobody: %s", (_, facts) => {
    expect(onProduction(facts)).toBeDefined();
    expect(onProduction({ ...facts, projects: archived })).toBeUndefined();
    expect(difference(facts, { ...facts, projects: archived })).toMatchObject({
      equal: false,
      projects: [{ projectName: "Client Production", after: "no access" }],
    });
  });

  it("takes no other project with it", () => {
    const access = effectiveAccess(acme({ people: [person(ana, "owner")], projects: archived }), ana);
    expect([...access.projects.keys()]).toEqual(["102"]);
  });
});

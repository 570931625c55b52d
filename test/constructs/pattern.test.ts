import {
  analyticsViewers,
  clientAdmins,
  dataGovernors,
  Environment,
  Group,
  IdpGroup,
  implementationAdmins,
  Project,
  Role,
  separated,
  type AccessStack,
} from "amplitude-access";
import { synthesize } from "./synthesis";

interface Client {
  readonly stack: AccessStack;
  readonly group: Group;
  readonly staging: Project;
  readonly production: Project;
  readonly shop: Project;
  readonly reporting: Project;
}

/** Roles by project. */
function rolesAfter(declare: (client: Client) => unknown): Record<string, unknown> {
  const { file } = synthesize((stack) => {
    const named = (name: string, environment?: Environment): Project =>
      Project.named(stack, name, environment === undefined ? { id: name } : { id: name, environment });
    declare({
      stack,
      group: new Group(stack, "Collaborators", { members: [] }),
      staging: named("Staging", Environment.Staging),
      production: named("Production", Environment.Production),
      shop: named("Shop"),
      reporting: named("Reporting", Environment.Reporting),
    });
  });
  const grants = Object.values(file.resource?.["amplitude_project_role_assignment"] ?? {});
  return Object.fromEntries(
    grants.map(({ project_id: project, role, expires_at: end }) => [
      project as string,
      typeof end === "string" ? `${role as string} until ${end}` : role,
    ]),
  );
}

describe("the playbook's patterns", () => {
  it.each<[string, (client: Client) => unknown, Record<string, string>]>([
    [
      "separation of environments",
      ({ group, staging, production, reporting }) => separated(group, { staging, production, reporting }),
      { Staging: "Admin", Production: "Member", Reporting: "Viewer" },
    ],
    [
      "separation with managers on production, where only that exists",
      ({ group, production }) => separated(group, { production }, { onProduction: Role.Manager }),
      { Production: "Manager" },
    ],
    [
      "separation over several projects, with an end",
      ({ group, production, shop }) =>
        separated(group, { production: [production, shop] }, { until: "2027-03-31" }),
      {
        Production: "Member until 2027-04-01T00:00:00Z",
        Shop: "Member until 2027-04-01T00:00:00Z",
      },
    ],
    [
      "analytics viewers",
      ({ group, production, shop }) => analyticsViewers(group, { production: [production, shop] }),
      { Production: "Viewer", Shop: "Viewer" },
    ],
    [
      "implementation admins",
      ({ group, staging, production }) => implementationAdmins(group, { staging, production }),
      { Staging: "Admin", Production: "Manager" },
    ],
    [
      "data governors",
      ({ group, staging, production }) => dataGovernors(group, [staging, production]),
      { Staging: "Manager", Production: "Manager" },
    ],
    [
      "a group that an identity provider writes",
      ({ stack, production }) => analyticsViewers(IdpGroup.named(stack, "pushed"), { production }),
      { Production: "Viewer" },
    ],
    [
      "what they return goes on",
      ({ group, production, reporting }) => analyticsViewers(group, { production }).may(reporting),
      { Production: "Viewer", Reporting: "Member" },
    ],
  ])("%s", (_what, declare, roles) => expect(rolesAfter(declare)).toEqual(roles));

  it.each<[string, (client: Client) => unknown, RegExp]>([
    [
      "production in the place of staging",
      ({ group, production }) => separated(group, { staging: production }),
      /Admin on "Production" at acme\/group:Collaborators: the project is declared as production and given as staging/,
    ],
    [
      "staging in the place of production",
      ({ group, staging }) => analyticsViewers(group, { production: staging }),
      /declared as staging and given as production/,
    ],
    [
      "Admin on production",
      ({ group, production }) => separated(group, { production }, { onProduction: Role.Admin }),
      /Admin on production is no separation/,
    ],
  ])("refuse %s", (_what, declare, message) => {
    expect(() => rolesAfter(declare)).toThrow(message);
  });
});

describe("client administrators", () => {
  const [PRIYA, TOM, LENA] = ["priya@acme.com", "tom@acme.com", "lena@acme.com"] as const;

  it("are the organization's, with the contact", () => {
    const { file } = synthesize((stack) => clientAdmins(stack, { clients: [PRIYA, TOM], contact: LENA }));
    expect(file.provider.amplitude[0]["admins"]).toEqual([PRIYA, TOM, LENA]);
  });

  it.each<[string, string[], string, RegExp]>([
    ["fewer than two", [PRIYA], LENA, /at least 2 beside the contact and 1 are named/],
    ["the contact as one of them", [PRIYA, LENA], "Lena@acme.com", /one person twice/],
    ["a collaborator among them", [PRIYA, "jo@Nova.agency"], LENA, /jo@Nova.agency is a collaborator/],
  ])("refuse %s", (_what, clients, contact, message) => {
    expect(() =>
      synthesize((stack) => clientAdmins(stack, { clients, contact }), {
        owns: { peopleOf: ["nova.agency"] },
      }),
    ).toThrow(message);
  });
});

import fc from "fast-check";
import { createEmulator, exampleSeed, parseSeed, SeedError, type Seed } from "../../src/emulator/index";
import { acme, client } from "./acme";

const minimal = { format: "amplitude-emulator/1", organization: { id: 1, name: "One" } } as const;

function problems(seed: unknown): readonly string[] {
  try {
    parseSeed(JSON.stringify(seed));
    return [];
  } catch (error) {
    if (error instanceof SeedError) return error.problems;
    throw error;
  }
}

describe("a wrong seed is refused with the path of every problem", () => {
  it.each<[string, object, string[]]>([
    ["no format", { format: "v2" }, ['format: Invalid input: expected "amplitude-emulator/1"']],
    ["an e-mail that is none", { people: [{ email: "x" }] }, ['people[0].email: not an e-mail address: "x"']],
    [
      "an unknown field",
      { people: [{ email: "a@b.co", role: "admin" }] },
      ["people[0].role: not a field of this format"],
    ],
    [
      "an unknown switch",
      { switches: { "scim-magic": true } },
      ["switches.scim-magic: not a field of this format"],
    ],
    [
      "a time that is none",
      { clock: "tomorrow" },
      ["clock: not a time in RFC 3339, such as 2026-11-23T09:00:00Z"],
    ],
    [
      "one e-mail in two spellings",
      { people: [{ email: "a@b.co" }, { email: "c@b.co" }, { email: "A@B.co" }] },
      ["people[2].email: a@b.co is there twice (first at people[0])"],
    ],
    [
      "a member who is not there",
      { groups: [{ id: 1, name: "g", members: ["a@b.co"] }] },
      ["groups[0].members[0]: a@b.co is not in people"],
    ],
    [
      "two groups of one id and one name",
      {
        groups: [
          { id: 1, name: "g" },
          { id: 1, name: "g" },
        ],
      },
      [
        "groups[1].id: 1 is there twice (first at groups[0])",
        "groups[1].name: g is there twice (first at groups[0])",
      ],
    ],
    [
      "an assignment that points nowhere",
      { assignments: [{ principalType: "group", principal: "g", project: 2, role: "Chief" }] },
      [
        "assignments[0].principal: there is no group g",
        "assignments[0].project: there is no project 2",
        "assignments[0].role: there is no role Chief",
      ],
    ],
    [
      "two roles of one principal on one project",
      {
        people: [{ email: "a@b.co" }],
        projects: [{ id: 2, name: "p" }],
        assignments: [
          { principalType: "user", principal: "a@b.co", project: 2, role: "Viewer" },
          { principalType: "user", principal: "A@b.co", project: 2, role: "Admin" },
        ],
      },
      ["assignments[1]: A@b.co already has a role on project 2"],
    ],
    [
      "module grants that cannot be in effect",
      {
        people: [{ email: "a@b.co" }],
        groups: [{ id: 3, name: "g" }],
        projects: [{ id: 2, name: "p", addOns: ["govern"] }],
        modules: [
          { principalType: "user", principal: "x@b.co", project: 2, module: "govern_consumer" },
          { principalType: "group", principal: "h", project: 9, module: "govern_consumer" },
          { principalType: "user", principal: "a@b.co", project: 2, module: "experiment_admin" },
          { principalType: "group", principal: "g", project: 2, module: "govern_consumer" },
          { principalType: "group", principal: 3, project: 2, module: "govern_consumer" },
        ],
      },
      [
        "modules[0].principal: x@b.co is not in people",
        "modules[1].principal: there is no group h",
        "modules[1].project: there is no project 9",
        "modules[2].module: project 2 does not have the add-on experiment",
        "modules[4]: 3 already has govern_consumer on project 2",
      ],
    ],
    [
      "keys, properties and settings that cannot be",
      {
        projects: [{ id: 2, name: "p" }],
        apiKeys: [
          { id: "k", label: "a", scope: "project", projectId: 2 },
          { id: "k", label: "b", scope: "project", projectId: 9 },
        ],
        properties: [
          { project: 2, type: "user", name: "plan" },
          { project: 2, type: "user", name: "plan" },
          { project: 9, type: "user", name: "plan" },
        ],
      },
      [
        "apiKeys[1].id: k is there twice (first at apiKeys[0])",
        "apiKeys[1].projectId: there is no project 9",
        "properties[1]: user property plan of project 2 is there twice (first at properties[0])",
        "properties[2].project: there is no project 9",
      ],
    ],
    [
      "an IP range that is none",
      { settings: { ipAllowlist: ["203.0.113.0/24", "10.0.0.1"] } },
      ['settings.ipAllowlist[1]: not a CIDR range, such as 203.0.113.0/24: "10.0.0.1"'],
    ],
    [
      "problems in several places",
      { people: [{ email: "a" }, { email: "a@b.co", status: "gone" }], projects: [{ id: 0, name: "p" }] },
      [
        'people[0].email: not an e-mail address: "a"',
        'people[1].status: Invalid option: expected one of "pending"|"joined"',
        "projects[0].id: Too small: expected number to be >=1",
      ],
    ],
  ])("%s", (_name, part, expected) => {
    expect(problems({ ...minimal, ...part })).toEqual(expected);
  });

  it("text that is no JSON", () => {
    expect(() => parseSeed("{")).toThrow(/\(root\): not JSON/);
  });

  it("over PUT /_emulator/state, leaving the organization as it was", async () => {
    const { send, emulator } = client();
    const before = emulator.state();
    const answer = await send("PUT", "/_emulator/state", { ...minimal, people: [{ email: "x" }] });
    expect(answer).toMatchObject({
      status: 400,
      body: { problems: ['people[0].email: not an e-mail address: "x"'] },
    });
    expect(emulator.state()).toEqual(before);
  });
});

describe("a seed", () => {
  it("may be as small as an organization", () => {
    const state = createEmulator(minimal).state();
    expect(state).toMatchObject({
      organization: { region: "us" },
      credentials: { scimKey: "scim-us-1", token: "token-us-1" },
    });
    expect(state.roles.map(({ name }) => name)).toEqual(["Viewer", "Member", "Manager", "Admin"]);
    expect(state).not.toHaveProperty("clock");
  });

  it("names a group principal by name or id, and is answered with the id", () => {
    const { assignments } = createEmulator(acme).state();
    expect(assignments.map(({ principal }) => principal)).toEqual([41, "Ana@Nova.agency"]);
  });

  it("comes with an example that can be used", () => {
    expect(createEmulator(exampleSeed).state().people).toHaveLength(6);
  });

  it("decides about the clock unless an option does", () => {
    expect(createEmulator(acme).state().clock).toBe("2026-11-23T09:00:00.000Z");
    expect(createEmulator(acme, { clock: "real" }).state()).not.toHaveProperty("clock");
    expect(createEmulator(minimal, { clock: "virtual" }).state()).toHaveProperty("clock");
  });
});

const emails = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z]{1,4}@[ab]\.co$/), {
  maxLength: 6,
  selector: (email) => email.toLowerCase(),
});
const seeds = emails.chain((people) =>
  fc.record({
    people: fc.constant(people.map((email) => ({ email }))),
    groups: fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 9 }), members: fc.subarray(people) }), {
      maxLength: 4,
      selector: ({ id }) => id,
    }),
    projects: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    role: fc.constantFrom("Viewer", "admin"),
  }),
);

it("PUT of what GET answered is the identity, also after a sync, writes and removals", async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async ({ people, groups, projects, role }) => {
      const seed: Seed = {
        ...minimal,
        clock: "2026-11-23T09:00:00Z",
        people,
        groups: groups.map((group) => ({ ...group, name: `group ${group.id}` })),
        projects: projects.map((id) => ({
          id,
          name: `project ${id}`,
          archived: id % 2 === 0,
          environment: id > 5 ? ("staging" as const) : null,
          addOns: ["govern" as const],
        })),
        modules: projects.flatMap((project) =>
          people.map(({ email }) => ({
            principalType: "user" as const,
            principal: email,
            project,
            module: "govern_consumer" as const,
          })),
        ),
        apiKeys: projects.map((id) => ({
          id: `key-${id}`,
          label: `${id}`,
          scope: "govern" as const,
          projectId: id,
        })),
        properties: projects.map((project) => ({
          project,
          type: "user" as const,
          name: "plan",
          hidden: project > 4,
        })),
        switches: { management: "served" },
        assignments: projects.flatMap((project) =>
          groups.map(({ id }) => ({ principalType: "group" as const, principal: id, project, role })),
        ),
        identityProvider: {
          name: "okta",
          groups: groups.map(({ id }) => ({ name: `group ${id}`, members: ["new@b.co"] })),
        },
      };
      const { send, emulator } = client(seed);
      await send("POST", "/_emulator/idp/sync");
      if (people[0] !== undefined) await send("DELETE", `/scim/1/Users/${people[0].email}`);
      await send("POST", "/scim/1/Groups", { displayName: "made", members: [{ value: "made@b.co" }] });
      await send("PUT", "/_emulator/switches", { "scim-put-group": "501" });
      const management = "/api/2/organizations/1";
      await send("PATCH", management, { ip_allowlist: ["203.0.113.0/24"], mfa_required: true });
      await send("POST", `${management}/api-keys`, { type: "organization", label: "made" });
      await send("POST", "/api/2/projects", { name: "made", add_ons: ["experiment"] });
      await send("PATCH", `/api/2/projects/${projects[0] ?? 1}`, { add_ons: [] });
      const before = (await send("GET", "/_emulator/state")).body;
      expect((await send("PUT", "/_emulator/state", before)).status).toBe(200);
      expect(emulator.state()).toEqual(before);
      const elsewhere = client(seed);
      expect((await elsewhere.send("PUT", "/_emulator/state", before)).status).toBe(200);
      expect(elsewhere.emulator.state()).toEqual(before);
    }),
    { numRuns: 60 },
  );
});

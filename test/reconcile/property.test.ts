import { confirmationOf, type Confirmation } from "../../src/reconcile";
import type { Seed } from "../../src/emulator";
import { harness, type Harness, type HarnessSettings } from "../support/harness";
import { organization } from "../support/organization";

const properties: NonNullable<Seed["properties"]> = [
  { project: 501, type: "user", name: "gp:email" },
  { project: 501, type: "user", name: "country" },
  { project: 501, type: "user", name: "gp:country" },
  { project: 501, type: "event", name: "Revenue" },
  { project: 501, type: "group", name: "grp:plan" },
  { project: 502, type: "user", name: "gp:email" },
];
const web = "${data.amplitude_project.web.id}";
const lookups = { "amplitude_project.web": { name: "Web" } };
const of = (name: string, more: object = {}, type = "user") => ({
  project_id: web,
  property_type: type,
  name,
  hidden: true,
  ...more,
});
const stackOf = (...declared: object[]) => ({
  lookups,
  resources: Object.fromEntries(
    declared.map((block, n) => [`amplitude_property_visibility.p${n}`, { ...block }]),
  ),
});

function site(
  declared: object[],
  more: Partial<HarnessSettings> & { switches?: Seed["switches"] } = {},
): Harness {
  const { switches = {}, ...settings } = more;
  // Without prefixes nobody could tell a custom property from a built-in one of its name.
  const plain = switches["developer-user-property-names"] === "plain";
  const seed: Seed = {
    ...organization().project("Web", "App").switches(switches).seed(),
    properties: plain ? properties.filter(({ name }) => name !== "gp:country") : properties,
  };
  return harness({ organization: seed, stack: stackOf(...declared), ...settings });
}
const reads = ({ emulator }: Harness): string[] =>
  emulator.requests
    .filter(({ method, path }) => method === "GET" && path.includes("propert"))
    .map(({ path }) => path);
const steps = async (place: Harness): Promise<string[]> =>
  (await place.plan()).plan.steps
    .filter(({ actor }) => actor !== "record")
    .map(({ actor, text }) => `${actor}: ${text}`);
const shown = ({ emulator }: Harness): string[] =>
  emulator
    .state()
    .properties.filter(({ hidden, classifications }) => hidden || classifications.length > 0)
    .map(({ project, name, hidden, classifications }) =>
      [project, name, hidden ? "hidden" : "shown", ...classifications].join(" "),
    );

describe("what is asked for", () => {
  it("nothing, where no property is declared", async () => {
    const place = site([]);
    await place.plan();
    expect(reads(place)).toEqual([]);
  });

  it("one list for each project and type that a declaration names", async () => {
    const place = site([of("email"), of("country"), of("Revenue", {}, "event")]);
    await place.plan();
    expect(reads(place)).toEqual(["/api/2/taxonomy/user-property", "/api/2/taxonomy/event-property"]);
  });

  it("over the token, where the project's key pair is not known", async () => {
    const place = site([of("email")], { projectKeys: [502] });
    await place.plan();
    expect(reads(place)).toEqual(["/v1/projects/501/user-properties"]);
  });
});

describe("hiding", () => {
  it("says what is and what will be, and takes one request for both", async () => {
    const place = site([of("email", { classifications: ["SENSITIVE", "PII"] })]);
    expect(await steps(place)).toEqual([
      "write: user property email on Web: shown; no classification → hidden; PII, SENSITIVE",
    ]);
    await place.apply();
    expect(place.writes()).toEqual(["PUT /api/2/taxonomy/user-property/gp:email"]);
    expect(shown(place)).toEqual(["501 gp:email hidden PII SENSITIVE"]);
  });

  it("reaches events and groups, and the built-in property before the custom one of its name", async () => {
    const place = site([of("Revenue", {}, "event"), of("plan", {}, "group"), of("country")]);
    const { after } = await place.apply();
    expect(after.plan.steps).toEqual([]);
    expect(shown(place)).toEqual(["501 country hidden", "501 Revenue hidden", "501 grp:plan hidden"]);
  });

  it.each<["prefixed" | "plain", string, string]>([
    ["prefixed", "email", "gp%3Aemail"],
    ["prefixed", "gp:email", "gp%3Aemail"],
    ["plain", "email", "email"],
    ["plain", "gp:email", "email"],
  ])("goes over the token, which names it %s, for the name %s", async (names, name, sent) => {
    const place = site([of(name)], {
      projectKeys: [],
      switches: { "developer-user-property-names": names },
    });
    const { after } = await place.apply();
    expect(
      place.emulator.requests.filter(({ method }) => method === "PATCH").map(({ path }) => path),
    ).toEqual([`/v1/projects/501/user-properties/${sent}`]);
    expect(after.plan.steps).toEqual([]);
    expect(shown(place)).toEqual(["501 gp:email hidden"]);
  });

  it("leaves alone what nobody says", async () => {
    const place = site([of("email", { hidden: undefined, classifications: ["PII"] })]);
    await place.ui({
      type: "change_property",
      project: "Web",
      propertyType: "user",
      property: "gp:email",
      hidden: true,
    });
    await place.apply();
    expect(shown(place)).toEqual(["501 gp:email hidden PII"]);
  });

  it("comes before anybody gets access, showing again comes after", async () => {
    const grant = {
      principal_type: "user",
      principal: "priya@acme.com",
      project_id: web,
      role: "Viewer",
    };
    const place = site([of("email")]);
    const resources = { "amplitude_project_role_assignment.priya": grant };
    place.stack({ lookups, resources: { ...stackOf(of("email")).resources, ...resources } });
    expect((await steps(place)).map((step) => step.split(" ")[1])).toEqual(["user", "priya@acme.com"]);
    await place.apply();
    const other = { "amplitude_project_role_assignment.tom": { ...grant, principal: "tom@acme.com" } };
    const shownAgain = stackOf(of("email", { hidden: false })).resources;
    place.stack({ lookups, resources: { ...shownAgain, ...resources, ...other } });
    expect(await steps(place)).toEqual([
      "write: tom@acme.com gets Viewer on Web",
      "write: user property email on Web: hidden → shown",
    ]);
  });

  it("says nothing about a property", async () => {
    await expect(site([of("email", { hidden: undefined })]).plan()).rejects.toThrow("Nothing is said");
  });
});

describe("what was hidden", () => {
  it("stays hidden and classified when its line goes, without a write", async () => {
    const place = site([of("email", { classifications: ["PII"] })]);
    await place.apply();
    place.stack({}).forget();
    await place.apply();
    expect(place.writes()).toEqual([]);
    expect(shown(place)).toEqual(["501 gp:email hidden PII"]);
    expect(place.base?.entries).toEqual({});
  });

  it("and is shown by somebody in Amplitude's pages is drift, with who it was where that is logged", async () => {
    const place = site([of("email")], { switches: { "audit-log-documented-only": false } });
    await place.apply();
    const change = { type: "change_property", project: "Web", propertyType: "user", property: "gp:email" };
    await place.ui({ ...change, hidden: false });
    const { outside } = await place.drift();
    expect(outside.map(({ step, by }) => [step.text, by?.actor])).toEqual([
      ["user property email on Web: shown → hidden", "priya@acme.com"],
    ]);
  });
});

describe("by hand", () => {
  const confirmed = async (place: Harness): Promise<Confirmation[]> =>
    (await place.plan()).plan.steps
      .filter(({ actor }) => actor === "hand")
      .map((step) =>
        confirmationOf(step, "7", {
          by: "priya@acme.com",
          on: "2026-11-23T08:00:00Z",
          until: "2027-06-30T00:00:00Z",
        }),
      );

  it.each<[string, object, Parameters<typeof site>[1]]>([
    ["an event property of a project without a key pair", of("Revenue", {}, "event"), { projectKeys: [502] }],
    [
      "a user property without pair and token",
      of("email", { project_id: "501" }),
      { without: ["taxonomy", "developer"] },
    ],
    ["an organization whose plan lacks it", of("email"), { switches: { "taxonomy-included": false } }],
    [
      "a token without the scope",
      of("email"),
      { projectKeys: [], switches: { "developer-taxonomy-scope": "none" } },
    ],
  ])("%s, until that is confirmed; the rest is done", async (_name, declared, settings) => {
    const place = site([declared], settings);
    const resources = { ...stackOf(declared).resources, "amplitude_user.jo": { email: "jo@nova.agency" } };
    place.stack({ ...(settings?.without === undefined ? { lookups } : {}), resources });
    const { outcomes } = await place.apply();
    expect(outcomes).toEqual([
      expect.stringMatching(/^(user|event) property \w+ on \w+: hidden: by hand$/),
      "invite jo@nova.agency: done",
    ]);
    const confirmations = await confirmed(place);
    expect((await place.plan({ confirmations })).plan.steps.map(({ actor }) => actor)).toEqual(["record"]);
    expect(shown(place)).toEqual([]);
  });

  it("a key pair for one project does not stand in the way of another's", async () => {
    const place = site([of("Revenue", {}, "event"), of("email", { project_id: "502" })], {
      projectKeys: [502],
    });
    expect(await steps(place)).toEqual([
      "hand: event property Revenue on Web: hidden",
      "write: user property email on App: shown → hidden",
    ]);
  });

  it.each([
    ["that Amplitude does not list", "gp:phone", {}],
    [
      "that is outside of the tracking plan, where such are not listed",
      "gp:fax",
      { "taxonomy-lists-unexpected": false },
    ],
  ] as const)(
    "a property %s is to be added or corrected, and nothing is sent",
    async (_name, name, switches) => {
      const seed: Seed = {
        ...organization().project("Web").switches(switches).seed(),
        properties: [
          ...properties.slice(0, 5),
          { project: 501, type: "user", name: "gp:fax", status: "unexpected" },
        ],
      };
      const place = harness({ organization: seed, stack: stackOf(of(name)) });
      const { outcomes } = await place.apply();
      expect(outcomes).toEqual([
        `user property ${name} on Web is not in Amplitude's list: add it, or correct its name: by hand`,
      ]);
      expect(place.writes()).toEqual([]);
    },
  );

  it("a classification, where Data Access Control is not switched on", async () => {
    const place = site([of("email", { classifications: ["PII"] })], {
      switches: { "taxonomy-data-access-control": false },
    });
    const { results } = await place.apply();
    const [step] = results;
    expect(step?.outcome).toBe("by hand");
    expect(step?.said).toContain("Amplitude, Web > Data > Properties > user properties > email: hidden; PII");
  });
});

it("fails with what Amplitude says where a property is outside of the tracking plan", async () => {
  const seed: Seed = {
    ...organization().project("Web").seed(),
    properties: [{ project: 501, type: "user", name: "gp:email", status: "unexpected" }],
  };
  const { results } = await harness({ organization: seed, stack: stackOf(of("email")) }).apply();
  expect(results[0]?.outcome).toBe("failed");
  expect(results[0]?.said).toMatch(/\(project 501\): .* answered 409: .*not in schema.*tracking plan/);
});

describe("two spellings of one property", () => {
  it("are refused, and both lines are named", async () => {
    await expect(site([of("email"), of("gp:email", { hidden: false })]).plan()).rejects.toThrow(
      /gp:email on Web is the same as user property email on Web[\s\S]*p0 and acme/,
    );
  });

  it("are two properties where Amplitude has two", async () => {
    expect(await steps(site([of("country"), of("gp:country")]))).toHaveLength(2);
  });
});

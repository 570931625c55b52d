import { line, managed, stated, verdictOf, type Situation } from "./situation";

const grant = (principal: string, project: string, role: string, module?: string) => ({
  principal_type: principal.includes("@") ? "user" : "group",
  principal,
  project_id: project,
  ...(module === undefined ? { role } : { module }),
});
const held = (principal: string, project: number, role: string) => ({
  principalType: principal.includes("@") ? ("user" as const) : ("group" as const),
  principal,
  project,
  role,
});
const role = "amplitude_project_role_assignment";
const ended = {
  locals: {
    amplitude_access: {
      ...stated.locals.amplitude_access,
      engagements: {
        nova: { ...stated.locals.amplitude_access.engagements.nova, until: "2026-10-31T23:59:59Z" },
      },
    },
  },
};
const seen = (days: number, at?: string) => ({
  days,
  events:
    at === undefined
      ? []
      : [
          {
            at,
            actor: "Jo@nova.agency",
            domain: "auth",
            feature: "auth",
            action: "login",
            target: "",
            properties: {},
          },
        ],
});

const situations: readonly [string, Situation, readonly string[]][] = [
  [
    "a plan makes somebody of an agency organization admin",
    { resources: { "amplitude_organization_role.jo": { email: "jo@nova.agency", role: "admin" } } },
    [
      "deny new collaborator-organization-admin: jo@nova.agency: organization Admin",
      // An organization admin reaches every project.
      "warn new production-and-staging: jo@nova.agency on Production and Staging",
    ],
  ],
  [
    "the provider block names somebody of an agency as administrator, and roles cannot be read",
    { provider: { admins: ["jo@nova.agency", "tom@acme.com", "priya@acme.com"] }, without: ["management"] },
    ["deny old collaborator-organization-admin: jo@nova.agency: named in `admins`"],
  ],
  [
    "only one administrator of the client remains",
    { resources: { "amplitude_organization_role.priya": { email: "priya@acme.com", role: "member" } } },
    ["deny new too-few-client-admins: organization: Admin tom@acme.com"],
  ],
  [
    "two owners are too many where one is the limit, and were so before",
    {
      seed: managed({
        people: [
          { email: "tom@acme.com", organizationRole: "owner" },
          { email: "priya@acme.com", organizationRole: "owner" },
        ],
        groups: [],
      }),
      settings: { "too-many-owners": { limit: 1 } },
    },
    ["warn old too-many-owners: organization: Owner priya@acme.com, tom@acme.com"],
  ],
  [
    "an agency's group gets Admin on production beside staging, which it has",
    {
      seed: managed({ assignments: [held("nova", 502, "Admin")] }),
      resources: { [`${role}.nova`]: grant("601", "501", "Admin") },
    },
    [
      "warn new collaborator-production-admin: jo@nova.agency on Production: Admin via group nova",
      "warn new production-and-staging: jo@nova.agency on Production and Staging",
    ],
  ],
  [
    "a module that no engagement has in scope",
    {
      seed: managed({ assignments: [held("nova", 501, "Member")] }),
      resources: { "amplitude_module_grant.x": grant("601", "501", "", "experiment_admin") },
    },
    ["deny new module-outside-scope: jo@nova.agency on Production: Experiment Admin via group nova"],
  ],
  [
    "the same module under an engagement",
    {
      seed: managed({ assignments: [held("nova", 501, "Member")] }),
      resources: {
        "amplitude_module_grant.x": { ...grant("601", "501", "", "experiment_admin"), engagement: "nova" },
      },
    },
    [],
  ],
  [
    "the same of a group and on a project that the plan makes",
    {
      resources: {
        "amplitude_group.crew": { name: "crew", members: ["jo@nova.agency"] },
        "amplitude_project.it": { name: "Sandbox", add_ons: ["experiment"] },
        "amplitude_module_grant.x": {
          ...grant("${amplitude_group.crew.id}", "${amplitude_project.it.id}", "", "experiment_admin"),
          engagement: "nova",
        },
      },
    },
    [],
  ],
  [
    "a direct grant beside a group's",
    {
      seed: managed({ assignments: [held("staff", 503, "Viewer")] }),
      resources: { [`${role}.priya`]: grant("priya@acme.com", "503", "Manager") },
    },
    ["warn new group-and-direct: priya@acme.com on Reporting: Manager direct, Viewer via group staff"],
  ],
  [
    "a service account becomes Manager",
    { resources: { [`${role}.sync`]: grant("sync@acme.com", "503", "Manager") } },
    ["deny new service-account-human-role: sync@acme.com on Reporting: Manager direct"],
  ],
  [
    "the same where Manager is let pass",
    {
      resources: { [`${role}.sync`]: grant("sync@acme.com", "503", "Manager") },
      settings: { "service-account-human-role": { highest: "manager" } },
    },
    [],
  ],
  [
    "a key of the organization that an agency knows",
    {
      resources: {
        "amplitude_api_key.x": {
          key_type: "organization",
          label: "sync",
          generation: 1,
          owners: ["priya@acme.com"],
          known_to: ["Jo@nova.agency"],
        },
      },
    },
    ["deny new organization-key-collaborator: organization key sync, generation 1: jo@nova.agency"],
  ],
  [
    "first logins become Admin",
    { resources: { "amplitude_organization.x": { org_id: "7", jit_default_role: "admin" } } },
    ["deny new jit-default-role: organization settings: just-in-time role Admin"],
  ],
  [
    "the second factor is switched off while an agency is on production",
    {
      seed: managed({ assignments: [held("nova", 501, "Member")] }),
      resources: { "amplitude_organization.x": { org_id: "7", mfa_required: false } },
    },
    ["deny new mfa-off-production: jo@nova.agency on Production"],
  ],
  [
    "the same where single sign-on is enforced",
    {
      seed: managed({
        assignments: [held("nova", 501, "Member")],
        settings: { ssoEnforced: true, mfaRequired: true },
      }),
      resources: { "amplitude_organization.x": { org_id: "7", mfa_required: false, sso_enforced: true } },
    },
    [],
  ],
  [
    "an engagement has ended and its people are still there",
    { seed: managed({ assignments: [held("jo@nova.agency", 503, "Viewer")] }), more: ended },
    ["deny old engagement-ended: jo@nova.agency: on Reporting"],
  ],
  [
    "the plan takes the last of them away",
    {
      more: ended,
      resources: {
        "amplitude_leaver.jo": { email: "jo@nova.agency", left_on: "2026-11-01", ticket: "SEC-1" },
      },
    },
    [],
  ],
  [
    "the log shows no sign of somebody for 60 days",
    { log: seen(90, "2026-09-20T08:00:00Z") },
    ["warn old dormant: jo@nova.agency: in the organization"],
  ],
  ["the log shows a login of last week", { log: seen(60, "2026-11-16T08:00:00Z") }, []],
  ["too little of the log was read to tell", { log: seen(30) }, []],
];

it.each(situations)("%s", async (_name, situation, expected) => {
  const { findings } = await verdictOf(situation);
  expect(findings.map(line)).toEqual(expected);
});

it("a finding names the declarations whose steps bring it about", async () => {
  const { findings } = await verdictOf({
    seed: managed({ assignments: [held("nova", 502, "Admin")] }),
    resources: {
      [`${role}.nova`]: grant("601", "501", "Admin"),
      [`${role}.other`]: grant("602", "503", "Viewer"),
    },
  });
  expect(findings.map(({ addresses }) => addresses)).toEqual([[`acme/${role}.nova`], [`acme/${role}.nova`]]);
});

it("says what it could not judge, and does not count it as passed", async () => {
  const { outcomes } = await verdictOf({ without: ["management"] });
  expect(
    outcomes.filter(({ judged }) => judged !== "whole").map(({ rule, judged }) => `${rule} ${judged}`),
  ).toEqual([
    "collaborator-organization-admin in part",
    "module-outside-scope in part",
    "too-many-owners not",
    "too-few-client-admins not",
    "jit-default-role not",
    "mfa-off-production not",
    "dormant not",
  ]);
});

it("judges settings that can be read, also where nobody is let in just in time", async () => {
  const { outcomes } = await verdictOf({
    seed: managed({ settings: { ssoEnforced: false, mfaRequired: true } }),
  });
  expect(outcomes.find(({ rule }) => rule === "jit-default-role")).toMatchObject({
    judged: "whole",
    after: 0,
  });
});

it("a finding keeps its id while the rest of the organization changes", async () => {
  const held503 = held("jo@nova.agency", 503, "Viewer");
  const ids = async (seed: Situation["seed"]) =>
    (await verdictOf({ ...(seed === undefined ? {} : { seed }), more: ended })).findings.map(({ id }) => id);
  expect(await ids(managed({ assignments: [held503] }))).toEqual(await ids(managed({ assignments: [] })));
});

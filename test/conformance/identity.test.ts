/* eslint max-lines: ["error", { "max": 360, "skipBlankLines": true, "skipComments": true }] -- one table: every kind and every answer */
import type { Family } from "../../src/api";
import type { Seed } from "../../src/emulator";
import type { IdentityAnswer } from "../../src/lifecycle";
import { collectionNamed, kinds, type Snapshot } from "../../src/resources";
import { ana, consequence, type Circumstance, type Consequence } from "./identity-world";

/** What a declaration that is in effect comes to, or why there is no such case. */
type Row = (Circumstance & Partial<Consequence>) | { readonly cannot: string };

const done = (change: (state: Required<Seed>) => void): Circumstance => ({ done: change });

/** Amplitude's support changes the address: whatever was theirs is theirs. */
const readdressed = done((state) => {
  const text = JSON.stringify(state).replaceAll(`"${ana}"`, '"ana.lima@nova.agency"');
  Object.assign(state, JSON.parse(text));
});
const archived = done(({ projects }) => {
  for (const project of projects) project.archived = true;
});
/** The family does not answer any more. */
const unread = (...families: Family[]): Circumstance => ({
  read: (snapshot) => ({
    ...(Object.fromEntries(
      Object.entries(snapshot).filter(
        ([name]) => !isCollection(name) || !families.includes(collectionNamed(name).family),
      ),
    ) as unknown as Snapshot),
    families: snapshot.families.filter((family) => !families.includes(family)),
  }),
});
const collectionNames = new Set(kinds.flatMap(({ reads }) => reads));
const isCollection = (name: string): name is (typeof kinds)[number]["reads"][number] =>
  (collectionNames as ReadonlySet<string>).has(name);

const quiet = { people: [], plan: [], drift: [], apply: [], terraform: "nothing" } as const;
const present = { answer: "present", ...quiet } as const;
const told = (answer: IdentityAnswer) => ({ ...quiet, answer, drift: [answer] });
const unknown = (...plan: string[]) => ({
  answer: "unknown",
  plan: plan.map((text) => `${text} (hand)`),
  people: [],
  drift: plan.length === 0 ? [] : ["unknown"],
  apply: [],
  terraform: "not read" as const,
});
const restored = {
  plan: [],
  drift: [],
  terraform: "nothing" as const,
  answer: "archived",
  apply: ["PATCH /api/2/projects/501"],
};

const ITS_KEY = { cannot: "its id is its key: what is there under the key is it" };
const NO_PROJECT = { cannot: "it is of no project, and is not archived itself" };
const ONE_LIST = { cannot: "its list does not depend on who asks" };

const rows: Readonly<Record<string, Readonly<Record<IdentityAnswer, Row>>>> = {
  amplitude_user: {
    present,
    // Terraform asks for the old address alone, which SCIM takes for the identity.
    renamed: { ...readdressed, ...present, drift: ["renamed"], terraform: "create" },
    "re-made": ITS_KEY,
    archived: NO_PROJECT,
    hidden: { cannot: "Amplitude does not say whether a removed person's roles go with them" },
    gone: {
      ...done((state) => {
        state.people = state.people.filter(({ email }) => email !== ana);
        for (const group of state.groups) group.members = [];
        Object.assign(state, { assignments: [], modules: [] });
      }),
      answer: "gone",
      plan: [`invite ${ana} as manager of the organization`],
      drift: ["changed"],
      apply: [],
      terraform: "create",
    },
    unknown: { ...unread("scim"), ...unknown(`invite ${ana}`) },
  },
  amplitude_leaver: {
    present,
    renamed: { cannot: "the line names nobody who is there; `changed-email.test.ts` has one who is" },
    "re-made": ITS_KEY,
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: { cannot: "being gone is what it declares" },
    unknown: { ...unread("scim"), ...unknown() },
  },
  amplitude_group: {
    present,
    renamed: {
      ...done(({ groups }) => rename(groups, 601, "engineers")),
      answer: "renamed",
      plan: ["rename group engineers to eng"],
      drift: ["changed"],
      apply: ["PATCH /scim/1/Groups/601"],
      terraform: "update",
    },
    "re-made": { ...done(({ groups }) => renumber(groups, 601, 701)), ...told("re-made") },
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: {
      ...done((state) => drop(state, "groups", 601)),
      answer: "gone",
      plan: ["create group eng", `eng gains ${ana}`],
      drift: ["changed", "changed"],
      apply: ["POST /scim/1/Groups", "PATCH /scim/1/Groups/631"],
      terraform: "create",
    },
    unknown: {
      ...unread("scim"),
      ...unknown("create group eng", `eng gains ${ana} (invited by it)`),
    },
  },
  amplitude_idp_group: {
    present,
    renamed: { ...done(({ groups }) => rename(groups, 602, "okta-engineers")), ...told("renamed") },
    "re-made": { ...done(({ groups }) => renumber(groups, 602, 702)), ...told("re-made") },
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: {
      ...done((state) => drop(state, "groups", 602)),
      answer: "gone",
      plan: ["the identity provider pushes group okta-eng (idp)"],
      drift: ["changed"],
      apply: [],
      terraform: "create",
    },
    unknown: {
      ...unread("scim"),
      ...unknown(),
      plan: ["the identity provider pushes group okta-eng (idp)"],
      drift: ["unknown"],
    },
  },
  amplitude_group_membership: {
    present,
    renamed: { ...readdressed, ...present, drift: ["renamed"], terraform: "create" },
    "re-made": ITS_KEY,
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: {
      ...done(({ groups }) => {
        for (const group of groups) if (group.id === 603) group.members = [];
      }),
      answer: "gone",
      plan: [`loose gains ${ana}`],
      drift: ["changed"],
      apply: ["PATCH /scim/1/Groups/603"],
      terraform: "create",
    },
    unknown: { ...unread("scim"), ...unknown(`603 gains ${ana} (invited by it)`) },
  },
  amplitude_project: {
    present,
    renamed: {
      ...done(({ projects }) => rename(projects, 501, "Site")),
      answer: "renamed",
      plan: ["project Site: name Site → Web"],
      drift: ["changed"],
      apply: ["PATCH /api/2/projects/501"],
      terraform: "update",
    },
    "re-made": {
      ...done((state) => {
        Object.assign(state, JSON.parse(JSON.stringify(state).replaceAll("501", "577")));
      }),
      ...told("re-made"),
    },
    archived: {
      ...archived,
      answer: "archived",
      plan: ["restore project Web"],
      drift: ["changed"],
      apply: ["PATCH /api/2/projects/501"],
      terraform: "update",
    },
    hidden: {
      read: (snapshot) => ({ ...snapshot, projects: [], managedProjects: [] }),
      ...told("hidden"),
    },
    gone: {
      ...done((state) => {
        Object.assign(state, { projects: [], assignments: [], modules: [], apiKeys: [], properties: [] });
      }),
      answer: "gone",
      plan: ["create project Web"],
      drift: ["changed"],
      terraform: "create",
    },
    unknown: { ...unread("management", "developer"), ...unknown("create project Web") },
  },
  amplitude_project_role_assignment: {
    present,
    // Terraform's own read asks for the old holder, whom no list has; the whole organization shows the id.
    renamed: { ...readdressed, ...present, drift: ["renamed"] },
    "re-made": {
      ...done(({ assignments }) => {
        for (const held of assignments) held.id = "another-id-another-id0";
      }),
      ...told("re-made"),
    },
    archived: { ...archived, ...restored },
    hidden: ONE_LIST,
    gone: {
      ...done((state) => Object.assign(state, { assignments: [] })),
      answer: "gone",
      plan: [`${ana} gets Member on Web`],
      drift: ["changed"],
      apply: ["POST /user-management/1/project-role-assignments"],
      terraform: "create",
    },
    unknown: { ...unread("user-management"), ...unknown(`${ana} gets Member on Web`) },
  },
  amplitude_organization_role: {
    present,
    renamed: { ...readdressed, ...present, drift: ["renamed"], terraform: "create" },
    "re-made": ITS_KEY,
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: { cannot: "whoever is in the organization has a role in it" },
    unknown: { ...unread("management"), ...unknown(`${ana}: organization role manager`) },
  },
  amplitude_organization: {
    present,
    renamed: { cannot: "a setting has no name that anybody changes" },
    "re-made": ITS_KEY,
    archived: NO_PROJECT,
    hidden: ONE_LIST,
    gone: { cannot: "the organization that answers is there" },
    unknown: { ...unread("management"), ...unknown("organization: mfa_required true") },
  },
  amplitude_module_grant: {
    present,
    renamed: { ...readdressed, ...present, drift: ["renamed"] },
    "re-made": {
      ...done(({ modules }) => {
        for (const held of modules) held.id = "another";
      }),
      ...told("re-made"),
    },
    archived: { ...archived, ...restored },
    hidden: ONE_LIST,
    gone: {
      ...done((state) => Object.assign(state, { modules: [] })),
      answer: "gone",
      plan: [`${ana} gets govern consumer on Web`],
      drift: ["changed"],
      apply: ["POST /api/2/organizations/7/module-grants"],
      terraform: "create",
    },
    unknown: { ...unread("management"), ...unknown(`${ana} gets govern consumer on Web`) },
  },
  amplitude_api_key: {
    present,
    renamed: {
      ...done(({ apiKeys }) => {
        for (const key of apiKeys) key.label = "sync old";
      }),
      ...told("renamed"),
    },
    "re-made": {
      ...done(({ apiKeys }) => {
        for (const key of apiKeys) key.id = "k2";
      }),
      ...told("re-made"),
    },
    archived: { ...archived, ...restored },
    hidden: ONE_LIST,
    // Whoever uses it needs the new value: it takes a new generation.
    gone: {
      ...done((state) => Object.assign(state, { apiKeys: [] })),
      answer: "gone",
      plan: ["create project key sync of Web, generation 1"],
      drift: ["changed"],
      apply: [],
      terraform: "create",
    },
    unknown: { ...unread("management"), ...unknown("create project key sync of Web, generation 1") },
  },
  amplitude_property_visibility: {
    present,
    renamed: { cannot: "Amplitude renames no property: its name is its id" },
    "re-made": ITS_KEY,
    archived: { ...archived, ...restored },
    hidden: ONE_LIST,
    gone: {
      ...done((state) => Object.assign(state, { properties: [] })),
      answer: "gone",
      plan: ["user property email on Web is not in Amplitude's list: add it, or correct its name (hand)"],
      drift: ["changed"],
      apply: [],
      terraform: "create",
    },
    unknown: {
      read: ({ properties: _properties, ...snapshot }) => snapshot,
      ...unknown("user property email on Web: hidden"),
    },
  },
};

function rename(list: { id?: number | undefined; name: string }[], id: number, name: string): void {
  for (const one of list) if (one.id === id) one.name = name;
}
function renumber(list: { id?: number | undefined }[], id: number, other: number): void {
  for (const one of list) if (one.id === id) one.id = other;
}
function drop(state: Required<Seed>, list: "groups", id: number): void {
  state[list] = state[list].filter((one) => one.id !== id);
}

describe.each(Object.entries(rows))("%s", (kind, answers) => {
  const cases = Object.entries(answers).filter(([, row]) => !("cannot" in row));
  it.each(cases)("%s", async (_, row) => {
    const { done: change, read, ...expected } = row as Circumstance & Partial<Consequence>;
    const circumstance = {
      ...(change === undefined ? {} : { done: change }),
      ...(read === undefined ? {} : { read }),
    };
    expect(await consequence(kind, circumstance)).toMatchObject(expected);
  });
});

it("every kind has its rows, and what cannot be says why", () => {
  expect(Object.keys(rows).sort()).toEqual(kinds.map(({ type }) => type).sort());
  const reasons = Object.values(rows).flatMap((answers) =>
    Object.values(answers).flatMap((row) => ("cannot" in row ? [row.cannot] : [])),
  );
  expect(reasons.filter((reason) => reason.split(" ").length < 5)).toEqual([]);
});

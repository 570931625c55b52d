import type { Harness } from "../support/harness";
import { harness } from "../support/harness";
import { kinds, type Kind } from "../../src/resources";
import type { Seed } from "../../src/emulator";
import { today } from "../support/organization";

type UiChange = Readonly<Record<string, unknown>>;

/** What a kind cannot say of itself: what happens on the wire and in the organization. */
export interface KindCase {
  /** Requests that change something, each exactly once. */
  readonly writes: {
    readonly create: readonly string[];
    readonly update: readonly string[];
    readonly delete: readonly string[];
    /** After `tamper`. */
    readonly repair: readonly string[];
  };
  /** Lines of `facts` that the example adds to the organization and takes from it. */
  readonly created: Difference;
  /** The same after its update. */
  readonly updated: Difference;
  /** What is still different once the line is deleted. */
  readonly deleted: Difference;
  /** Somebody changes it in Amplitude's own pages. */
  readonly tamper: UiChange;
  /** Somebody brings the same about in Amplitude's own pages, before code does. */
  readonly make: UiChange;
  /** Somebody takes it away in Amplitude's own pages. */
  readonly takeAway?: UiChange;
  /** How many live objects of the kind stand for the example once it is made. */
  readonly listed: 0 | 1;
}

interface Difference {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

const nothing: Difference = { plus: [], minus: [] };
const user = "/scim/1/Users";
const group = "/scim/1/Groups";
const assignment = "/user-management/1/project-role-assignments";
const ana = {
  plus: [],
  minus: ["ana@nova.agency", "ana@nova.agency Web: Viewer", "agency-nova: ana@nova.agency"],
};

/** One per kind. A kind without one fails the conformance test by name. */
const cases: Readonly<Record<string, KindCase>> = {
  amplitude_user: {
    writes: {
      create: [`POST ${user}`],
      update: [`PUT ${user}/tyra@nova.agency`],
      delete: [`DELETE ${user}/tyra@nova.agency`],
      repair: [`PUT ${user}/tyra@nova.agency`],
    },
    created: { plus: ["tyra@nova.agency Tyra Olsen"], minus: [] },
    updated: { plus: ["tyra@nova.agency Tyra Olsen Berg"], minus: [] },
    deleted: nothing,
    tamper: { type: "accept_invitation", email: "tyra@nova.agency", givenName: "Ty" },
    make: { type: "invite", email: "tyra@nova.agency", givenName: "Tyra", familyName: "Olsen" },
    listed: 1,
    takeAway: { type: "remove_person", email: "tyra@nova.agency" },
  },
  amplitude_leaver: {
    writes: {
      create: [`PATCH ${group}/632`, `DELETE ${assignment}/ID`, `DELETE ${user}/ana@nova.agency`],
      update: [],
      delete: [],
      repair: [`DELETE ${user}/ana@nova.agency`],
    },
    created: ana,
    updated: ana,
    deleted: ana,
    tamper: { type: "invite", email: "ana@nova.agency" },
    make: { type: "remove_person", email: "ana@nova.agency" },
    listed: 0,
  },
  amplitude_group: {
    writes: {
      create: [`POST ${group}`, `PATCH ${group}/ID`],
      update: [`PATCH ${group}/ID`],
      delete: [`DELETE ${group}/ID`],
      repair: [`PATCH ${group}/ID`],
    },
    created: {
      plus: ["agency-nova-implementers", "agency-nova-implementers: jo@nova.agency"],
      minus: [],
    },
    updated: {
      plus: [
        "agency-nova-implementers",
        "agency-nova-implementers: jo@nova.agency",
        "agency-nova-implementers: sam@nova.agency",
      ],
      minus: [],
    },
    deleted: nothing,
    tamper: { type: "remove_member", group: "agency-nova-implementers", email: "jo@nova.agency" },
    make: { type: "create_group", name: "agency-nova-implementers", members: ["Jo@nova.agency"] },
    listed: 1,
    takeAway: { type: "delete_group", group: "agency-nova-implementers" },
  },
  amplitude_idp_group: {
    writes: { create: [], update: [], delete: [], repair: [] },
    created: { plus: ["amp-nova-analysts", "amp-nova-analysts: marco@nova.agency"], minus: [] },
    updated: { plus: ["amp-nova-analysts", "amp-nova-analysts: marco@nova.agency"], minus: [] },
    deleted: { plus: ["amp-nova-analysts", "amp-nova-analysts: marco@nova.agency"], minus: [] },
    tamper: { type: "remove_member", group: "amp-nova-analysts", email: "marco@nova.agency" },
    make: { type: "create_group", name: "amp-nova-analysts", members: ["marco@nova.agency"] },
    listed: 1,
    takeAway: { type: "delete_group", group: "amp-nova-analysts" },
  },
  amplitude_group_membership: {
    writes: {
      create: [`PATCH ${group}/632`],
      update: [],
      delete: [`PATCH ${group}/632`],
      repair: [`PATCH ${group}/632`],
    },
    created: { plus: ["agency-nova: jo@nova.agency"], minus: [] },
    updated: { plus: ["agency-nova: jo@nova.agency"], minus: [] },
    deleted: nothing,
    tamper: { type: "remove_member", group: "agency-nova", email: "jo@nova.agency" },
    make: { type: "add_member", group: "agency-nova", email: "jo@nova.agency" },
    listed: 1,
    takeAway: { type: "remove_member", group: "agency-nova", email: "jo@nova.agency" },
  },
  amplitude_project_role_assignment: {
    writes: {
      create: [`POST ${assignment}`],
      update: [`PATCH ${assignment}/ID`],
      delete: [`DELETE ${assignment}/ID`],
      repair: [`PATCH ${assignment}/ID`],
    },
    created: { plus: ["jo@nova.agency Web: Member"], minus: [] },
    updated: { plus: ["jo@nova.agency Web: Manager"], minus: [] },
    deleted: nothing,
    tamper: { type: "grant", person: "jo@nova.agency", project: "Web", role: "Admin" },
    make: { type: "grant", person: "jo@nova.agency", project: "Web", role: "Member" },
    listed: 1,
    takeAway: { type: "revoke", person: "jo@nova.agency", project: "Web" },
  },
};

/** Every kind with what is known of it. Throws for a kind that nobody wrote a case for. */
export const kindCases: readonly (readonly [string, Kind, KindCase])[] = kinds.map((kind) => {
  const known = cases[kind.type];
  if (known === undefined) throw new Error(`Write a conformance case for ${kind.type}.`);
  return [kind.type, kind, known] as const;
});

/** An organization in which every kind's example makes sense. */
export function world(switches: Seed["switches"] = {}): Seed {
  const names = ["jo", "sam", "ana", "marco"];
  return {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: today,
    people: [
      { email: "tom@acme.com", organizationRole: "owner" },
      { email: "priya@acme.com", organizationRole: "admin" },
      ...names.map((name) => ({ email: `${name}@nova.agency` })),
    ],
    groups: [{ id: 632, name: "agency-nova", members: ["ana@nova.agency"] }],
    projects: [{ id: 288501, name: "Web" }],
    assignments: [{ principalType: "user", principal: "ana@nova.agency", project: 288501, role: "Viewer" }],
    identityProvider: {
      name: "okta",
      groups: [{ name: "amp-nova-analysts", members: ["marco@nova.agency"] }],
    },
    ...(switches === undefined ? {} : { switches }),
  };
}

/** A stack with nothing but the example, as it is created or after its update. */
export function exampleStack(kind: Kind, stage: "create" | "update") {
  const { create, update } = kind.example;
  const config = stage === "create" ? create : { ...create, ...update };
  return { resources: { [`${kind.type}.it`]: { ...config } } };
}

/** The example at a new organization. */
export function exampleSite(kind: Kind, seed: Seed = world(), timeoutMs?: number): Harness {
  return harness({
    organization: seed,
    stack: exampleStack(kind, "create"),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** Everything that the organization holds, a line each: a person, a group, a member, a grant. */
export function facts(site: Harness): Set<string> {
  const { people, groups } = site.emulator.state();
  return new Set([
    ...people.map(({ email, givenName, familyName }) =>
      [email.toLowerCase(), givenName, familyName].filter(Boolean).join(" "),
    ),
    ...groups.map(({ name }) => name),
    ...groups.flatMap(({ name, members }) => members.map((member) => `${name}: ${member.toLowerCase()}`)),
    ...site.grants(),
  ]);
}

/** What is different from an organization of before. */
export function difference(before: ReadonlySet<string>, site: Harness): Difference {
  const now = facts(site);
  return {
    plus: [...now].filter((fact) => !before.has(fact)).sort(),
    minus: [...before].filter((fact) => !now.has(fact)).sort(),
  };
}

/** The same as `difference` answers it. */
export function sorted({ plus, minus }: Difference): Difference {
  return { plus: [...plus].sort(), minus: [...minus].sort() };
}

/** The writes sent, with the ids that Amplitude chose left out. */
export function wireOf(site: Harness): string[] {
  return site.writes().map((write) => write.replace(/(Groups|role-assignments)\/(?!632$)[^/]+$/, "$1/ID"));
}

/** Applies; where that waits for the identity provider, lets it do its part and applies again. */
export async function bringAbout(site: Harness): Promise<void> {
  const { results } = await site.apply();
  if (!results.some(({ outcome }) => outcome === "waiting")) return;
  await site.sync();
  await site.apply();
}

import type { Harness } from "../support/harness";
import { harness } from "../support/harness";
import { kinds, type Actor, type Kind } from "../../src/resources";
import type { Seed } from "../../src/emulator";
import { world, type Difference } from "./world";

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
  readonly make: UiChange | Elsewhere;
  /** What is planned then, by whom it is done; left out: a record. */
  readonly takenOver?: readonly Actor[];
  /** Somebody takes it away in Amplitude's own pages. */
  readonly takeAway?: UiChange;
  /** What is different after `tamper` and another apply, where that does not bring it back: it is refused. */
  readonly refused?: Difference;
  /** Its value is seen once: where an answer is lost, it is reported, and no second one is made. */
  readonly seenOnce?: true;
  /** How many live objects of the kind stand for the example once it is made. */
  readonly listed: 0 | 1;
}

/** What Amplitude's pages at the emulator do not offer, done by another program with the organization's keys. */
export interface Elsewhere {
  readonly method: string;
  readonly path: string;
  readonly body: UiChange;
}

const nothing: Difference = { plus: [], minus: [] };
const user = "/scim/1/Users";
const group = "/scim/1/Groups";
const assignment = "/user-management/1/project-role-assignments";
const organization = "/api/2/organizations/7";
const ana = {
  plus: [],
  minus: ["ana@nova.agency", "ana@nova.agency Web: Viewer", "agency-nova: ana@nova.agency"],
};

const email = "/api/2/taxonomy/user-property/gp:email";
const hiddenEmail = { plus: ["user property gp:email hidden"], minus: ["user property gp:email shown"] };
const changeEmail = {
  type: "change_property",
  project: "Web",
  propertyType: "user",
  property: "gp:email",
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
    // Whom no state knows and nobody finds may be misspelt.
    takenOver: ["record", "hand"],
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
  amplitude_organization: {
    writes: {
      create: [`PATCH ${organization}`],
      update: [`PATCH ${organization}`],
      delete: [],
      repair: [`PATCH ${organization}`],
    },
    created: { plus: ["second factor: true"], minus: ["second factor: false"] },
    updated: {
      plus: ["second factor: true", "just in time: member"],
      minus: ["second factor: false", "just in time: null"],
    },
    deleted: { plus: ["second factor: true"], minus: ["second factor: false"] },
    tamper: { type: "change_settings", mfaRequired: false },
    make: { type: "change_settings", mfaRequired: true },
    listed: 0,
  },
  amplitude_organization_role: {
    writes: {
      create: [`PATCH ${organization}/members/tyra@nova.agency`],
      update: [`PATCH ${organization}/members/tyra@nova.agency`],
      delete: [`PATCH ${organization}/members/tyra@nova.agency`],
      repair: [`PATCH ${organization}/members/tyra@nova.agency`],
    },
    created: { plus: ["tyra@nova.agency is manager"], minus: ["tyra@nova.agency is member"] },
    updated: { plus: ["tyra@nova.agency is admin"], minus: ["tyra@nova.agency is member"] },
    deleted: nothing,
    tamper: { type: "set_organization_role", email: "tyra@nova.agency", role: "viewer" },
    make: { type: "set_organization_role", email: "Tyra@Nova.agency", role: "manager" },
    listed: 0,
    takeAway: { type: "set_organization_role", email: "tyra@nova.agency", role: "member" },
  },
  amplitude_project: {
    writes: {
      create: ["POST /api/2/projects"],
      update: ["PATCH /api/2/projects/ID"],
      delete: ["PATCH /api/2/projects/ID"],
      repair: ["PATCH /api/2/projects/ID"],
    },
    created: { plus: ["project Client Sandbox staging"], minus: [] },
    updated: { plus: ["project Client Sandbox development"], minus: [] },
    deleted: { plus: ["project Client Sandbox staging archived"], minus: [] },
    tamper: { type: "archive_project", project: "Client Sandbox" },
    make: {
      method: "POST",
      path: "/api/2/projects",
      body: { name: "Client Sandbox", environment: "staging" },
    },
    listed: 1,
    takeAway: { type: "archive_project", project: "Client Sandbox" },
  },
  amplitude_module_grant: {
    writes: {
      create: [`POST ${organization}/module-grants`],
      update: [],
      delete: [`DELETE ${organization}/module-grants/ID`],
      repair: [`POST ${organization}/module-grants`],
    },
    created: { plus: ["jo@nova.agency Web: experiment_analyst"], minus: [] },
    updated: { plus: ["jo@nova.agency Web: experiment_analyst"], minus: [] },
    deleted: nothing,
    tamper: { type: "revoke_module", person: "jo@nova.agency", project: "Web", module: "experiment_analyst" },
    make: { type: "grant_module", person: "Jo@nova.agency", project: "Web", module: "experiment_analyst" },
    listed: 1,
    takeAway: {
      type: "revoke_module",
      person: "jo@nova.agency",
      project: "Web",
      module: "experiment_analyst",
    },
  },
  amplitude_api_key: {
    writes: {
      create: [`POST ${organization}/api-keys`],
      update: [],
      delete: [`DELETE ${organization}/api-keys/ID`],
      repair: [],
    },
    created: { plus: ["secret key nova-braze-sync of Web"], minus: [] },
    updated: { plus: ["secret key nova-braze-sync of Web"], minus: [] },
    deleted: nothing,
    tamper: { type: "delete_api_key", key: "nova-braze-sync" },
    refused: nothing,
    make: { type: "create_api_key", label: "nova-braze-sync", scope: "secret", project: "Web" },
    listed: 1,
    takeAway: { type: "delete_api_key", key: "nova-braze-sync" },
    seenOnce: true,
  },
  amplitude_property_visibility: {
    writes: { create: [`PUT ${email}`], update: [`PUT ${email}`], delete: [], repair: [`PUT ${email}`] },
    created: hiddenEmail,
    updated: { plus: ["user property gp:email hidden PII"], minus: ["user property gp:email shown"] },
    // Forgotten: what was hidden stays hidden.
    deleted: hiddenEmail,
    tamper: { ...changeEmail, hidden: false },
    make: { ...changeEmail, hidden: true },
    listed: 1,
  },
};

/** Every kind with what is known of it. Throws for a kind that nobody wrote a case for. */
export const kindCases: readonly (readonly [string, Kind, KindCase])[] = kinds.map((kind) => {
  const known = cases[kind.type];
  if (known === undefined) throw new Error(`Write a conformance case for ${kind.type}.`);
  return [kind.type, kind, known] as const;
});

/** A stack with nothing but the example, as it is created or after its update. */
export function exampleStack(kind: Kind, stage: "create" | "update") {
  const { create, update } = kind.example;
  const config = stage === "create" ? create : { ...create, ...update };
  // What is about the organization itself names the one that is there.
  const here = kind.organization === undefined ? {} : { org_id: "7" };
  return { resources: { [`${kind.type}.it`]: { ...config, ...here } } };
}

/** The example at a new organization. */
export function exampleSite(kind: Kind, seed: Seed = world(kind), timeoutMs?: number): Harness {
  return harness({
    organization: seed,
    stack: exampleStack(kind, "create"),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** Brings the same about as the example does, before code does. */
export async function make(site: Harness, { make: change }: KindCase): Promise<void> {
  if (isElsewhere(change)) await site.elsewhere(change.method, change.path, change.body);
  else await site.ui(change);
}

function isElsewhere(change: UiChange | Elsewhere): change is Elsewhere {
  return "path" in change;
}

/** The writes sent, with the ids that Amplitude chose left out. */
export function wireOf(site: Harness): string[] {
  return site
    .writes()
    .map((write) =>
      write.replace(/(Groups|role-assignments|projects|module-grants|api-keys)\/(?!632$)[^/]+$/, "$1/ID"),
    );
}

/** Applies; where that waits for the identity provider, lets it do its part and applies again. */
export async function bringAbout(site: Harness): Promise<void> {
  const { results } = await site.apply();
  if (!results.some(({ outcome }) => outcome === "waiting")) return;
  await site.sync();
  await site.apply();
}

import type { Seed } from "../../src/emulator";
import { planInstance, readInstance, type Values } from "../../src/lifecycle";
import { kinds, type Kind, type Snapshot } from "../../src/resources";
import { harness, type Harness } from "../support/harness";
import { today } from "../support/organization";

export const ana = "ana@nova.agency";
const web = "${amplitude_project.web.id}";

/** What kinds say that are about each other. */
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  amplitude_user: { email: ana },
  amplitude_leaver: { email: "zoe@nova.agency", left_on: "2026-11-20" },
  amplitude_group: { name: "eng", members: [ana] },
  amplitude_idp_group: { name: "okta-eng" },
  amplitude_group_membership: { group_id: "603", email: ana },
  amplitude_project: { name: "Web", add_ons: ["govern"] },
  amplitude_project_role_assignment: {
    principal_type: "user",
    principal: ana,
    project_id: web,
    role: "Member",
  },
  amplitude_organization_role: { email: ana, role: "manager" },
  amplitude_organization: { org_id: "7", mfa_required: true },
  amplitude_module_grant: {
    principal_type: "user",
    principal: ana,
    project_id: web,
    module: "govern_consumer",
  },
  amplitude_api_key: { key_type: "project", project_id: web, label: "sync", generation: 1 },
  amplitude_property_visibility: {
    project_id: web,
    property_type: "user",
    name: "email",
    hidden: true,
  },
};

/** One declaration of every kind, in effect; where nothing else is asked of it, its example, on the project. */
const declared = kinds.map(({ type, example: { create } }) => {
  const example = { ...create, ...("project_id" in create && { project_id: web }) };
  return [type, particular[type] ?? example] as const;
});

const localOf = (kind: string): string => (kind === "amplitude_project" ? "web" : "it");
const addressOf = (kind: string): string => `acme/${kind}.${localOf(kind)}`;

const stack = {
  resources: Object.fromEntries(declared.map(([kind, config]) => [`${kind}.${localOf(kind)}`, config])),
};

const seed: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme" },
  clock: today,
  people: [
    { email: "tom@acme.com", organizationRole: "owner" },
    { email: "priya@acme.com", organizationRole: "admin" },
    { email: ana, organizationRole: "manager" },
  ],
  groups: [
    { id: 601, name: "eng", members: [ana] },
    { id: 602, name: "okta-eng", members: [] },
    { id: 603, name: "loose", members: [ana] },
  ],
  projects: [{ id: 501, name: "Web", addOns: ["govern"] }],
  assignments: [{ principalType: "user", principal: ana, project: 501, role: "Member" }],
  modules: [{ principalType: "user", principal: ana, project: 501, module: "govern_consumer" }],
  apiKeys: [{ id: "k1", label: "sync", scope: "project", projectId: 501 }],
  properties: [{ project: 501, type: "user", name: "gp:email", hidden: true }],
  settings: { mfaRequired: true },
  switches: { management: "served" },
};

/** What somebody else does to it, or what the lists show. */
export interface Circumstance {
  /** By somebody else, to the organization. */
  readonly done?: (state: Required<Seed>) => void;
  /** What the lists show. */
  readonly read?: (snapshot: Snapshot) => Snapshot;
}

/** What plan, drift, apply and Terraform make of one declaration then. */
export interface Consequence {
  readonly answer: string;
  /** Steps of its declaration, records left out; `by hand` where a person does it. */
  readonly plan: readonly string[];
  /** Whose access the plan shows as gained or lost. */
  readonly people: readonly string[];
  /** What drift tells of it: the answer, or `changed`. */
  readonly drift: readonly string[];
  /** Requests that write, of the whole apply. */
  readonly apply: readonly string[];
  /** What Terraform plans after it has read its state. */
  readonly terraform: "nothing" | "update" | "create" | "replace" | "not read";
}

let first: Promise<Harness> | undefined;

/** The organization with all of it in effect; made once. */
async function applied(): Promise<Harness> {
  const site = harness({ organization: seed, stack });
  await site.apply();
  return site;
}

export async function consequence(kind: string, circumstance: Circumstance): Promise<Consequence> {
  const before = await (first ??= applied());
  const state = JSON.parse(JSON.stringify(before.emulator.state())) as Required<Seed>;
  circumstance.done?.(state);
  const { read } = circumstance;
  const settings = read === undefined ? {} : { read };
  const site = harness({
    organization: state,
    stack,
  });
  site.base = before.base;
  const address = addressOf(kind);
  const { plan, decisions, instances, live, emailChanges } = await site.plan(settings);
  const decided = decisions.find((decision) => decision.address === address);
  const { outside, notApplied, identities, identityProvider } = await site.drift(settings);
  // A person's address is told once, whatever names them.
  const about =
    emailChanges.length > 0 ? emailChanges.map(({ addresses: [first = ""] }) => first) : [address];
  const instance = instances.find(({ declaration }) => declaration.address === address);
  site.forget();
  await site.apply(settings);
  return {
    answer: instance?.identity.answer ?? "no line",
    plan: (decided?.steps ?? []).flatMap(({ step: { actor, text } }) =>
      actor === "record" ? [] : [actor === "write" ? text : `${text} (${actor})`],
    ),
    people: plan.people.map(({ email }) => email),
    drift: [
      ...identities.filter((found) => about.includes(found.address)).map(({ answer }) => answer),
      ...[...outside, ...notApplied, ...identityProvider]
        .filter(({ step }) => decided?.steps.some((own) => own.step.id === step.id))
        .map(() => "changed"),
    ],
    apply: site.writes(),
    terraform: instance === undefined ? "not read" : terraformOf(instance.declaration.kind),
  };

  function terraformOf(declared: Kind): Consequence["terraform"] {
    const entry = before.base?.entries[address];
    const known = { ...entry?.config, ...(declared.attributes["id"] && entry?.id ? { id: entry.id } : {}) };
    const now = Date.parse(today);
    const predicted = (declared.predict?.(known) ?? {}) as Values;
    const was = { ...predicted, ...known };
    if (instance?.identity.answer === "unknown") return "not read";
    const found = readInstance(declared, was, live, { everything: false, now });
    if (found === undefined) return "create";
    const { replaces, changed } = planInstance(declared, found, { ...entry?.config }, true);
    return replaces.length > 0 ? "replace" : changed ? "update" : "nothing";
  }
}

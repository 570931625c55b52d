import * as fc from "fast-check";
import {
  canonicalEmails,
  everyonesAccess,
  organizationOf,
  type Effect,
  type Organization,
  type OrganizationFacts,
} from "../../src/access";
import { projects, roles } from "./acme";

// Few of everything, so that effects often meet.
export const emails = ["a@x.org", "b@x.org", "c@x.org", "d@x.org"];
const groupIds = ["1", "2", "3"];
export const email = fc.constantFrom(...emails, "A@X.org");
export const group = fc.constantFrom(
  ...groupIds.map((id) => ({ id, name: `g${id}` })),
  { name: "g1" },
  { name: "new" },
);
export const projectId = fc.constantFrom("101", "102", "999");
export const roleId = fc.constantFrom(...roles.map(({ id }) => id));
export const moduleName = fc.constantFrom(
  "govern_data_manager",
  "govern_consumer",
  "experiment_admin",
  "beta",
);
const projectReference = fc.constantFrom("101", "102", "999", "new:Web", "new:Client Staging");
const keys = [
  { label: "ingest", keyType: "project", projectId: "101", generation: 1 },
  { label: "ingest", keyType: "project", projectId: "101", generation: 2 },
  { label: "users", keyType: "organization", generation: 1 },
] as const;
const principal = fc.oneof(
  fc.constantFrom(...emails).map((id) => ({ type: "user" as const, id })),
  fc.constantFrom(...groupIds).map((id) => ({ type: "group" as const, id })),
);
const organizationRole = fc.constantFrom(undefined, "owner", "manager", "No Access");

export const facts: fc.Arbitrary<OrganizationFacts> = fc.record({
  people: fc
    .uniqueArray(fc.constantFrom(...emails))
    .chain((present) =>
      fc.tuple(...present.map((address) => organizationRole.map((role) => personOf(address, role)))),
    ),
  groups: fc.tuple(
    ...groupIds.map((id) =>
      fc
        .subarray(emails)
        .map((members) => ({ id, name: `g${id}`, members: canonicalEmails(members), writer: "us" as const })),
    ),
  ),
  grants: fc
    .uniqueArray(
      fc.record({
        principal,
        projectId,
        roleId,
      }),
      { selector: ({ principal, projectId: project }) => `${principal.type} ${principal.id} ${project}` },
    )
    .map((grants) => grants.map((grant, index) => ({ id: String(index), ...grant }))),
  roles: fc.constant(roles),
  projects: fc.tuple(...projects.map((one) => fc.boolean().map((archived) => ({ ...one, archived })))),
  modules: fc
    .uniqueArray(fc.record({ principal, projectId, module: moduleName }), {
      selector: (one) => JSON.stringify(one),
    })
    .map((held) => held.map((one, index) => ({ id: String(index), ...one }))),
  keys: fc.subarray([...keys]).map((some) => some.map((one, index) => ({ id: String(index), ...one }))),
  settings: fc.subarray([["mfa_required", "true"] as const]).map((some) => new Map(some)),
});

function personOf(address: string, role: string | undefined) {
  return { email: address, ...(role === undefined ? {} : { organizationRole: role }) };
}

const holder = fc.oneof(
  email.map((address) => ({ type: "user" as const, email: address })),
  group.map((reference) => ({ type: "group" as const, group: reference })),
);

export const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constantFrom("invite" as const, "remove_person" as const), email }),
  fc.record({
    type: fc.constantFrom(
      "add_member" as const,
      "remove_member" as const,
      "idp_gain" as const,
      "idp_lose" as const,
    ),
    group,
    email,
  }),
  fc.record({ type: fc.constant("create_group" as const), name: fc.constantFrom("new", "g1") }),
  fc.record({ type: fc.constant("rename_group" as const), group, name: fc.constantFrom("g1", "other") }),
  fc.record({ type: fc.constant("delete_group" as const), group }),
  fc.record({ type: fc.constant("grant" as const), principal: holder, projectId: projectReference, roleId }),
  fc.record({ type: fc.constant("revoke" as const), principal: holder, projectId: projectReference }),
  fc.record({
    type: fc.constantFrom("grant_module" as const, "revoke_module" as const),
    principal: holder,
    projectId: projectReference,
    module: moduleName,
  }),
  fc.record({ type: fc.constant("create_project" as const), name: fc.constantFrom("Web", "Client Staging") }),
  fc.record({
    type: fc.constant("rename_project" as const),
    projectId: projectReference,
    name: fc.constantFrom("Web", "Client Staging"),
  }),
  fc.record({
    type: fc.constantFrom("archive_project" as const, "restore_project" as const),
    projectId: projectReference,
  }),
  fc
    .record({
      type: fc.constantFrom("create_key" as const, "delete_key" as const),
    })
    .chain(({ type }) => fc.constantFrom(...keys).map((one) => ({ type, ...one }))),
  fc.record({
    type: fc.constant("setting" as const),
    name: fc.constantFrom("mfa_required", "scim_enabled"),
    value: fc.constantFrom("true", "false"),
  }),
);

/** Apart from the others: it makes projects that only a revoked grant named count, and they are left out elsewhere. */
export const roleEffect: fc.Arbitrary<Effect> = fc.record({
  type: fc.constant("set_organization_role" as const),
  email,
  role: fc.constantFrom("owner", "member", "no_access", "User"),
});

/** Plain values, so that a comparison also sees the inside of maps and sets. */
export function plain(organization: Organization) {
  return everyonesAccess(organization).map((access) => ({
    ...access,
    capabilities: [...access.capabilities],
    projects: [...access.projects.values()].map((one) => ({ ...one, capabilities: [...one.capabilities] })),
  }));
}

/** Access, and all that is held or set without being access. */
export function whole(organization: Organization) {
  return {
    access: plain(organization),
    projects: [...organization.projects()].map((one) => JSON.stringify(one)).sort(),
    named: ["Web", "Client Staging", "Client Production"].map((name) =>
      organization
        .projectsNamed(name)
        .map(({ id }) => id)
        .sort(),
    ),
    modules: [...organization.modules()].map((one) => JSON.stringify(one)).sort(),
    keys: [...organization.keys()].map((one) => JSON.stringify(one)).sort(),
    known: keys.map((one) => organization.key(one)),
    settings: [...organization.settings()].sort(),
  };
}

/** The same organization, read out of a draft into lists. */
export function recorded(organization: Organization): Organization {
  return organizationOf({
    people: [...organization.people()],
    groups: [...organization.groups()].map((one) => ({ ...one, members: new Set(one.members) })),
    grants: [...organization.grants()],
    roles: [...organization.roles()],
    projects: [...organization.projects()],
    modules: [...organization.modules()],
    keys: [...organization.keys()],
    settings: new Map(organization.settings()),
  });
}

/** Organization roles are left out where projects that only a revoked grant named would count. */
export function withoutRoles(one: OrganizationFacts): OrganizationFacts {
  return { ...one, people: (one.people ?? []).map(({ email: address }) => ({ email: address })) };
}

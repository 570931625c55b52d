import type { Emulation } from "./emulation";
import { Refusal, type Act } from "./organization/act";
import { grant, removeAssignment } from "./organization/assignments";
import { canonical } from "./organization/organization";
import { setOrganizationRole } from "./organization/people";
import { builtInRank } from "./seed/built-in-roles";
import { organizationRoles } from "./seed/fields";
import type { IdentityProviderState, OrganizationRole } from "./seed/schema";

/** Everything that a sync can change. */
export const syncChanges = [
  "invites a person",
  "creates a group",
  "adds a member",
  "takes a member out",
  "removes a person",
  "sets an organization role",
  "sets a project role",
  "takes a project role away",
] as const;
export type SyncChange = (typeof syncChanges)[number];

/** What a sync did: the SCIM requests that it sent, what they were to change, and what did not work. */
export interface SyncReport {
  readonly changes: readonly SyncChange[];
  readonly requests: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  readonly failures: readonly string[];
}

/** Sends one request to the SCIM routes, in the provider's name. */
export type Send = (method: string, path: string, body: object) => Promise<number>;

/** The same, saying what it is to change. */
type Push = (what: readonly SyncChange[], ...request: Parameters<Send>) => Promise<number>;

/** What a sync is told to have done. */
type Told = { readonly changes: SyncChange[]; readonly failures: string[] };

type ProviderGroup = IdentityProviderState["groups"][number];

/**
 * Brings the identity provider's groups into effect, as SCIM provisioning does: people of its groups are invited
 * (again), missing groups are created, members are added and, where the provider does not have them, removed. Then
 * the people of groups with a mapping get its roles back (the playbook: "SSO/SCIM overwrites happen fast").
 */
export async function syncProvider(emulation: Emulation, send: Send): Promise<SyncReport> {
  const { provider } = emulation;
  const requests: { method: string; path: string; status: number }[] = [];
  const failures: string[] = [];
  const changes: SyncChange[] = [];
  if (provider === null) return { changes, requests, failures };
  // A provider that is turned away gives up until its next sync.
  const stopped = (): boolean => requests.some(({ status }) => status === 401 || status === 429);
  const push: Push = async (what, method, path, body) => {
    if (stopped()) return 429;
    changes.push(...what);
    const status = await send(method, path, body);
    requests.push({ method, path, status });
    if (status >= 400) failures.push(`${method} ${path}: ${status}`);
    return status;
  };
  const taken = new Set<string>();
  for (const group of provider.groups) {
    for (const member of await pushGroup(emulation, group, push)) taken.add(member);
  }
  if (provider.deprovisions) await deprovision(emulation, provider, taken, push);
  if (!stopped()) applyMappings(emulation, provider, { changes, failures });
  return { changes, requests, failures };
}

/** Pushes one group; returns whom it took out. */
async function pushGroup(emulation: Emulation, group: ProviderGroup, push: Push): Promise<string[]> {
  const members: string[] = [];
  for (const email of group.members) {
    const present = emulation.organization.person(email) !== undefined;
    const status = present ? 200 : await push(["invites a person"], "POST", "/scim/1/Users", newUser(email));
    if (status < 400) members.push(email);
  }
  const existing = emulation.organization.groupNamed(group.name);
  if (existing === undefined) {
    await push(["creates a group"], "POST", "/scim/1/Groups", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: group.name,
      members: members.map((value) => ({ value })),
    });
    return [];
  }
  const wanted = new Set(group.members.map(canonical));
  const add = members.filter((email) => !existing.members.has(canonical(email)));
  const remove = [...existing.members].filter((email) => !wanted.has(email));
  const operations = [
    { op: "add", path: "members", value: add.map((value) => ({ value })) },
    { op: "remove", path: "members", value: remove.map((value) => ({ value })) },
  ].filter((operation) => operation.value.length > 0);
  if (operations.length === 0) return [];
  const what = operations.map(({ op }) => (op === "add" ? "adds a member" : "takes a member out"));
  await push(what, "PATCH", `/scim/1/Groups/${existing.id}`, {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: operations,
  });
  return remove;
}

/** Who was taken out of a group and is in none of the provider's any more is switched off. */
async function deprovision(
  emulation: Emulation,
  provider: IdentityProviderState,
  taken: ReadonlySet<string>,
  push: Push,
): Promise<void> {
  const kept = new Set(provider.groups.flatMap((group) => group.members.map(canonical)));
  for (const email of taken) {
    if (kept.has(email) || emulation.organization.person(email) === undefined) continue;
    await push(["removes a person"], "PUT", `/scim/1/Users/${encodeURIComponent(email)}`, {
      ...newUser(email),
      active: false,
    });
  }
}

function newUser(email: string): object {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    id: email,
    userName: email,
    active: true,
    emails: [{ value: email, primary: true }],
  };
}

interface Mapped {
  organizationRole?: OrganizationRole;
  readonly projectRoles: Map<string, string>;
  declaresProjects: boolean;
}

function applyMappings(emulation: Emulation, provider: IdentityProviderState, told: Told): void {
  const { organization, switches, clock } = emulation;
  const actor = { name: `${provider.name} (role mapping)`, ip: null, userAgent: null };
  const act: Act = { organization, switches, actor, at: clock.iso() };
  for (const [email, mapped] of mappedPeople(provider)) {
    if (organization.person(email) === undefined) continue;
    const attempt = (what: SyncChange, change: () => void): boolean => {
      try {
        change();
        told.changes.push(what);
        return true;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        told.failures.push(`${email}: ${error.message}`);
        return false;
      }
    };
    const role = mapped.organizationRole;
    if (
      role !== undefined &&
      !attempt("sets an organization role", () => setOrganizationRole(act, email, role))
    )
      continue;
    mapProjects(act, email, mapped, attempt);
  }
}

function mapProjects(
  act: Act,
  email: string,
  mapped: Mapped,
  attempt: (what: SyncChange, change: () => void) => boolean,
): void {
  const { organization } = act;
  const named = new Set<number>();
  for (const [projectName, roleName] of mapped.projectRoles) {
    const project = organization.projectNamed(projectName);
    const role = organization.role(roleName);
    if (project === undefined || role === undefined) continue;
    named.add(project.id);
    const place = { principalType: "user" as const, principal: canonical(email), project: project.id };
    attempt("sets a project role", () => grant(act, place, role));
  }
  if (!mapped.declaresProjects || act.switches["idp-mapping-scope"] === "named-projects") return;
  for (const assignment of organization.assignmentsOf("user", canonical(email))) {
    if (!named.has(assignment.project))
      attempt("takes a project role away", () => removeAssignment(act, assignment));
  }
}

/** What the mappings of all of a person's groups come to: of two roles the stronger one. */
function mappedPeople(provider: IdentityProviderState): Map<string, Mapped> {
  const people = new Map<string, Mapped>();
  for (const { members, mapping } of provider.groups) {
    if (mapping === undefined) continue;
    for (const email of members) {
      const mapped = people.get(canonical(email)) ?? {
        projectRoles: new Map<string, string>(),
        declaresProjects: false,
      };
      people.set(canonical(email), mapped);
      mapped.organizationRole = stronger(mapped.organizationRole, mapping.organizationRole);
      mapped.declaresProjects ||= mapping.projectRoles !== undefined;
      for (const [project, role] of Object.entries(mapping.projectRoles ?? {})) {
        const other = mapped.projectRoles.get(project);
        if (other === undefined || builtInRank(role) >= builtInRank(other))
          mapped.projectRoles.set(project, role);
      }
    }
  }
  return people;
}

function stronger(
  one: OrganizationRole | undefined,
  other: OrganizationRole | undefined,
): OrganizationRole | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return organizationRoles.indexOf(one) <= organizationRoles.indexOf(other) ? one : other;
}

import type { Construct } from "constructs";
import { compareOrganizationRoles } from "../access/role";
import { domainOf } from "../schema";
import type { Declarations, DeclaredGrant } from "./declarations";
import { Environment } from "./environment";

import { Role } from "./role";

/** Something that a stack may say and should not. */
export interface Remark {
  readonly at: Construct;
  readonly text: string;
}

/** The provider block's part of it. */
export interface OrganizationPolicy {
  /** E-mails of the declared administrators of the organization. */
  readonly admins: readonly string[];
  /** E-mail domains of collaborators. */
  readonly collaborators: readonly string[];
}

type Given = Pick<DeclaredGrant, "role" | "project" | "at">;

/** Few projects may well all be in scope. */
const MANY_PROJECTS = 3;

/**
 * What the playbook calls over-provisioning, as far as one stack shows it ("Common over-provisioning mistakes", "Separate Staging and
 * Production Access", "Service Accounts and API Users", "Start with Least Privilege").
 */
export function overProvisioning(declared: Declarations, policy: OrganizationPolicy): Remark[] {
  const principals = givenByPrincipal(declared);
  return [
    ...[...principals].flatMap(([principal, given]) => [
      ...adminOnProduction(declared, principal, given),
      ...everyProject(declared, principal, given),
    ]),
    ...strongServices(declared, principals),
    ...administratorMappings(declared),
    ...strongDefault(declared),
    ...collaboratingAdmins(declared, policy),
  ];
}

/** Grants by who has them; what a group's mapping sets counts as the group's. */
function givenByPrincipal({ grants, mappings }: Declarations): Map<string, Given[]> {
  const byPrincipal = new Map<string, Given[]>();
  const add = (principal: string, given: Given): void => {
    const known = byPrincipal.get(principal);
    if (known === undefined) byPrincipal.set(principal, [given]);
    else known.push(given);
  };
  for (const grant of grants) add(grant.to.key, grant);
  for (const { group, projectRoles, at } of mappings) {
    for (const [project, role] of projectRoles) add(group, { project, role, at });
  }
  return byPrincipal;
}

function* adminOnProduction(
  { projects }: Declarations,
  principal: string,
  given: readonly Given[],
): Iterable<Remark> {
  const adminOn = (environment: Environment): Given[] =>
    given.filter(({ role, project }) => role === Role.Admin && projects.get(project) === environment);
  const [staging] = adminOn(Environment.Staging);
  for (const { project, at } of adminOn(Environment.Production)) {
    const both =
      staging === undefined ? "" : `, and on ${staging.project} as well: freedom belongs to staging`;
    yield {
      at,
      text: `${principal} is Admin on ${project}, which is production${both}. The playbook gives Manager or Member there.`,
    };
  }
}

function* everyProject(
  { projects }: Declarations,
  principal: string,
  given: readonly Given[],
): Iterable<Remark> {
  const covered = new Set(given.map(({ project }) => project));
  const [first] = given;
  if (first === undefined || projects.size < MANY_PROJECTS || covered.size < projects.size) return;
  yield {
    at: first.at,
    text: `${principal} has a role on every project of this stack (${projects.size}). The playbook grants the projects of the engagement only.`,
  };
}

function* strongServices(
  { services, members }: Declarations,
  principals: ReadonlyMap<string, Given[]>,
): Iterable<Remark> {
  for (const [email] of services) {
    const groups = members.filter((member) => member.email === email).map(({ group }) => group);
    for (const holder of [email, ...groups]) {
      for (const { role, project, at } of principals.get(holder) ?? []) {
        if (role !== Role.Admin && role !== Role.Manager) continue;
        const through = holder === email ? "" : ` through ${holder}`;
        yield {
          at,
          text: `The service account ${email} is ${role.name} on ${project}${through}. The playbook gives an integration the least it needs: Viewer or Member.`,
        };
      }
    }
  }
}

function* administratorMappings({ mappings }: Declarations): Iterable<Remark> {
  for (const { group, organizationRole, at } of mappings) {
    if (organizationRole !== "owner" && organizationRole !== "admin") continue;
    yield {
      at,
      text: `Everybody in ${group} becomes ${organizationRole} of the organization. The playbook's default is member, with Admin on the projects that need it.`,
    };
  }
}

function* strongDefault({ jitDefault }: Declarations): Iterable<Remark> {
  if (jitDefault === undefined || compareOrganizationRoles(jitDefault.role, "member") <= 0) return;
  yield {
    at: jitDefault.at,
    text: `Everybody whom a first login creates becomes ${jitDefault.role} of the organization. The playbook's default is member.`,
  };
}

function* collaboratingAdmins(
  { stack, engagements }: Declarations,
  { admins, collaborators }: OrganizationPolicy,
): Iterable<Remark> {
  const domains = new Set(collaborators.map((domain) => domain.toLowerCase()));
  // Those of an engagement have a remark that names it.
  for (const term of engagements.all()) for (const domain of term.domains) domains.delete(domain);
  for (const admin of admins) {
    const domain = domainOf(admin);
    if (!domains.has(domain)) continue;
    yield {
      at: stack,
      text: `${admin} of ${domain} administers the organization. The playbook gives collaborators Admin on single projects.`,
    };
  }
}

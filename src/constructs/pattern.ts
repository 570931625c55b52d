import { domainOf } from "../schema";
import type { AccessStack } from "./access-stack";
import { Environment } from "./environment";
import { Govern } from "./module";
import type { OrganizationSettings, OrganizationSettingsProps } from "./organization-settings";

import type { GrantOptions, Principal } from "./principal";
import type { Project } from "./project";
import { Role } from "./role";
import { StackError, type Attempt } from "./stack-error";

/** One project, or several. */
export type Projects = Project | readonly Project[];

/** What is granted where nothing is to go wrong is granted less (playbook, "Separate Staging and Production Access"). */
export interface SeparatedProjects {
  readonly staging?: Projects;
  readonly production?: Projects;
  readonly reporting?: Projects;
}

/** What the separation may add to each of its grants. */
export interface SeparationOptions extends GrantOptions {
  /** Member or Manager; Member where it is left out. */
  readonly onProduction?: Role;
}

/** Who administers the organization. */
export interface ClientAdminsProps {
  /** E-mails of the client's own administrators; at least two. */
  readonly clients: readonly string[];
  /** E-mail of the contact for collaborators, who is one administrator more. */
  readonly contact: string;
}

const CLIENT_ADMINS = 2;

/**
 * Admin on staging, Member (or Manager) on production, Viewer on reporting: playbook, "Separate Staging and Production Access".
 *
 * @returns the principal
 * @throws StackError when a project is declared as another environment than it is given as, and for another role on production
 */
export function separated<P extends Principal>(
  principal: P,
  { staging, production, reporting }: SeparatedProjects,
  { onProduction = Role.Member, ...options }: SeparationOptions = {},
): P {
  if (onProduction !== Role.Member && onProduction !== Role.Manager) {
    throw new StackError(
      attemptOf(principal, "the separation of environments"),
      `${onProduction.name} on production is no separation`,
      "Use Role.Member or Role.Manager.",
    );
  }
  give(principal, Role.Admin, staging, Environment.Staging, options);
  give(principal, onProduction, production, Environment.Production, options);
  return give(principal, Role.Viewer, reporting, Environment.Reporting, options);
}

/**
 * Viewer on production: the group "Collaborator-Analytics-Viewers" of the playbook ("Use Groups for Scalability").
 *
 * @returns the principal
 * @throws StackError when a project is declared as another environment
 */
export function analyticsViewers<P extends Principal>(
  principal: P,
  { production }: { readonly production: Projects },
  options: GrantOptions = {},
): P {
  return give(principal, Role.Viewer, production, Environment.Production, options);
}

/**
 * Admin on staging, Manager on production: the group "Collaborator-Implementation-Admins" of the playbook ("Use Groups for Scalability").
 *
 * @returns the principal
 * @throws StackError when a project is declared as another environment than it is given as
 */
export function implementationAdmins<P extends Principal>(
  principal: P,
  { staging, production }: { readonly staging: Projects; readonly production: Projects },
  options: GrantOptions = {},
): P {
  return separated(principal, { staging, production }, { ...options, onProduction: Role.Manager });
}

/**
 * Manager on the projects: the group "Collaborator-Data-Governors" of the playbook ("Use Groups for Scalability"), which gives it Manager and
 * Govern permissions: here the module Data Manager of the add-on Govern, which is granted by hand on Amplitude today.
 *
 * @returns the principal
 */
export function dataGovernors<P extends Principal>(
  principal: P,
  projects: Projects,
  options: GrantOptions = {},
): P {
  give(principal, Role.Manager, projects, undefined, options);
  for (const project of [projects].flat()) principal.module(Govern.DataManager, project, options);
  return principal;
}

/**
 * Settings of an organization before collaborators come in: people whom a first login creates are Members (playbook, "Just-In-Time Provisioning"), and
 * everybody needs a second factor, unless the identity provider sees to that (playbook, "Enforce Multi-Factor Authentication").
 *
 * @throws StackError when the stack declares settings already
 */
export function collaboratorSettings(
  stack: AccessStack,
  more: Omit<OrganizationSettingsProps, "jitDefaultRole"> = {},
): OrganizationSettings {
  return stack.organization({ mfaRequired: true, ...more, jitDefaultRole: "member" });
}

/**
 * At least two administrators of the client, and one more who is the contact for collaborators (playbook, "Roles to Maintain"). They are all
 * administrators there are, as in `.admins()`.
 *
 * @returns the stack
 * @throws StackError for fewer, for somebody named twice, and for a collaborator (by `owns.peopleOf`) among the client's
 */
export function clientAdmins(stack: AccessStack, { clients, contact }: ClientAdminsProps): AccessStack {
  const attempt = { what: "the client's administrators", path: stack.node.path };
  if (clients.length < CLIENT_ADMINS) {
    throw new StackError(
      attempt,
      `there are to be at least ${CLIENT_ADMINS} beside the contact and ${clients.length} are named`,
      "Name another one: a single administrator who is away locks everybody out.",
    );
  }
  const theirs = stack.collaboratorDomains;
  const collaborator = clients.find((email) => theirs.has(domainOf(email)));
  if (collaborator !== undefined) {
    throw new StackError(
      attempt,
      `${collaborator} is a collaborator by \`owns.peopleOf\``,
      "Name somebody of the client.",
    );
  }
  return stack.admins(...clients, contact);
}

function give<P extends Principal>(
  principal: P,
  role: Role,
  projects: Projects | undefined,
  environment: Environment | undefined,
  options: GrantOptions,
): P {
  for (const project of projects === undefined ? [] : [projects].flat()) {
    if (
      environment !== undefined &&
      project.environment !== undefined &&
      project.environment !== environment
    ) {
      throw new StackError(
        attemptOf(principal, `${role.name} on ${JSON.stringify(project.name)}`),
        `the project is declared as ${project.environment} and given as ${environment}`,
        "Correct one of the two.",
      );
    }
    principal.may(role, project, options);
  }
  return principal;
}

function attemptOf(principal: Principal, what: string): Attempt {
  return { what, path: principal.node.path };
}

import type { Seed } from "../../src/emulator";
import type { Kind } from "../../src/resources";
import type { Harness } from "../support/harness";
import { today } from "../support/organization";

/** An organization in which a kind's example makes sense. Management is served to the kinds that need it, and to no other. */
export function world(kind: Kind, switches: NonNullable<Seed["switches"]> = {}): Seed {
  const seed = plainWorld(switches);
  if (kind.family === "taxonomy")
    return { ...seed, properties: [{ project: 288501, type: "user", name: "gp:email" }] };
  if (kind.family !== "management") return seed;
  return {
    ...seed,
    people: [...(seed.people ?? []), { email: "tyra@nova.agency" }],
    projects: [{ id: 288501, name: "Web", addOns: ["experiment"] }],
    switches: { ...switches, management: "served" },
  };
}

function plainWorld(switches: NonNullable<Seed["switches"]>): Seed {
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
    switches,
  };
}

/** Lines of `facts` that came, and that went. */
export interface Difference {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

/** Everything that the organization holds, a line each: a person, a group, a member, a grant; and what is managed. */
export function facts(site: Harness): Set<string> {
  const { people, groups, properties, switches } = site.emulator.state();
  return new Set([
    ...people.map(({ email, givenName, familyName }) =>
      [email.toLowerCase(), givenName, familyName].filter(Boolean).join(" "),
    ),
    ...groups.map(({ name }) => name),
    ...groups.flatMap(({ name, members }) => members.map((member) => `${name}: ${member.toLowerCase()}`)),
    ...site.grants(),
    ...properties.map(({ type, name, hidden, classifications }) =>
      [type, "property", name, hidden ? "hidden" : "shown", ...classifications].join(" "),
    ),
    ...(switches.management === "served" ? managedFacts(site) : []),
  ]);
}

function managedFacts(site: Harness): string[] {
  const { people, projects, modules, settings, apiKeys } = site.emulator.state();
  const name = (id: number): string => projects.find((project) => project.id === id)?.name ?? String(id);
  return [
    `single sign-on: ${settings.ssoEnforced}`,
    `just in time: ${settings.jitDefaultRole}`,
    `SCIM: ${settings.scimEnabled}`,
    `second factor: ${settings.mfaRequired}`,
    `addresses: ${settings.ipAllowlist.join()}`,
    ...people.map(({ email, organizationRole }) => `${email.toLowerCase()} is ${organizationRole}`),
    ...projects.map((project) =>
      ["project", project.name, project.environment, ...wordsOf(project), project.archived && "archived"]
        .filter(Boolean)
        .join(" "),
    ),
    ...apiKeys.map(({ scope, label, projectId }) =>
      [`${scope} key ${label}`, projectId !== null && `of ${name(projectId)}`].filter(Boolean).join(" "),
    ),
    ...modules.map(({ principal, project, module }) => `${principal} ${name(project)}: ${module}`),
  ];
}

/** Every word of every list that it has, such as its add-ons. */
const wordsOf = (row: object): string[] =>
  Object.values(row).flatMap((value: unknown) => (Array.isArray(value) ? value.map(String) : []));

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

import type { Seed } from "../../src/emulator";

type Given<K extends keyof Seed> = NonNullable<Seed[K]>;
type PersonSeed = Given<"people">[number];
type Mapping = NonNullable<Given<"identityProvider">["groups"]>[number]["mapping"];

/** When every situation begins. */
export const today = "2026-11-23T09:00:00Z";

/** An organization as a situation tells it; ends as an emulator's seed. */
export interface OrganizationBuilder {
  person(email: string, more?: Omit<PersonSeed, "email">): OrganizationBuilder;
  people(...emails: string[]): OrganizationBuilder;
  /** Members who are nobody yet become people. Ids count from 601. */
  group(name: string, members?: readonly string[]): OrganizationBuilder;
  /** Ids count from 501. */
  project(...names: string[]): OrganizationBuilder;
  customRole(name: string): OrganizationBuilder;
  /** `principal`: an e-mail, or the name of a group. */
  grant(principal: string, project: string, role: string): OrganizationBuilder;
  /** The identity provider has a group of that name; it is in Amplitude too where `pushed`. */
  idpGroup(
    name: string,
    members: readonly string[],
    more?: { readonly pushed?: boolean; readonly mapping?: Mapping },
  ): OrganizationBuilder;
  switches(switches: Given<"switches">): OrganizationBuilder;
  seed(): Seed;
}

/** An organization of number 7 with two administrators and nothing else. */
export function organization(): OrganizationBuilder {
  const people = new Map<string, PersonSeed>();
  const groups: Given<"groups"> = [];
  const projects: Given<"projects"> = [];
  const roles: Given<"roles"> = [];
  const assignments: Given<"assignments"> = [];
  const idp: NonNullable<Given<"identityProvider">["groups"]> = [];
  let switches: Given<"switches"> = {};
  const projectId = (name: string): number => {
    const found = projects.find((project) => project.name === name);
    if (found === undefined) throw new Error(`The situation has no project ${name}.`);
    return found.id;
  };
  const builder: OrganizationBuilder = {
    person(email, more = {}) {
      people.set(email.toLowerCase(), { email, ...more });
      return builder;
    },
    people(...emails) {
      for (const email of emails) builder.person(email);
      return builder;
    },
    group(name, members = []) {
      for (const email of members) if (!people.has(email.toLowerCase())) builder.person(email);
      groups.push({ id: 601 + groups.length, name, members: [...members] });
      return builder;
    },
    project(...names) {
      for (const name of names) projects.push({ id: 501 + projects.length, name });
      return builder;
    },
    customRole(name) {
      roles.push({ id: `7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c0${roles.length}`, name });
      return builder;
    },
    grant(principal, project, role) {
      const principalType = principal.includes("@") ? "user" : "group";
      assignments.push({ principalType, principal, project: projectId(project), role });
      return builder;
    },
    idpGroup(name, members, { pushed = true, mapping } = {}) {
      idp.push({ name, members: [...members], ...(mapping === undefined ? {} : { mapping }) });
      return pushed ? builder.group(name, members) : builder;
    },
    switches(more) {
      switches = { ...switches, ...more };
      return builder;
    },
    seed: () => ({
      format: "amplitude-emulator/1",
      organization: { id: 7, name: "Acme" },
      clock: today,
      people: [...people.values()],
      groups,
      projects,
      roles,
      assignments,
      switches,
      ...(idp.length === 0 ? {} : { identityProvider: { name: "okta", groups: idp } }),
    }),
  };
  return builder
    .person("tom@acme.com", { organizationRole: "owner" })
    .person("priya@acme.com", { organizationRole: "admin" });
}

import { applyEffect, Draft, type Effect, type Organization } from "../../src/access";
import { acme, direct, group, toGroup } from "./acme";

/** Where the situations of effects start. */
export const analysts = { id: "7", name: "amp-analysts" };
export const okta = { id: "8", name: "amp-okta" };
export const ana = { type: "user", email: "Ana@nova.agency" } as const;

export const base = acme({
  groups: [
    group("7", "amp-analysts", ["ana@nova.agency"]),
    group("8", "amp-okta", ["jo@nova.agency"], "idp"),
    group("5", "twins", []),
    group("6", "twins", []),
  ],
  grants: [direct("ana@nova.agency", "102", "r-viewer"), toGroup("7", "101", "r-member")],
});

/** Everything that can be read of an organization, as plain values in one order. */
export function contents(organization: Organization) {
  return {
    people: [...organization.people()].map((one) => JSON.stringify(one)).sort(),
    groups: [...organization.groups()]
      .map(({ id, name, writer, members }) => `${id} ${name} ${writer} ${[...members].sort().join()}`)
      .sort(),
    grants: [...organization.grants()].map((grant) => JSON.stringify(grant)).sort(),
    groupsOf: ["ana@nova.agency", "jo@nova.agency", "tyra@nova.agency"].map((email) =>
      organization
        .groupsOf(email)
        .map(({ id, name }) => `${id} ${name}`)
        .sort(),
    ),
    named: ["amp-analysts", "amp-okta", "twins", "new"].map((name) =>
      organization
        .groupsNamed(name)
        .map(({ id }) => id)
        .sort(),
    ),
    projectIds: [...organization.projectIds()].sort(),
    projects: [...organization.projects()]
      .map(({ id, name, archived = false }) => `${id} ${name} ${archived}`)
      .sort(),
    projectsNamed: ["Client Production", "Client Staging", "Web", "Old", "Twin"].map((name) =>
      organization
        .projectsNamed(name)
        .map(({ id }) => id)
        .sort(),
    ),
    modules: [...organization.modules()].map((one) => JSON.stringify(one)).sort(),
    keys: [...organization.keys()].map((one) => JSON.stringify(one)).sort(),
    settings: [...organization.settings()].map(([name, value]) => `${name} ${value}`).sort(),
  };
}

/** The same organization with these effects, none of which is refused. */
export function after(...effects: Effect[]): Draft {
  const draft = new Draft(base);
  for (const effect of effects) expect(applyEffect(draft, effect)).toBeUndefined();
  return draft;
}

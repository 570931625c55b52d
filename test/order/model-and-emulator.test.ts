import * as fc from "fast-check";
import { canonicalEmail, type Effect } from "../../src/access";
import { createEmulator, type Emulator, type Seed } from "../../src/emulator";
import { modelOf, organization, type Circumstances, type Situation } from "./situation";

/* The model that plans are judged by against the emulator, which imports nothing of ours: the same steps and syncs, the same states. */

const people = ["ana@x.org", "jo@x.org", "kim@x.org"];
const written = ["g1", "g2"];
const provided = ["idp1", "idp2"];
const roleNames = ["Viewer", "Member", "Manager"];

const mapping = fc.record(
  {
    organizationRole: fc.constantFrom("viewer", "manager"),
    projectRoles: fc.record({ Web: fc.constantFrom(...roleNames) }),
  },
  { requiredKeys: [] },
);

const start = fc.record({
  members: fc.tuple(...[...written, ...provided].map(() => fc.subarray(people))),
  mappings: fc.tuple(mapping, fc.option(mapping, { nil: undefined })),
  deprovisions: fc.boolean(),
});

const step: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({
    type: fc.constantFrom("add_member" as const, "remove_member" as const),
    group: fc.constantFrom(...written).map((name) => ({ id: name, name })),
    email: fc.constantFrom(...people),
  }),
  fc.record({
    type: fc.constantFrom("idp_gain" as const, "idp_lose" as const),
    group: fc.constantFrom(...provided).map((name) => ({ id: name, name })),
    email: fc.constantFrom(...people),
  }),
  fc.record({ type: fc.constant("remove_person" as const), email: fc.constantFrom(...people) }),
  fc.record({
    type: fc.constant("set_organization_role" as const),
    email: fc.constantFrom(...people),
    role: fc.constantFrom("viewer", "manager"),
  }),
  fc.record({
    type: fc.constantFrom("create_key" as const, "delete_key" as const),
    keyType: fc.constant("secret"),
    label: fc.constantFrom("sync", "export"),
    projectId: fc.constant("web"),
    generation: fc.constant(1),
  }),
  fc.record({
    type: fc.constantFrom("archive_project" as const, "restore_project" as const),
    projectId: fc.constant("web"),
  }),
);

const host = "http://127.0.0.1";

async function control(emulator: Emulator, method: string, path: string, body?: unknown): Promise<boolean> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return (await emulator.fetch(new Request(`${host}/_emulator${path}`, init))).ok;
}

type Start = {
  members: readonly (readonly string[])[];
  mappings: readonly ({ organizationRole?: string; projectRoles?: { Web: string } } | undefined)[];
  deprovisions: boolean;
};

const membersOf = ({ members }: Start): Record<string, readonly string[]> =>
  Object.fromEntries([...written, ...provided].map((name, index) => [name, members[index] ?? []]));

function seedOf(given: Start): Seed {
  const members = membersOf(given);
  return {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: "2026-11-23T09:00:00Z",
    people: [{ email: "tom@x.org", organizationRole: "owner" }, ...people.map((email) => ({ email }))],
    groups: [...written, ...provided].map((name, index) => ({
      id: 601 + index,
      name,
      members: [...(members[name] ?? [])],
    })),
    projects: [{ id: 501, name: "Web" }],
    identityProvider: {
      name: "okta",
      deprovisions: given.deprovisions,
      groups: provided.map((name, index) => ({
        name,
        members: [...(members[name] ?? [])],
        ...(given.mappings[index] === undefined ? {} : { mapping: given.mappings[index] as never }),
      })),
    },
  };
}

/** Does at the emulator what an effect says, in Amplitude's own pages or at the provider. */
async function act(
  emulator: Emulator,
  effect: Effect,
  atProvider: Map<string, Set<string>>,
  given: Start,
): Promise<void> {
  const ui = async (change: object): Promise<void> => {
    await control(emulator, "POST", "/ui", { actor: "tom@x.org", change });
  };
  if (effect.type === "add_member" || effect.type === "remove_member")
    return await ui({ type: effect.type, group: effect.group.name, email: effect.email });
  if (effect.type === "remove_person") return await ui({ type: "remove_person", email: effect.email });
  if (effect.type === "set_organization_role")
    return await ui({ type: "set_organization_role", email: effect.email, role: effect.role });
  if (effect.type === "create_key")
    return await ui({ type: "create_api_key", label: effect.label, scope: "secret", project: "Web" });
  if (effect.type === "delete_key") return await ui({ type: "delete_api_key", key: effect.label });
  if (effect.type === "archive_project" || effect.type === "restore_project")
    return await ui({
      type: "archive_project",
      project: "Web",
      archived: effect.type === "archive_project",
    });
  if (effect.type !== "idp_gain" && effect.type !== "idp_lose") return;
  const members = atProvider.get(effect.group.name) ?? new Set();
  if (effect.type === "idp_gain") members.add(effect.email);
  else members.delete(effect.email);
  const groups = provided.map((name, index) => ({
    name,
    members: [...(atProvider.get(name) ?? [])],
    ...(given.mappings[index] === undefined ? {} : { mapping: given.mappings[index] }),
  }));
  await control(emulator, "PUT", "/idp", { name: "okta", deprovisions: given.deprovisions, groups });
}

describe("the model and the emulator", () => {
  it("come to the same after the same steps and syncs", async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(step, { minLength: 1, maxLength: 6 }), async (given, effects) => {
        const emulator = createEmulator(seedOf(given), { clock: "virtual" });
        const members = membersOf(given);
        const situation: Situation = {
          people: ["tom@x.org", ...people],
          groups: members,
          roles: { "tom@x.org": "owner" },
        };
        const mappings = Object.fromEntries(
          provided.flatMap((name, index) =>
            given.mappings[index] === undefined ? [] : [[name, given.mappings[index]]],
          ),
        ) as NonNullable<Circumstances["mappings"]>;
        const model = modelOf(organization(situation), { mappings, deprovisions: given.deprovisions });
        const atProvider = new Map(provided.map((name) => [name, new Set(members[name])]));
        const everybody = people.map(canonicalEmail);
        model.sync(everybody);
        await control(emulator, "POST", "/idp/sync");
        for (const effect of effects) {
          // The emulator's pages refuse what is about nobody; the model would invite.
          if (
            "email" in effect &&
            effect.type !== "idp_gain" &&
            effect.type !== "idp_lose" &&
            model.organization.person(effect.email) === undefined
          )
            continue;
          // Its pages make a second key of one label; we never do, because nothing would tell the two apart.
          if (model.apply([effect]) !== undefined && effect.type === "create_key") continue;
          await act(emulator, effect, atProvider, given);
          model.sync(everybody);
          await control(emulator, "POST", "/idp/sync");
          const state = emulator.state();
          const live = model.organization;
          expect({
            people: people.filter((email) => live.person(email) !== undefined),
            groups: [...written, ...provided].map((name) => [
              name,
              [...(live.group(name)?.members ?? [])].sort(),
            ]),
            grants: people
              .flatMap((email) =>
                live.grantsOf({ type: "user", id: email }).map(({ roleId }) => `${email} ${roleId}`),
              )
              .sort(),
            roles: people.flatMap((email) => {
              const role = live.person(email)?.organizationRole;
              return role === undefined ? [] : [`${email} ${role}`];
            }),
            keys: [...live.keys()].map(({ label }) => label).sort(),
            archived: live.project("web")?.archived,
          }).toEqual({
            people: people.filter((email) => state.people.some((person) => person.email === email)),
            groups: [...written, ...provided].map((name) => [
              name,
              [...(state.groups.find((group) => group.name === name)?.members ?? [])].sort(),
            ]),
            grants: state.assignments
              .map(({ principal, role }) => `${principal} ${role.toLowerCase()}`)
              .sort(),
            // What the model knows: a role that nobody set is not readable to it.
            roles: people.flatMap((email) => {
              const known = live.person(email)?.organizationRole !== undefined;
              const role = state.people.find((person) => person.email === email)?.organizationRole;
              return known && role !== undefined ? [`${email} ${role}`] : [];
            }),
            keys: state.apiKeys.map(({ label }) => label).sort(),
            archived: state.projects.find(({ name }) => name === "Web")?.archived,
          });
        }
      }),
      { numRuns: 100, seed: Number(process.env["SEED"] ?? 20261125) },
    );
  });
});

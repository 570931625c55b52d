import type { State } from "../../src/emulator";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";
import { MIA, orders, present, rows, type Refused, type Resources, type Row } from "./ordering-rows";
import { stateFile } from "./state-file";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

const HAL = "hal@nova.agency";
const PIA = "pia@nova.agency";

/** So many that those who go are no large part of them. */
const bystanders = Array.from({ length: 12 }, (_, index) => `b${index}@acme.com`);

const seed = organization()
  .people(...present, HAL, ...bystanders)
  .project("Web")
  .grant(HAL, "Web", "Member")
  .idpGroup("amp-m", [MIA]);

/** Goes as it should: what the others are compared with. */
const inOrder: Row = {
  change: "a person goes from a group, and nothing is refused",
  before: {
    "amplitude_user.pia": { email: PIA, lifecycle: { create_before_destroy: true } },
    "amplitude_group.q": {
      name: "q",
      members: ["sam@nova.agency", PIA],
      depends_on: ["amplitude_user.pia"],
    },
  },
  after: { "amplitude_group.q": { name: "q", members: ["sam@nova.agency"] } },
  refused: {},
  look: (state) => state.people.some(({ email }) => email === PIA),
  terraform: false,
  safely: false,
};

/** A direct grant in a state of its own becomes membership of a group in this one. */
const elsewhere = {
  grant: {
    principal_type: "user",
    principal: HAL,
    project_id: "501",
    role: "Member",
  },
  before: {
    "amplitude_group.h": { name: "h", members: ["sam@nova.agency"] },
    "amplitude_project_role_assignment.h": {
      principal_type: "group",
      principal: "${amplitude_group.h.id}",
      project_id: "501",
      role: "Member",
    },
  } satisfies Resources,
};
const withHal: Resources = {
  ...elsewhere.before,
  "amplitude_group.h": { name: "h", members: ["sam@nova.agency", HAL] },
};

const all = [...rows, inOrder];
const united = (stage: "before" | "after"): Resources =>
  Object.assign({}, ...all.map((row) => row[stage])) as Resources;

/** The faults that refuse a part of each change. */
function faults(
  refusals: readonly Refused[],
  { groups }: State,
): readonly Readonly<Record<string, unknown>>[] {
  return refusals.flatMap(({ group, skip = 0, request }) => {
    const id = groups.find(({ name }) => name === group)?.id;
    const match = request ?? { method: "PATCH", path: `/scim/1/Groups/${id}` };
    if (request === undefined && id === undefined) return [];
    return [{ match, skip, times: 100, fault: { type: "status", status: 400 } }];
  });
}

const hasHal = ({ groups, assignments }: State): boolean =>
  assignments.some(({ principal }) => principal === HAL) ||
  groups.some(({ name, members }) => name === "h" && members.includes(HAL));

/** Where the request that changes a group, and the one that deletes a person, come in a log. */
function places(log: readonly string[], { groups }: State, name: string, email: string) {
  const id = groups.find((group) => group.name === name)?.id;
  const group = log.indexOf(id === undefined ? "POST /scim/1/Groups" : `PATCH /scim/1/Groups/${id}`);
  return { group, person: log.findIndex((request) => request === `DELETE /scim/1/Users/${email}`) };
}

acceptance.each([1, 10, 50])(
  "what Terraform's graph does not promise (docs/ordering.md), parallelism %i",
  (parallelism) => {
    let installation: Installation;
    let site: Workspace;
    let log: readonly string[];

    const declare = (resources: Resources, locals: object = {}): void => {
      const byType: Record<string, Record<string, object>> = {};
      for (const [address, block] of Object.entries(resources)) {
        const [type = "", name = ""] = address.split(".");
        const unprotected = type === "amplitude_group" ? { deletion_protection: false } : {};
        (byType[type] ??= {})[name] = { ...block, ...unprotected };
      }
      site.file("stack.tf.json", JSON.stringify({ locals, resource: byType }));
    };
    const state = (): State => site.emulator.emulator.state();

    beforeAll(async () => {
      installation = new Installation().build();
      site = await Workspace.open({ installation, seed: seed.seed(), attached: true, parallelism });
      // No edge is to say that the group comes after them, so they are not made here.
      site.write('import {\n  to = amplitude_user.fin\n  id = "fin@nova.agency"\n}');
      declare({ ...united("before"), ...elsewhere.before });
      await site.apply();
      const grants = [
        { name: "hal", values: { ...elsewhere.grant, id: String(state().assignments[0]?.id) } },
      ];
      site.file("two.tfstate", stateFile(site.provider(), "amplitude_project_role_assignment", grants));
      for (const fault of faults([...all.map(({ refused }) => refused), { group: "h" }], state()))
        await site.control("POST", "faults", fault);
      site.requests();
      site.write("");
      site.file("stack.tf.json", "{}");
      await site.apply("-state=two.tfstate");
      declare({ ...united("after"), ...withHal }, orders);
      await site.expect(1, "apply", "-auto-approve", "-input=false");
      log = site.requests();
    });
    afterAll(async () => {
      await site.close();
      installation.remove();
    });

    it.each(all.map((row) => [row.change, row] as const))("%s", (_, { look, terraform }) => {
      expect(look(state())).toEqual(terraform);
    });

    it("a grant in one state becomes membership in another one", () => {
      expect(hasHal(state())).toBe(false);
    });

    it("create_before_destroy on a person, and depends_on: the group's update comes before their deletion", () => {
      const { group, person } = places(log, state(), "q", PIA);
      expect(group).toBeGreaterThanOrEqual(0);
      expect(group).toBeLessThan(person);
    });
  },
);

describe("the same changes by the command line", () => {
  let site: Harness;
  const state = (): State => site.emulator.state();
  const two: StackContent = {
    name: "two",
    resources: { "amplitude_project_role_assignment.hal": elsewhere.grant },
  };

  beforeAll(async () => {
    site = harness({
      organization: seed,
      stack: [{ resources: { ...united("before"), ...elsewhere.before } }, two],
    });
    await site.apply();
    for (const fault of faults([...all.map(({ refused }) => refused), { group: "h" }], state()))
      await site.fault(fault);
    const after = { resources: { ...united("after"), ...withHal }, more: { locals: orders } };
    site.stack(after, { name: "two" }).forget();
    await site.apply();
  });

  it.each(all.map((row) => [row.change, row] as const))("%s", (_, { look, safely }) => {
    expect(look(state())).toEqual(safely);
  });

  it("a grant in one stack becomes membership in another one", () => {
    expect(hasHal(state())).toBe(true);
  });

  it.each([
    ["f", "fin@nova.agency"],
    ["g", "gus@nova.agency"],
    ["p", "pax@nova.agency"],
    ["q", PIA],
  ])("the group %s changes before %s is removed", (name, email) => {
    const { group, person } = places(site.writes(), state(), name, email);
    expect(group).toBeGreaterThanOrEqual(0);
    expect(group).toBeLessThan(person);
  });
});

import type { Seed } from "../../src/emulator";
import { harness, type Harness } from "../support/harness";
import { organization, today } from "../support/organization";
import { openingsOf } from "../faults/runs";

const people = Array.from({ length: 450 }, (_, index) => `p${index}@acme.com`);
const groups = Array.from({ length: 130 }, (_, index) => ({
  id: 1001 + index,
  name: `team-${index}`,
  members: people.slice(index * 3, index * 3 + 3),
}));
const projects = [
  { id: 501, name: "Web" },
  { id: 502, name: "Mobile" },
];
const assignments = Array.from({ length: 600 }, (_, index) => ({
  principalType: "user" as const,
  principal: people[index % 450] ?? "",
  project: index < 450 ? 501 : 502,
  role: "Viewer",
}));

const large = (): Seed => ({
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme" },
  clock: today,
  people: people.map((email, index) => ({ email, organizationRole: index === 0 ? "owner" : "member" })),
  groups,
  projects,
  assignments,
});

/** Amplitude's largest pages: 100 by SCIM, 200 by user-management. */
const pages = 5 + 2 + 1 + 3 + 1 + 1;

const stack = (spelled: (email: string) => string, extra: readonly string[] = []) => ({
  resources: {
    ...Object.fromEntries(
      people.map((email, index) => [`amplitude_user.p${index}`, { email: spelled(email) }]),
    ),
    ...Object.fromEntries(
      groups.map(({ name, members }, index) => [
        `amplitude_group.t${index}`,
        { name, members: [...members.map(spelled), ...(index === 7 ? extra : [])] },
      ]),
    ),
  },
});
const asIs = (email: string): string => email;
const shouted = (email: string): string => email.toUpperCase();

const requests = (site: Harness) =>
  site.emulator.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

describe("an organization of 450 people, 130 groups and 600 assignments", () => {
  it("is planned with no more requests than the pages of what it lists plus 10, and without a write", async () => {
    const site = harness({ organization: large(), stack: stack(asIs) });
    const { plan } = await site.plan();
    expect(plan.proofs.map(({ collection, rows }) => [collection, rows])).toEqual([
      ["people", 450],
      ["groups", 130],
      ["role assignments", 600],
      ["roles", 4],
      ["projects", 2],
      ["group ids", 130],
    ]);
    expect(requests(site).length).toBeLessThanOrEqual(pages + 10);
    expect(requests(site).every((request) => /^GET .* 200$/.test(request))).toBe(true);
    expect(site.writes()).toEqual([]);
  });

  it("says how many requests its lists took", async () => {
    const site = harness({ organization: large(), stack: stack(asIs) });
    const { plan } = await site.plan();
    const said = plan.proofs.reduce((sum, proof) => sum + proof.requests, 0);
    const lists = requests(site).filter((request) => !request.includes("/v1/context"));
    expect(said).toBe(lists.length);
  });

  it("gains one member with exactly one write, and is read twice", async () => {
    const site = harness({ organization: large(), stack: stack(asIs) });
    await site.apply();
    site.stack(stack(asIs, ["p400@acme.com"])).forget();
    const before = site.emulator.requests.length;
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual(["team-7 gains p400@acme.com: done"]);
    expect(site.writes()).toEqual(["PATCH /scim/1/Groups/1008"]);
    expect(site.emulator.requests.length - before).toBeLessThanOrEqual(2 * (pages + 10) + 1);
  });

  it("gains a hundred members of one group with one write", async () => {
    const site = harness({ organization: large(), stack: stack(asIs) });
    await site.apply();
    site.stack(stack(asIs, people.slice(300, 400))).forget();
    const { after } = await site.apply();
    expect(site.writes()).toEqual(["PATCH /scim/1/Groups/1008"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("is as declared when only the case of every address differs", async () => {
    const site = harness({ organization: large(), stack: stack(asIs) });
    await site.apply();
    site.stack(stack(shouted));
    expect((await site.plan()).plan.steps.map(({ text }) => text)).toEqual([]);
    const fresh = harness({ organization: large(), stack: stack(shouted) });
    await fresh.apply();
    expect(fresh.writes()).toEqual([]);
  });

  it("gives the same digest in whatever order its lines are written", async () => {
    const { resources } = stack(asIs, ["new@acme.com", "p400@acme.com"]);
    const lines = Object.entries(resources);
    const digests = new Set<string>();
    for (let turn = 0; turn < 10; turn++) {
      const cut = turn * 57;
      const turned = [...lines.slice(cut), ...lines.slice(0, cut)];
      const order = turn % 2 === 0 ? turned : turned.reverse();
      const site = harness({ organization: large(), stack: { resources: Object.fromEntries(order) } });
      digests.add((await site.plan()).plan.digest);
    }
    expect(digests.size).toBe(1);
  });
});

it("a plan costs one write per group and direction, one more for what safety puts later, and one per person and grant", async () => {
  const names = ["blue", "green", "red"];
  const all = Array.from({ length: 24 }, (_, index) => `p${index}@nova.agency`);
  const joining = Array.from({ length: 5 }, (_, index) => `new${index}@nova.agency`);
  const role = (holder: string, name: string) => ({
    [`amplitude_project_role_assignment.${holder.replace(/\W/g, "_")}`]: {
      principal_type: holder.includes("@") ? "user" : "group",
      principal: holder.includes("@") ? holder : `\${amplitude_group.${holder}.id}`,
      project_id: "501",
      role: name,
    },
  });
  /** Everybody moves one group on; those of the first get grants of their own. */
  const stackAt = (round: number) => ({
    resources: {
      ...Object.fromEntries(
        names.map((name, index) => [
          `amplitude_group.${name}`,
          { name, members: all.filter((_, place) => (place + round) % names.length === index) },
        ]),
      ),
      ...role("blue", "Viewer"),
      ...(round === 0
        ? {}
        : Object.fromEntries(all.slice(0, 8).flatMap((email) => Object.entries(role(email, "Member"))))),
      ...(round === 0
        ? {}
        : Object.fromEntries(joining.map((email, index) => [`amplitude_user.n${index}`, { email }]))),
    },
  });
  const seed = organization().project("Web");
  for (const [index, name] of names.entries())
    seed.group(
      name,
      all.filter((_, place) => place % names.length === index),
    );
  const site = harness({ organization: seed.grant("blue", "Web", "Viewer"), stack: stackAt(0) });
  await site.apply();
  site.stack(stackAt(1)).forget();
  const { after, results } = await site.apply({ openings: openingsOf });
  expect(after.plan.steps).toEqual([]);
  expect(results.filter(({ step }) => step.operation.startsWith("member.")).length).toBe(2 * all.length);
  // Blue lets go of most at once, and of those who get a grant of their own together, once they have it.
  const late = results.filter(({ step }) => step.place?.reason.startsWith("later than preferred"));
  expect(late.map(({ step }) => step.text)).toEqual(
    ["p6", "p0", "p3"].map((name) => `blue loses ${name}@nova.agency`),
  );
  expect(site.writes().length).toBe(2 * names.length + 1 + 8 + joining.length);
});

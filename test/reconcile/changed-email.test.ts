import type { Seed } from "../../src/emulator";
import { confirmationOf } from "../../src/reconcile";
import type { Snapshot } from "../../src/resources";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

const marco = "marco@nova.agency";
const rossi = "marco.rossi@nova.agency";

const stackOf = (email: string, role = "Member"): StackContent => ({
  provider: { owns_people_of: ["nova.agency"], owns_grants_on: ["Web"], minimum_admins: 1 },
  resources: {
    "amplitude_user.marco": { email, expires_at: "2027-01-01" },
    "amplitude_group.eng": { name: "eng", members: [email, "ada@acme.com"] },
    "amplitude_project_role_assignment.marco": {
      principal_type: "user",
      principal: email,
      project_id: "501",
      role,
    },
  },
});
const withoutRole = (email: string): StackContent => {
  const { resources: { "amplitude_project_role_assignment.marco": _role, ...resources } = {}, ...stack } =
    stackOf(email);
  return { ...stack, resources };
};

/** Amplitude's support changes somebody's address: whatever was theirs is theirs. */
function changed(site: Harness, stack: StackContent, [from, to] = [marco, rossi]): Harness {
  const text = JSON.stringify(site.emulator.state()).replaceAll(`"${from}"`, JSON.stringify(to));
  const other = harness({ organization: JSON.parse(text) as Seed, stack, proves: true });
  other.base = site.base;
  return other;
}

const applied = async (stack: StackContent): Promise<Harness> => {
  const seed = organization().people(marco, "ada@acme.com").project("Web");
  const site = harness({ organization: seed, stack, proves: true });
  await site.apply();
  return site;
};

describe("somebody's address is changed, and their role keeps its id", () => {
  it("nobody is invited or removed for it, and it is said", async () => {
    const site = changed(await applied(stackOf(marco)), stackOf(marco));
    const { plan } = await site.plan();
    expect(plan.steps).toEqual([]);
    expect(plan.notes).toEqual([expect.stringContaining(`${marco} is ${rossi} by now`)]);
    const { identities, outside, notApplied, arrived } = await site.drift();
    expect(identities).toMatchObject([{ answer: "renamed", label: marco }]);
    expect([outside, notApplied, arrived]).toEqual([[], [], []]);
  });

  it("the stack follows, and there is nothing to do", async () => {
    const site = changed(await applied(stackOf(marco)), stackOf(rossi));
    const { outcomes, after } = await site.apply();
    expect([outcomes, after.plan.steps, after.plan.notes]).toEqual([[], [], []]);
  });

  it("another change is done meanwhile: the old address still means the same person, and follows later", async () => {
    const site = changed(await applied(stackOf(marco)), stackOf(marco, "Viewer"));
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([`${rossi}: Member → Viewer on Web: done`]);
    expect(after.plan.steps).toEqual([]);
    expect(site.base?.changedEmails).toEqual({ [marco]: rossi });
    expect((await site.plan()).plan.steps).toEqual([]);
    const followed = await site.stack(stackOf(rossi, "Manager")).apply();
    expect(followed.outcomes).toEqual([`${rossi}: Viewer → Manager on Web: done`]);
    expect(site.base?.changedEmails).toBeUndefined();
    expect(site.people()).not.toContain(marco);
    expect(site.invitations()).toEqual([]);
  });

  it("the line is deleted: the role goes", async () => {
    const site = changed(await applied(stackOf(marco)), withoutRole(marco));
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual([`${rossi} loses Member on Web: done`]);
    expect(site.members("eng")).toEqual(["ada@acme.com", rossi]);
  });

  it("a leaver by the old address is one by the new one", async () => {
    const site = changed(await applied(stackOf(marco)), {
      resources: { "amplitude_leaver.marco": { email: marco, left_on: "2026-11-20" } },
    });
    const { planned } = await site.apply();
    expect(site.people()).not.toContain(rossi);
    expect(planned.plan.notes).toEqual([
      expect.stringMatching(/The leaver's line means them: this plan takes everything from marco\.rossi@/),
    ]);
  });
});

describe("somebody's address is changed, and nothing of theirs has an id that stays", () => {
  it("they are told as gone and new, with a guess, and nothing is removed or sent on it", async () => {
    const site = changed(await applied(withoutRole(marco)), withoutRole(marco));
    const { plan, outcomes } = await site.apply().then(({ planned, outcomes }) => ({ ...planned, outcomes }));
    expect(plan.notes).toEqual([
      expect.stringContaining(`${marco} is gone, and ${rossi} is new: perhaps the same person`),
    ]);
    expect(outcomes.filter((text) => !text.endsWith(": refused"))).toEqual([]);
    expect(site.members("eng")).toEqual(["ada@acme.com", rossi]);
    const again = await site.apply();
    expect(again.outcomes.filter((text) => !text.endsWith(": refused"))).toEqual([]);
    expect([site.people(), site.invitations()]).toEqual([expect.arrayContaining([rossi]), []]);
  });

  it("the stack follows: all is taken over as it is", async () => {
    const site = changed(await applied(withoutRole(marco)), withoutRole(rossi));
    const { outcomes, after } = await site.apply();
    expect([outcomes, after.plan.steps, after.plan.notes]).toEqual([[], [], []]);
    expect(site.invitations()).toEqual([]);
  });

  it("it is another person after all: the old one has left, and the step is done", async () => {
    const { resources: { "amplitude_user.marco": _user, ...resources } = {}, ...stack } = withoutRole(marco);
    const site = changed(await applied(withoutRole(marco)), {
      ...stack,
      resources: {
        ...resources,
        "amplitude_group.eng": { name: "eng", members: ["ada@acme.com"] },
        "amplitude_leaver.marco": { email: marco, left_on: "2026-11-20" },
      },
    });
    const { outcomes } = await site.apply();
    expect(site.members("eng")).toEqual(["ada@acme.com"]);
    const text = `${marco} is gone since the last apply, and ${rossi} is new: perhaps the same person, by the name`;
    expect(outcomes).toContain(`${text}: by hand`);
    // Whoever stays in the organization is told until somebody has looked.
    const { plan } = await site.plan();
    expect(plan.steps.map((step) => step.text)).toContain(text);
    expect((await site.drift()).notApplied).toMatchObject([{ step: { text } }]);
    const open = plan.steps.find((step) => step.text === text);
    if (open === undefined) throw new Error("Nothing is open.");
    await site.apply({
      confirmations: [confirmationOf(open, "7", { by: "priya@acme.com", on: "2026-11-23" })],
    });
    expect((await site.plan()).plan.steps.map((step) => step.text)).not.toContain(text);
    expect(site.base?.lookAlikes).toBeUndefined();
  });

  it("their lines are deleted: it is said that somebody stays who may be the same person", async () => {
    const site = changed(await applied(withoutRole(marco)), { resources: {} });
    const { plan } = await site.plan();
    expect(plan.notes).toEqual([expect.stringContaining(`declare ${rossi} as somebody who left`)]);
  });

  it.each([
    ["jo@nova.agency", "joanna@nova.agency"],
    ["ana.lima@nova.agency", "ana.silva@nova.agency"],
    ["jo@nova.agency", "jo@nova.example"],
    ["li.wei@nova.agency", "lwei@nova.example"],
  ])("%s may be %s, and nothing is taken", async (from, to) => {
    const seed = organization().people(from, "ada@acme.com").project("Web");
    const site = harness({ organization: seed, stack: withoutRole(from), proves: true });
    await site.apply();
    const other = changed(site, withoutRole(from), [from, to]);
    const { outcomes } = await other.apply();
    expect(outcomes.filter((text) => !text.endsWith(": refused"))).toEqual([]);
    expect(other.members("eng")).toContain(to);
  });

  it("whoever is called otherwise is nobody's guess", async () => {
    const site = changed(await applied(withoutRole(marco)), withoutRole(marco), [marco, "kim@else.example"]);
    const { lookAlikes } = await site.plan();
    expect(lookAlikes).toEqual([]);
  });
});

it("a person whom a list shows by an id of their own is known by it", async () => {
  const numbered = (email: string) => ({
    read: (snapshot: Snapshot): Snapshot => ({
      ...snapshot,
      people: (snapshot.people ?? []).map((person) =>
        person.email === email ? { ...person, memberId: "u-7" } : person,
      ),
    }),
  });
  const seed = organization().people(marco, "ada@acme.com").project("Web");
  const site = harness({ organization: seed, stack: withoutRole(marco) });
  await site.apply(numbered(marco));
  expect(site.base?.memberIds).toEqual({ [marco]: "u-7" });
  const { plan } = await changed(site, withoutRole(marco)).plan(numbered(rossi));
  expect(plan.steps).toEqual([]);
  expect(plan.notes).toEqual([expect.stringContaining("the person keeps the id u-7")]);
});

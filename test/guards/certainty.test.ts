import { guardRules, type GuardFacts, type GuardName } from "../../src/reconcile";
import type { Snapshot } from "../../src/resources";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const users = (...emails: string[]): Record<string, Record<string, unknown>> =>
  Object.fromEntries(emails.map((email) => [`amplitude_user.${email.replace(/\W/g, "_")}`, { email }]));
const judge = (name: GuardName, facts: Partial<GuardFacts>) =>
  guardRules
    .find((rule) => rule.name === name)
    ?.judge({ discrepancies: [], ...facts } as unknown as GuardFacts)[0];

/** A plan that removes somebody, as the guards see it. */
async function leaving(): Promise<Pick<GuardFacts, "steps" | "snapshot">> {
  const site = harness({ organization: organization(), stack: { resources: users("jo@nova.agency") } });
  await site.apply();
  site.stack({});
  const { steps } = await site.plan();
  const proof = { family: "scim", requests: 1, startedAt: "", endedAt: "" } as const;
  return {
    steps,
    snapshot: {
      families: ["scim"],
      proofs: [
        { ...proof, collection: "people", rows: 3, total: 3 },
        { ...proof, collection: "groups", rows: 0, total: 0 },
      ],
    } as unknown as GuardFacts["snapshot"],
  };
}

describe("what is not certain lets nothing pass", () => {
  it("a list that is proved whole lets removals pass", async () => {
    expect(judge("whole-read", await leaving())).toMatchObject({ found: 0, verdict: "passes", steps: [] });
  });

  it.each([
    [
      "came short of its total",
      (proof: { rows: number }, index: number) => (index === 0 ? { ...proof, rows: 2 } : proof),
    ],
    ["has no proof", () => undefined],
  ])("a list that %s holds back what takes away, and nothing else", async (_, change) => {
    const { steps, snapshot } = await leaving();
    const proofs = snapshot.proofs.map(change).filter((proof) => proof !== undefined);
    const found = judge("whole-read", {
      steps,
      snapshot: { ...snapshot, proofs } as unknown as GuardFacts["snapshot"],
    });
    const removal = steps.find(({ step }) => step.operation === "person.remove")?.step.id;
    expect(found).toMatchObject({ verdict: "unjudged", steps: [removal] });
    expect(found?.text).toMatch(/^not proved whole: people/);
  });

  it("an organization that nothing proves gets no write and no record, until somebody says that it is the one", async () => {
    const site = harness({ organization: organization(), stack: { resources: users("jo@nova.agency") } });
    const { results } = await site.apply({ trusted: false });
    expect(results.length).toBeGreaterThan(0);
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => "refused"));
    expect(site.writes()).toEqual([]);
    // Switched off, it would be written to.
    const others = guardRules.filter(({ name }) => name !== "organization");
    await site.apply({ trusted: false, guards: others });
    expect(site.writes()).toEqual(["POST /scim/1/Users"]);
  });

  it("nobody is removed after a read that came short, and would be without that guard", async () => {
    const site = harness({ organization: organization(), stack: { resources: users("jo@nova.agency") } });
    await site.apply();
    site.stack({});
    site.forget();
    const read = (snapshot: Snapshot): Snapshot => ({
      ...snapshot,
      proofs: snapshot.proofs.map((proof) =>
        proof.collection === "people" ? { ...proof, rows: proof.rows - 1 } : proof,
      ),
    });
    const { outcomes } = await site.apply({ read });
    expect(outcomes).toEqual(["remove jo@nova.agency from the organization: refused"]);
    expect(site.writes()).toEqual([]);
    const guards = guardRules.filter(({ name }) => name !== "whole-read");
    await site.apply({ read, guards });
    expect(site.writes()).toEqual(["DELETE /scim/1/Users/jo@nova.agency"]);
  });

  it("nobody loses for a while what they keep unless it is approved, and would without that guard", async () => {
    const role = (group: string, name: string) => ({
      [`amplitude_project_role_assignment.${group}`]: {
        principal_type: "group",
        principal: `\${amplitude_group.${group}.id}`,
        project_id: "501",
        role: name,
      },
    });
    const stack = (blue: string, green: string, reads: string, edits: string) => ({
      resources: {
        "amplitude_group.blue": { name: "blue", members: [blue] },
        "amplitude_group.green": { name: "green", members: [green] },
        ...role(reads, "Viewer"),
        ...role(edits, "Manager"),
      },
    });
    const site = harness({
      organization: organization()
        .project("Web")
        .group("blue", ["ana@nova.agency"])
        .group("green", ["jo@nova.agency"])
        .grant("blue", "Web", "Viewer")
        .grant("green", "Web", "Manager"),
      stack: stack("ana@nova.agency", "jo@nova.agency", "blue", "green"),
    });
    await site.apply();
    site.stack(stack("jo@nova.agency", "ana@nova.agency", "green", "blue"));
    await site.apply();
    expect(site.members("blue")).toEqual(["ana@nova.agency", "jo@nova.agency"]);
    await site.apply({ guards: guardRules.filter(({ name }) => name !== "gaps") });
    expect(site.members("blue")).toEqual(["jo@nova.agency"]);
    expect(site.members("green")).toEqual(["ana@nova.agency"]);
  });

  it("a gap holds back the step that opens it", async () => {
    const { steps } = await leaving();
    const from = steps[0]?.step.id ?? "";
    const gap = { email: "jo@nova.agency", loses: "Viewer on Web", from, until: "x" };
    expect(judge("gaps", { steps, gaps: [gap] })).toMatchObject({
      found: 1,
      verdict: "holds",
      text: "jo@nova.agency loses Viewer on Web for a while; limit 0",
      steps: [from],
    });
    expect(judge("gaps", { steps, gaps: [] })).toMatchObject({ found: 0, verdict: "passes", steps: [] });
  });
});

import { driftItems } from "../../src/drift";
import { confirmAbsent } from "../../src/resources";
import { addressSlips } from "../../src/reconcile/address-slips";
import { confirmationOf } from "../../src/reconcile";
import { DiagnosticError } from "../../src/schema";
import { nearest } from "../../src/schema/nearest";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const leaver = (email: string) => ({
  "amplitude_leaver.x": { email, left_on: "2026-11-20", ticket: "SEC-311" },
});
const people = organization().people("ana.lima@nova.agency", "leo@nova.agency").project("Web");

/** What drift tells as not applied, and counts. */
async function warned(site: Harness): Promise<string[]> {
  const { live, steps } = await site.plan();
  return driftItems(await site.drift(), steps, live, { alerts: [], findings: [] })
    .filter(({ sort, counts }) => sort === "not applied" && counts)
    .map(({ what, revert = "" }) => `${what}: ${revert.replace(/ \(Correct.*\)$/, "")}`);
}

async function openLines(site: Harness): Promise<string[]> {
  const { plan } = await site.plan();
  return plan.steps.flatMap(({ operation, text }) => (operation === confirmAbsent.name ? [text] : []));
}

describe("a leaver's line that meets nobody", () => {
  it("is told with whom it may mean, and stays open until somebody confirms it", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("anna.lima@nova.agency") } });
    const { outcomes, after } = await site.apply();
    const text =
      "nobody has the address anna.lima@nova.agency, here or in the state: did you mean ana.lima@nova.agency?";
    expect(outcomes).toEqual([`${text}: by hand`]);
    const [open] = after.plan.steps.filter(({ operation }) => operation === confirmAbsent.name);
    expect(open?.text).toBe(text);
    expect(site.people()).toContain("ana.lima@nova.agency");
    expect(await warned(site)).toEqual([`anna.lima@nova.agency: ${text}`]);

    if (open === undefined) throw new Error("Nothing is open.");
    const word = confirmationOf(open, "7", { by: "priya@acme.com", on: "2026-11-23" });
    await site.apply({ confirmations: [word] });
    // The state knows it from then on, and the file may go.
    expect((await site.plan()).plan.steps).toEqual([]);
    expect(await warned(site)).toEqual([]);
  });

  it("is a warning of drift before the first apply, too", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("leon@nova.agency") } });
    expect(await warned(site)).toEqual([
      "leon@nova.agency: nobody has the address leon@nova.agency, here or in the state: did you mean leo@nova.agency?",
    ]);
  });

  it("says nothing of whom the state knows", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("leo@nova.agency") } });
    await site.apply();
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("says nothing of whom a run has removed, although something else of the line failed", async () => {
    const site = harness({
      organization: organization().people("leo@nova.agency").group("agency-nova", ["leo@nova.agency"]),
      stack: { resources: leaver("leo@nova.agency") },
    });
    await site.fault({ match: { method: "PATCH" }, times: 1000, fault: { type: "status", status: 500 } });
    await site.apply();
    await site.heal();
    expect(site.people()).not.toContain("leo@nova.agency");
    expect(await openLines(site)).toEqual([]);
  });

  it("says nothing of whom a run had removed when it died, before it could say so", async () => {
    const site = harness({ organization: people, stack: { resources: leaver("leo@nova.agency") } });
    await site.apply({ crash: true, stopAfter: 0 });
    await site.ui({ type: "remove_person", email: "leo@nova.agency" });
    expect(site.people()).not.toContain("leo@nova.agency");
    expect(await openLines(site)).toEqual([]);
  });

  it("is not told where people could not be read", async () => {
    const site = harness({
      organization: people,
      stack: { resources: leaver("anna.lima@nova.agency") },
      without: ["scim"],
    });
    const { plan } = await site.plan();
    expect(plan.steps.filter(({ operation }) => operation === confirmAbsent.name)).toEqual([]);
  });
});

describe("a lookup that finds nothing", () => {
  it.each([
    ["amplitude_project", { name: "web" }, "Did you mean Web? Amplitude lists Web, App"],
    ["amplitude_group", { name: "enginering" }, "Did you mean engineering? Amplitude lists engineering"],
    ["amplitude_role", { name: "Memebr" }, "Did you mean Member? Amplitude lists"],
    ["amplitude_user", { email: "lea@nova.agency" }, "Did you mean leo@nova.agency? Amplitude lists"],
    ["amplitude_group", { name: "quite another" }, "Amplitude lists engineering"],
  ])("%s %j: %s", async (type, block, says) => {
    const site = harness({
      organization: organization()
        .people("ana.lima@nova.agency", "leo@nova.agency")
        .project("Web", "App")
        .group("engineering"),
      stack: { lookups: { [`${type}.x`]: block } },
    });
    const refused = await site.plan().catch((error: unknown) => error);
    if (!(refused instanceof DiagnosticError)) throw new Error("Nothing was refused.");
    expect(refused.diagnostics[0]?.detail.startsWith(says)).toBe(true);
  });
});

describe("an address that nobody has, beside one that somebody has", () => {
  const member = (email: string) => ({
    "amplitude_group.crew": { name: "crew" },
    "amplitude_group_membership.m": { group_id: "${amplitude_group.crew.id}", email },
  });
  const notes = async (resources: Record<string, Record<string, unknown>>): Promise<readonly string[]> => {
    const site = harness({ organization: people, stack: { resources } });
    return (await site.plan()).plan.notes.filter((note) => note.includes("correct the address"));
  };
  const says = (email: string) =>
    `The plan invites ${email}, and leo@nova.agency is there: correct the address if leo@nova.agency is meant.`;

  it.each([
    ["a membership", member("leoo@nova.agency"), [says("leoo@nova.agency")]],
    [
      "members",
      { "amplitude_group.crew": { name: "crew", members: ["LEOO@nova.agency"] } },
      [says("leoo@nova.agency")],
    ],
    ["a person", { "amplitude_user.x": { email: "leo@nova.agncy" } }, [says("leo@nova.agncy")]],
    ["somebody else", member("kim@nova.agency"), []],
    ["somebody who is there", member("leo@nova.agency"), []],
    [
      "a role for whom no line invites",
      {
        "amplitude_project_role_assignment.x": {
          principal_type: "user",
          principal: "leoo@nova.agency",
          project_id: "501",
          role: "Viewer",
        },
      },
      [
        "leoo@nova.agency is not in the organization, and leo@nova.agency is there: correct the address if leo@nova.agency is meant.",
      ],
    ],
  ])("is told: %s", async (_, resources, told) => {
    expect(await notes(resources)).toEqual(told);
  });

  it("is not told any more once they are invited", async () => {
    const site = harness({ organization: people, stack: { resources: member("leoo@nova.agency") } });
    const { after } = await site.apply();
    expect(after.plan.notes.filter((note) => note.includes("correct the address"))).toEqual([]);
  });
});

describe("an address that may be a slip of the pen", () => {
  it.each([
    ["anna@x.org", "ana@x.org", true],
    ["macro@x.org", "marco@x.org", true],
    ["marco@x.rog", "marco@x.org", true],
    ["marko@x.org", "marco@x.org", true],
    ["tim@x.org", "tom@x.org", false],
    ["k.smith@x.org", "j.smith@x.org", false],
    ["user12@x.org", "user13@x.org", false],
    ["ana.lima@x.org", "ana@x.org", false],
  ])("%s of %s: %s", (wanted, there, is) => {
    expect([...addressSlips([wanted], [there, "other@x.org"])]).toEqual(is ? [[wanted, [there]]] : []);
  });
});

describe("the nearest names", () => {
  it.each([
    [
      "anna@nova.agency",
      ["ana@nova.agency", "hanna@nova.agency", "leo@nova.agency"],
      ["ana@nova.agency", "hanna@nova.agency"],
    ],
    ["eng", ["egn", "design"], []],
    ["platform", ["plattform", "platform-eu", "ops"], ["plattform"]],
    ["web", ["WEB", "Wbe"], ["WEB"]],
    ["x", [], []],
  ])("of %s among %j: %j", (wanted, names, near) => {
    expect(nearest(wanted, names)).toEqual(near);
  });
});

import { cleanText, driftText, planText, runText, viewOf } from "../../src/report";
import { reportOf } from "../support/drift-report";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const dangerous = [
  ["a colour", "\u001b[31m"],
  ["a cleared screen", "\u001b[2J"],
  ["a link", "\u001b]8;;http://evil.example\u0007"],
  ["an eight-bit escape", "\u009b31m"],
  ["a newline", "\n"],
  ["a carriage return", "\r"],
  ["a backspace", "\b"],
  ["a null", "\u0000"],
  ["a delete", "\u007f"],
  ["a next line", "\u0085"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
  ["a right-to-left override", "\u202e"],
  ["a right-to-left mark", "\u200f"],
  ["a left-to-right isolate", "\u2066"],
  ["an Arabic letter mark", "\u061c"],
  ["a zero-width space", "\u200b"],
  ["a byte order mark", "\ufeff"],
  ["a deprecated format character", "\u206a"],
  ["an invisible tag", "\u{e0041}"],
] as const;

/** Nothing that a terminal acts on, or that nobody sees, but the line ends that are ours. */
const harmless = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;
const lines = (text: string): string[] => text.split("\n");

describe("a name from outside", () => {
  it.each(dangerous)("with %s is shown, never interpreted", (_, character) => {
    const cleaned = cleanText(`Eng${character}land`);
    expect(cleaned).toMatch(harmless);
    expect(cleaned).toMatch(/^Eng.*\\u.*land$/);
  });

  it.each(["Ünïcode Straße", "東京チーム", "agency-nova (EU) / Web", "C:\\Users", "الفريق", "50 % & more"])(
    "%s stays as it is",
    (name) => expect(cleanText(name)).toBe(name),
  );
});

describe("every text for people", () => {
  const bad = dangerous.map(([, character]) => character).join("x");
  const hostile = () =>
    harness({
      organization: organization()
        .person("lee@else.com", { givenName: `Lee${bad}` })
        .project(`Web${bad}`)
        .group(`eng${bad}`, ["lee@else.com"])
        .group(`ops${bad}`, ["lee@else.com"])
        .customRole(`Auditor${bad}`)
        .grant("lee@else.com", `Web${bad}`, `Auditor${bad}`)
        .grant(`ops${bad}`, `Web${bad}`, "Viewer"),
      stack: {
        name: `acme${bad}`,
        provider: { owns_grants_on: ["*"], owns_groups: ["*"] },
        more: {
          locals: {
            amplitude_access: {
              version: 1,
              engagements: {
                [`E${bad}`]: {
                  ...{ agency: `Nova${bad}`, domains: ["else.com"], sow: `S${bad}`, dpa: `D${bad}` },
                  ...{ owner: "tom@acme.com", from: "2026-12-01", until: "2027-03-31" },
                },
              },
              environments: { [`Web${bad}`]: "staging" },
            },
          },
        },
        resources: {
          "amplitude_user.lee": { email: "lee@else.com", given_name: `L${bad}`, engagement: `E${bad}` },
          "amplitude_group.eng": { name: `eng${bad}`, members: ["jo@nova.agency"] },
          "amplitude_group.new": { name: `new${bad}`, members: ["lee@else.com"] },
          "amplitude_leaver.ana": { email: "ana@x.com", left_on: "2026-11-20", ticket: `SEC${bad}` },
          "amplitude_project_role_assignment.lee": {
            principal_type: "user",
            principal: "lee@else.com",
            project_id: "501",
            role: "Member",
          },
        },
      },
    });

  it("shows a plan", async () => {
    const live = await hostile().plan();
    expect(live.plan.steps.length).toBeGreaterThan(4);
    for (const line of lines(planText(viewOf(live, "apply"), { color: false })))
      expect(line).toMatch(harmless);
  });

  it("shows a run, and what the other side said in it", async () => {
    const site = hostile();
    await site.fault({
      match: { method: "POST", path: "/scim/1/Groups" },
      times: 9,
      fault: { type: "status", status: 403, body: { detail: `No${bad}` } },
    });
    const { results } = await site.apply();
    expect(results.map(({ outcome }) => outcome)).toContain("failed");
    for (const line of lines(runText(results, { color: false }))) expect(line).toMatch(harmless);
  });

  it("shows drift", async () => {
    const site = hostile();
    await site.apply();
    await site.ui({ type: "add_member", group: `eng${bad}`, email: "lee@else.com" });
    await site.ui({ type: "create_group", name: `other${bad}` });
    const [plan, drift] = [await site.plan(), await site.drift()];
    expect(drift.outside).not.toEqual([]);
    for (const line of lines(driftText(reportOf(plan, drift), { color: false })))
      expect(line).toMatch(harmless);
  });

  it("names each person of a group once, also where the group is called like a person", async () => {
    const site = harness({
      organization: organization().people("jo@x.com", "sam@x.com"),
      stack: {
        resources: {
          "amplitude_group.g": { name: "friends of sam@x.com", members: ["jo@x.com", "sam@x.com"] },
        },
      },
    });
    const text = planText(viewOf(await site.plan(), "apply"), { color: false });
    expect(text).toContain("friends of sam@x.com gains jo@x.com, sam@x.com\n");
  });
});

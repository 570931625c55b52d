import {
  baseText,
  changed,
  journalHead,
  journalLine,
  parseBase,
  parseStack,
  replayed,
  unite,
} from "../../src/reconcile";
import { planText, viewOf } from "../../src/report";
import { harness } from "../support/harness";
import { organization } from "../support/organization";
import { stackFile, type StackContent } from "../support/stack-file";

const nova = {
  agency: "Nova Analytics GmbH",
  domains: ["nova.agency"],
  sow: "SOW-2231",
  dpa: "DPA-0917",
  owner: "priya@acme.com",
  from: "2026-11-01T00:00:00+01:00",
  until: "2026-11-26T00:00:00+01:00",
};
const stating = (facts: object): StackContent["more"] => ({
  locals: { amplitude_access: { version: 1, time_zone: "Europe/Berlin", ...facts } },
});
const engaging = (more: object = {}): StackContent["more"] =>
  stating({ engagements: { nova: { ...nova, ...more } } });
const inside = { principal_type: "user", principal: "jo@nova.agency", project_id: "501", role: "Member" };
const jo: StackContent["resources"] = {
  "amplitude_user.jo": { email: "jo@nova.agency", engagement: "nova" },
  "amplitude_project_role_assignment.jo": { ...inside, engagement: "nova" },
};
const live = () => organization().group("crew").project("Web");
const records = async (site: ReturnType<typeof harness>): Promise<string[]> =>
  (await site.plan()).plan.steps.filter(({ actor }) => actor === "record").map(({ text }) => text);
const stated = (texts: readonly string[]): string[] =>
  texts.filter((text) => /^(engagement|environments|service accounts|reasons)/.test(text));

describe("what stacks state that Amplitude never sees", () => {
  it("is part of the plan when it is new, and of none when it is in effect", async () => {
    const more = stating({
      engagements: { nova },
      environments: { Web: "production", "$${tier}": "staging" },
      service_accounts: { "Sync@acme.com": { purpose: "cohorts to Braze" } },
      reasons: { "amplitude_user.jo": "SOW-2231 names her" },
    });
    const site = harness({ organization: live(), stack: { resources: jo, more } });
    expect(stated(await records(site))).toEqual([
      "engagement nova: new: Nova Analytics GmbH, SOW-2231, DPA-0917, 2026-11-01 to 2026-11-25, answers priya@acme.com",
      "environments: ${tier} staging, Web production",
      "reasons: acme/amplitude_user.jo SOW-2231 names her",
      "service accounts: sync@acme.com cohorts to Braze",
    ]);
    const { after } = await site.apply();
    expect(after.plan.steps).toEqual([]);
    site.forget();
    site.stack({ resources: jo, more: engaging() });
    expect(stated(await records(site))).toEqual([
      "environments: no longer declared",
      "reasons: no longer declared",
      "service accounts: no longer declared",
    ]);
    await site.apply();
    expect(site.writes()).toEqual([]);
    expect(Object.keys(site.base?.facts ?? {})).toEqual(["engagement nova"]);
  });

  it.each([
    [{ until: "2026-12-01T00:00:00+01:00" }, "engagement nova: longer: until 2026-11-25 → 2026-11-30"],
    [
      { until: "2026-11-24T18:00:00+01:00" },
      "engagement nova: shorter: until 2026-11-25 → 2026-11-24T18:00:00+01:00",
    ],
    [
      { dpa: "DPA-0918", owner: "tom@acme.com" },
      "engagement nova: dpa DPA-0917 → DPA-0918, owner priya@acme.com → tom@acme.com",
    ],
    [{ domains: ["nova.agency", "nova.io"] }, "engagement nova: domains nova.agency → nova.agency, nova.io"],
  ])("a changed engagement is a step: %j", async (change, text) => {
    const site = harness({ organization: live(), stack: { more: engaging() } });
    await site.apply();
    site.stack({ more: engaging(change) });
    const { plan } = await site.plan();
    expect(plan.steps.map((step) => [step.actor, step.text])).toEqual([["record", text]]);
    const { records: recorded, after } = await site.apply();
    expect(recorded).toEqual([`${text}: done`]);
    expect(after.plan.steps).toEqual([]);
  });

  it("is not approved with another plan", async () => {
    const site = harness({ organization: live(), stack: { more: engaging() } });
    const [before] = (await site.plan()).plan.steps;
    site.stack({ more: engaging({ until: "2027-11-26T00:00:00+01:00" }) });
    const [after] = (await site.plan()).plan.steps;
    expect(after?.id).not.toEqual(before?.id);
  });

  it("is in the journal of a run that was killed", () => {
    const base = parseBase(
      baseText({
        organization: { orgId: "7", host: "h" },
        entries: {},
        present: [],
        removed: [],
        removedOutside: [],
        groupIds: [],
        facts: { reasons: { a: "b" } },
      }),
      "base.json",
      { orgId: "7", host: "h" },
    );
    const change = { set: {}, forget: [], removed: [], facts: { "engagement nova": nova, reasons: null } };
    const read = replayed(base, journalHead(base) + journalLine(change), "base.journal");
    expect(read).toEqual(changed(base, [change]));
    expect(read.facts).toEqual({ "engagement nova": nova });
  });
});

describe("what is inside of an engagement", () => {
  it("ends with it, although it names no end", async () => {
    const crew = { name: "crew", members: ["jo@nova.agency"], engagement: "nova" };
    const site = harness({
      organization: live(),
      stack: { resources: { ...jo, "amplitude_group.crew": crew }, more: engaging() },
    });
    await site.apply();
    expect(site.members("crew")).toEqual(["jo@nova.agency"]);
    await site.advance(2 * 24 * 60 * 60);
    expect((await site.plan()).plan.steps).toEqual([]);
    await site.advance(24 * 60 * 60);
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([
      "crew loses jo@nova.agency: done",
      "jo@nova.agency loses Member on Web: done",
      "remove jo@nova.agency from the organization: done",
    ]);
    expect(after.plan.steps).toEqual([]);
  });

  it("stays as long as a longer engagement does: the new end is a step, and approved", async () => {
    const site = harness({ organization: live(), stack: { resources: jo, more: engaging() } });
    await site.apply();
    site.stack({ resources: jo, more: engaging({ until: "2026-12-31" }) });
    expect(await records(site)).toEqual([
      "jo@nova.agency on Web: expires_at 2026-11-26T00:00:00+01:00 → 2026-12-31",
      "jo@nova.agency: expires_at 2026-11-26T00:00:00+01:00 → 2026-12-31",
      "engagement nova: longer: until 2026-11-25 → 2026-12-31",
    ]);
    const shown = planText(viewOf(await site.plan(), "apply"), { color: false })
      .split("\n")
      .filter((line) => line.includes(" record "));
    expect(shown[0]).toContain("engagement nova: longer");
  });

  it("keeps an earlier end of its own, and must not have a later one", async () => {
    const ending = (end: string): StackContent => ({
      resources: { "amplitude_user.jo": { email: "jo@nova.agency", engagement: "nova", expires_at: end } },
      more: engaging(),
    });
    const site = harness({ organization: live(), stack: ending("2026-11-24") });
    await site.apply();
    expect(site.base?.entries["acme/amplitude_user.jo"]?.config["expires_at"]).toBe("2026-11-24");
    site.stack(ending("2026-11-26"));
    await expect(site.plan()).rejects.toThrow(
      "acme/amplitude_user.jo.expires_at (acme/jo): jo@nova.agency ends 2026-11-26, after the engagement nova ends 2026-11-26T00:00:00+01:00. Shorten it, or lengthen the engagement.",
    );
  });

  it("may name one that another stack of the organization declares, and must name one that exists", async () => {
    const site = harness({
      organization: live(),
      stack: [{ resources: jo }, { name: "agencies", more: engaging() }],
    });
    expect((await site.apply()).after.plan.steps).toEqual([]);
    site.stack({
      resources: { "amplitude_user.jo": { email: "jo@nova.agency", engagement: "nowa" } },
      more: engaging(),
    });
    await expect(site.plan()).rejects.toThrow(
      'acme/amplitude_user.jo.engagement (acme/jo): jo@nova.agency is of the engagement "nowa", which no stack declares. Declare it, or leave it out. Declared: nova.',
    );
  });

  it("may begin earlier than agreed: that is said, and held against nobody", async () => {
    const site = harness({
      organization: live(),
      stack: { resources: jo, more: engaging({ from: "2026-11-24T00:00:00+01:00" }) },
    });
    const { plan } = await site.plan();
    expect(plan.notes).toEqual([
      "The engagement nova begins 2026-11-24T00:00:00+01:00: this plan gives access before that (invite jo@nova.agency; jo@nova.agency gets Member on Web).",
    ]);
    expect((await site.apply()).outcomes).toHaveLength(2);
    await site.advance(24 * 60 * 60);
    expect((await site.plan()).plan.notes).toEqual([]);
  });
});

describe("facts that are wrong", () => {
  const parse = (facts: object) => parseStack(stackFile({ more: stating(facts) }), "acme/cdk.tf.json");
  const engagement = (more: object): object => ({ engagements: { nova: { ...nova, ...more } } });
  it.each([
    ["another version", { version: 2 }, /amplitude_access\.version is wrong/],
    ["an unknown field", { reasonz: {} }, /reasonz/],
    ["an engagement without a DPA", engagement({ dpa: undefined }), /engagements\.nova\.dpa is wrong/],
    ["an empty SOW", engagement({ sow: " " }), /nova\.sow is wrong: it is empty/],
    ["no domains", engagement({ domains: [] }), /nova\.domains is wrong: name at least one/],
    [
      "a domain that is none",
      engagement({ domains: ["@nova.agency"] }),
      /domains\.0 is wrong: it is not an e-mail domain/,
    ],
    [
      "an owner who is no address",
      engagement({ owner: "Priya" }),
      /nova\.owner is wrong: "Priya" is not an e-mail/,
    ],
    [
      "a time without an offset",
      engagement({ until: "2026-12-01T00:00:00" }),
      /nova\.until is wrong: .*not a date/,
    ],
    ["an end before the start", engagement({ until: "2026-10-01" }), /nova is wrong: until is before from/],
    ["an engagement's unknown field", engagement({ ticket: "A-1" }), /nova is wrong: .*ticket/],
    ["an unknown environment", { environments: { Web: "prod" } }, /environments\.Web is wrong/],
    ["a service without a purpose", { service_accounts: { "a@b.io": {} } }, /a@b\.io\.purpose is wrong/],
    [
      "a service that is no address",
      { service_accounts: { sync: { purpose: "x" } } },
      /"sync" is not an e-mail/,
    ],
    ["what only Terraform knows", engagement({ sow: "${var.sow}" }), /nova\.sow is wrong: only Terraform/],
  ])("%s", (_, facts, message) => {
    expect(() => parse(facts)).toThrow(message);
  });

  it("are not an object", () => {
    const file = stackFile({ more: { locals: { amplitude_access: [] } } });
    expect(() => parseStack(file, "acme/cdk.tf.json")).toThrow(/locals\.amplitude_access is wrong/);
  });

  it("differ between two stacks: both are named", () => {
    const one = (name: string, facts: object) =>
      parseStack(stackFile({ name, more: stating(facts) }), `${name}/cdk.tf.json`);
    const service = (purpose: string) => ({ service_accounts: { "sync@acme.com": { purpose } } });
    expect(() =>
      unite([
        one("a", { ...engagement({}), environments: { Web: "staging" }, ...service("x") }),
        one("b", { ...engagement({ sow: "SOW-1" }), environments: { Web: "production" }, ...service("y") }),
      ]),
    ).toThrow(
      /(?=[^]*a and b differ in the engagement nova)(?=[^]*environment of Web)(?=[^]*service account sync@acme.com)/,
    );
    const desired = unite([one("a", engagement({})), one("b", engagement({}))]);
    expect([...desired.engagements.keys()]).toEqual(["nova"]);
  });
});

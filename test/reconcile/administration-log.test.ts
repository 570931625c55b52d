import type { AuditEvent } from "../../src/api";
import { administrationLogOf, confirmationOf, type Confirmation } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

/* Where no API shows who administers: whoever the audit log saw promoted, and not demoted since, might be one. */

const KIM = "kim@acme.com";
const JO = "jo@acme.com";

const entry = (at: string, words: string, more: Partial<AuditEvent> = {}): AuditEvent => {
  const [domain = "", feature = "", action = ""] = words.split(" ");
  const properties = {};
  return { at, actor: "priya@acme.com", domain, feature, action, target: KIM, properties, ...more };
};
const role = (at: string, from: string, to: string, target = KIM): AuditEvent =>
  entry(at, "user role update", { target, properties: { from, to } });

type Says = { promoted?: string[]; demoted?: string[]; unnamed?: { promoted?: string; demoted?: string } };
const told: readonly [string, AuditEvent[], Says][] = [
  ["nothing about anybody", [entry("1", "content chart create"), entry("2", "group member add")], {}],
  ["a promotion", [role("1", "member", "admin")], { promoted: [`${KIM} 1`] }],
  ["an owner is one, too", [role("1", "viewer", "owner")], { promoted: [`${KIM} 1`] }],
  ["a change between other roles", [role("1", "viewer", "manager")], { demoted: [`${KIM} 1`] }],
  [
    "a promotion, and a demotion since",
    [role("1", "member", "admin"), role("2", "admin", "member")],
    { demoted: [`${KIM} 2`] },
  ],
  [
    "a demotion, and a promotion since",
    [role("1", "admin", "member"), role("2", "member", "admin")],
    { promoted: [`${KIM} 2`] },
  ],
  [
    "several people, each by their own last change",
    [role("1", "member", "admin"), role("2", "member", "admin", JO), role("3", "admin", "viewer")],
    { promoted: [`${JO} 2`], demoted: [`${KIM} 3`] },
  ],
  [
    "an invitation as admin",
    [entry("1", "user user invite", { properties: { to: "Admin" } })],
    { promoted: [`${KIM} 1`] },
  ],
  ["an invitation that names no role", [entry("1", "user user invite")], {}],
  [
    "an invitation as viewer, which takes nothing",
    [entry("1", "user user invite", { properties: { to: "viewer" } })],
    {},
  ],
  ["somebody created as member", [entry("1", "user user create", { properties: { role: "member" } })], {}],
  [
    "a removal, and another invitation",
    [
      role("1", "member", "admin"),
      role("1", "member", "admin", JO),
      entry("2", "user user delete"),
      entry("3", "user user invite", { properties: { to: "viewer" } }),
    ],
    { promoted: [`${JO} 1`] },
  ],
  [
    "a removal from a group",
    [role("1", "member", "admin"), entry("2", "group user remove")],
    { promoted: [`${KIM} 1`] },
  ],
  [
    "a removal that Amplitude refused",
    [role("1", "member", "admin"), entry("2", "user user delete", { error: "forbidden" })],
    { promoted: [`${KIM} 1`] },
  ],
  [
    "a promotion of a name: it may be anybody, but for who did it",
    [role("1", "member", "admin", "Kim Doe")],
    { unnamed: { promoted: "1" } },
  ],
  [
    "a demotion of a name, which clears nobody and demotes nobody",
    [role("1", "member", "admin"), role("2", "admin", "member", "Kim Doe")],
    { promoted: [`${KIM} 1`], unnamed: { demoted: "2" } },
  ],
  ["a name that was no administrator and is none", [role("1", "viewer", "member", "Kim Doe")], {}],
  [
    "somebody invited, of whom nothing is told",
    [entry("1", "user user invite", { target: "", properties: { role: "member" } })],
    {},
  ],
  [
    "a group, by its name",
    [entry("1", "group role update", { target: "Contractors", properties: { from: "admin", to: "member" } })],
    {},
  ],
  [
    "a group, by an address",
    [entry("1", "group role update", { properties: { from: "admin", to: "member" } })],
    {},
  ],
  [
    "other spellings",
    [
      entry("1", "Users orgRole Updated", {
        target: "",
        properties: { user: "Kim@acme.com", old_role: "Member", new_role: "ADMIN" },
      }),
    ],
    { promoted: [`${KIM} 1`] },
  ],
  [
    "a change to or from Admin that does not say which",
    [role("1", "admin", "member"), entry("2", "user role update_admin")],
    { promoted: [`${KIM} 2`] },
  ],
  ["a promotion that Amplitude refused", [{ ...role("1", "member", "admin"), error: "forbidden" }], {}],
  ["Admin on a project", [{ ...role("1", "member", "admin"), projectId: "501" }], {}],
  ["somebody who logs in", [entry("1", "auth auth login", { actor: KIM, target: "" })], {}],
];

it.each(told)("%s", (_, events, { promoted = [], demoted = [], unnamed = {} }) => {
  const log = administrationLogOf(events, "0");
  const texts = (moments: typeof log.promoted): string[] => moments.map(({ email, at }) => `${email} ${at}`);
  expect({ ...log, promoted: texts(log.promoted), demoted: texts(log.demoted) }).toEqual({
    since: "0",
    promoted,
    demoted,
    unnamed,
  });
});

const provider = { admins: ["tom@acme.com", "priya@acme.com"] };
const user = (email: string) => ({ [`amplitude_user.${email.slice(0, 3)}`]: { email } });

/** Kim is declared like anybody, was made an administrator in Amplitude's pages, and goes with the line. */
async function promoted(
  more: { readonly withoutLog?: true; readonly undone?: true; readonly byName?: true } = {},
): Promise<Harness> {
  const site = harness({
    organization: organization().people(KIM, JO),
    stack: { provider, resources: { ...user(KIM), ...user(JO) } },
    ...(more.withoutLog === undefined ? {} : { without: ["user-management", "audit-log"] }),
  });
  await site.apply();
  await site.ui({ type: "set_organization_role", email: KIM, role: "admin" });
  await site.advance(60);
  if (more.undone === true) await site.ui({ type: "set_organization_role", email: KIM, role: "member" });
  // Entries arrive late.
  await site.advance(120);
  if (more.byName === true) logs(site, [{ ...role("2026-11-23T09:00:00Z", "member", "admin", "Kim Doe") }]);
  return site.stack({ provider, resources: user(JO) });
}

/** What the log answers from now on. */
function logs(site: Harness, events: readonly AuditEvent[], status = 200): void {
  const { fetch } = site.emulator;
  const rows = events.map(({ at, properties, ...row }) => ({
    ...row,
    timestamp: at,
    event_properties: properties,
  }));
  Object.assign(site.emulator, {
    fetch: async (request: Request) =>
      new URL(request.url).pathname.includes("/audit-logs/")
        ? Response.json({ events: rows, pagination: { next_cursor: null } }, { status })
        : await fetch(request),
  });
}
const removal = `remove ${KIM} from the organization`;
const asksTheLog = ({ emulator }: Harness, from: number): number =>
  emulator.requests.slice(from).filter(({ family }) => family === "audit-log").length;

describe("somebody who was promoted by hand", () => {
  it("is not removed, and the guard says when it was", async () => {
    const site = await promoted();
    const { planned, outcomes } = await site.apply();
    expect(outcomes.filter((text) => text.startsWith("remove"))).toEqual([`${removal}: refused`]);
    const guards = planned.plan.guards.filter(({ guard }) => guard === "administrators");
    expect(guards.map(({ verdict, text, opens }) => ({ verdict, text, opens }))).toEqual([
      { verdict: "passes", text: "2 afterwards, declared, not readable; at least 0", opens: "never" },
      {
        verdict: "holds",
        text: `1 would go who might be an administrator, says the audit log (${KIM}, 2026-11-23); limit 0`,
        opens: "never",
      },
    ]);
    expect(planned.plan.premises).toContainEqual({
      topic: "administrators",
      value: "might administer the organization",
      source: "read",
      from: "the audit log since 2026-08-25",
      count: 1,
      examples: [KIM],
    });
    expect(site.people()).toContain(KIM);
  });

  it("is not removed either where the log has their name alone", async () => {
    const site = await promoted({ byName: true });
    const { planned, outcomes } = await site.apply();
    expect(outcomes.filter((text) => text.startsWith("remove"))).toEqual([`${removal}: refused`]);
    expect(planned.plan.premises).toContainEqual(
      expect.objectContaining({
        examples: ["anybody"],
        value: "might administer the organization",
        source: "assumed",
        from: "the audit log says that somebody was made one on 2026-11-23, by no address",
      }),
    );
  });

  it("is removed where they were demoted since", async () => {
    const site = await promoted({ undone: true });
    expect((await site.apply()).outcomes).toContain(`${removal}: done`);
  });

  it("is removed where a line says that they have left", async () => {
    const site = await promoted();
    const left = { "amplitude_leaver.kim": { email: KIM, left_on: "2026-11-23" } };
    site.stack({ provider, resources: { ...user(JO), ...left } });
    const { outcomes } = await site.apply();
    expect(outcomes).toContain(`${removal}: done`);
  });

  it("is removed once somebody has looked who administers since", async () => {
    const site = await promoted();
    const step = (await site.plan()).plan.steps.find(
      ({ operation }) => operation === "organization.administrators",
    );
    if (step === undefined) throw new Error("Nobody is asked");
    const word = (on: string): Confirmation[] => [
      confirmationOf(step, "7", { by: "tom@acme.com", on, until: "2026-12-23T09:00:00Z" }),
    ];
    const guardsAfter = async (on: string) =>
      (await site.plan({ confirmations: word(on) })).plan.guards
        .filter(({ guard, verdict }) => guard === "administrators" && verdict === "holds")
        .flatMap(({ people }) => people);
    expect(await guardsAfter("2026-11-20T09:00:00Z")).toEqual([KIM]);
    expect(await guardsAfter("2026-11-23T09:30:00Z")).toEqual([]);
  });

  it("where the log cannot be read, the plan says that nobody looked", async () => {
    const site = await promoted({ withoutLog: true });
    const { plan } = await site.plan();
    expect(plan.premises).toContainEqual(
      expect.objectContaining({
        examples: ["nobody else"],
        source: "assumed",
        from: "the audit log was not read",
      }),
    );
    expect(plan.refusals).toEqual([]);
  });
});

it("the log is read only for a plan that may take administration from somebody", async () => {
  const site = await promoted();
  const before = site.emulator.requests.length;
  site.stack({ provider, resources: { ...user(KIM), ...user(JO), ...user("lena@acme.com") } });
  await site.plan();
  expect(asksTheLog(site, before)).toBe(0);
  site.stack({ provider, resources: user(JO) });
  await site.plan();
  // Ninety days, thirty a request.
  expect(asksTheLog(site, before)).toBe(3);
});

it("somebody whom the log saw demoted is no administrator, whatever is declared, and lowers no minimum", async () => {
  const roles = { provider: { ...provider, minimum_admins: 2 }, resources: { ...user(KIM), ...user(JO) } };
  const site = harness({ organization: organization().people(KIM, JO), stack: roles });
  await site.apply();
  await site.ui({ type: "set_organization_role", email: "tom@acme.com", role: "member" });
  await site.advance(120);
  const administrators = async () =>
    (await site.plan()).plan.guards
      .filter(({ guard }) => guard === "administrators")
      .map(({ verdict, text }) => `${verdict}: ${text}`);
  site.stack({ ...roles, resources: user(JO) });
  expect(await administrators()).toEqual(["passes: 1 afterwards, declared, not readable; at least 2"]);
  // Priya is followed by Jo: one was left, and one would be.
  const left = { "amplitude_leaver.priya": { email: "priya@acme.com", left_on: "2026-11-23" } };
  const follows = { ...provider, minimum_admins: 2, admins: ["tom@acme.com", JO] };
  site.stack({ provider: follows, resources: { ...user(JO), ...left } });
  expect(await administrators()).toEqual(["holds: 1 afterwards, declared, not readable; at least 2"]);
});

it("whom we invited has lost nothing by it: whoever they follow stays until they have accepted", async () => {
  const site = harness({
    organization: organization(),
    stack: { provider: { ...provider, minimum_admins: 2 } },
  });
  await site.apply();
  const nia = "nia@acme.com";
  const follows = { minimum_admins: 2, admins: ["tom@acme.com", nia] };
  const left = { "amplitude_leaver.priya": { email: "priya@acme.com", left_on: "2026-11-23" } };
  site.stack({ provider: follows, resources: { ...user(nia), ...user(KIM), ...left } });
  expect((await site.apply()).outcomes).toContain(`${nia} accepts the invitation: by hand`);
  await site.advance(120);
  // Somebody else goes, too, so the log is read.
  site.stack({ provider: follows, resources: { ...user(nia), ...left } });
  const { plan } = await site.plan();
  expect(plan.steps.map(({ text }) => text)).toContain(`${nia} accepts the invitation`);
});

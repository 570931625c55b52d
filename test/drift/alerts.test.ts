import type { AuditEvent } from "../../src/api";
import { addressesIn, alertsIn, OwnActs, type AlertSettings } from "../../src/drift";

const entry = (deed: string, more: Partial<AuditEvent> = {}): AuditEvent => {
  const [domain = "", feature = "", action = ""] = deed.split(" ");
  return {
    at: "2026-11-23T10:00:00.000Z",
    actor: "tom@acme.com",
    domain,
    feature,
    action,
    target: "jonas@acme.com",
    properties: {},
    ...more,
  };
};
const times = (count: number, event: AuditEvent): AuditEvent[] => Array.from({ length: count }, () => event);
const failed = (more: Partial<AuditEvent> = {}) =>
  entry("auth auth login", { error: "wrong password", actor: "jonas@acme.com", ip: "203.0.113.7", ...more });

const sightings: readonly [string, readonly AuditEvent[], readonly string[], AlertSettings?][] = [
  [
    "a promotion, as the emulator words it",
    [entry("user role update", { properties: { from: "member", to: "admin" } })],
    ["organization-admin: jonas@acme.com became organization Admin"],
  ],
  [
    "a promotion in other spellings",
    [
      entry("Users orgRole Updated", { properties: { old_role: "Member", new_role: "Owner" } }),
      entry("group user_role role-change", {
        target: "",
        properties: { user: "mia@acme.com", newRole: "ADMIN" },
      }),
    ],
    [
      "organization-admin: jonas@acme.com became organization Owner",
      "organization-admin: mia@acme.com became organization Admin",
    ],
  ],
  [
    "a change of role that does not say which way",
    [entry("user role update_admin", { properties: {} })],
    ["organization-admin: the organization role of jonas@acme.com was changed to or from Admin"],
  ],
  ["a demotion", [entry("user role update", { properties: { from: "admin", to: "member" } })], []],
  [
    "an owner who becomes admin",
    [entry("user role update", { properties: { from: "owner", to: "admin" } })],
    [],
  ],
  [
    "an invitation as admin",
    [entry("user user invite", { properties: { to: "admin" } })],
    ["organization-admin: jonas@acme.com became organization Admin"],
  ],
  ["an invitation as member", [entry("user user invite", { properties: { to: "member" } })], []],
  [
    "Admin on a project is another thing",
    [
      entry("project role_assignment update", { projectId: "501", properties: { to: "Admin" } }),
      entry("user role update", { projectId: "501", properties: { to: "Admin" } }),
    ],
    [],
  ],
  [
    "a promotion that Amplitude refused",
    [entry("user role update", { error: "forbidden", properties: { to: "admin" } })],
    [],
  ],
  [
    "new keys",
    [
      entry("config api_key create", { target: "nova-sync" }),
      entry("config secretKey generated", { target: "export" }),
    ],
    ["new-api-key: a new API key: nova-sync", "new-api-key: a new API key: export"],
  ],
  ["a deleted key", [entry("config api_key delete", { target: "nova-sync" })], []],
  [
    "settings of access",
    [
      entry("config sso update", { target: "sso", properties: { to: { enforced: false } } }),
      entry("config scim update", { target: "scim" }),
      entry("org security toggled", { target: "" }),
    ],
    [
      'access-settings: SSO settings were changed: {"enforced":false}',
      "access-settings: SCIM settings were changed",
      "access-settings: security settings were changed",
    ],
  ],
  ["a login through single sign-on", [entry("auth sso login")], []],
  [
    "exports, one of them of a chart",
    [
      entry("project project export", { target: "Client Production" }),
      entry("user users exported", { target: "" }),
      entry("content cohort export", { target: "Payers" }),
      entry("content chart export", { target: "Retention" }),
    ],
    [
      "bulk-export: tom@acme.com exported Client Production",
      "bulk-export: tom@acme.com exported data",
      "bulk-export: tom@acme.com exported Payers",
    ],
  ],
  [
    "many charts in a day",
    times(50, entry("content chart export", { target: "Retention" })),
    ["many-exports: tom@acme.com exported charts, 50 times"],
  ],
  ["four failed logins", times(4, failed()), []],
  [
    "five failed logins of one person, from two addresses",
    [...times(3, failed()), ...times(2, failed({ ip: "198.51.100.1" }))],
    ["failed-logins: failed logins of jonas@acme.com, 5 times"],
  ],
  [
    "a burst of one person from one address, once",
    times(6, failed()),
    ["failed-logins: failed logins of jonas@acme.com, 6 times"],
  ],
  [
    "many people from one address, and one of them more often than is usual, once",
    [...times(5, failed()), failed({ target: "eve@acme.com" })],
    ["failed-logins: failed logins from 203.0.113.7, 6 times"],
  ],
  [
    "one failed login each of five people from one address",
    ["a", "b", "c", "d", "e"].map((name) => failed({ target: `${name}@acme.com` })),
    ["failed-logins: failed logins from 203.0.113.7, 5 times"],
  ],
  [
    "two failed logins where two are too many",
    times(2, failed({ target: "jonas@acme.com" })),
    ["failed-logins: failed logins of jonas@acme.com, 2 times"],
    { thresholds: { "failed-logins": 2 } },
  ],
  [
    "a key over its limit",
    times(10, entry("api request read", { actor: "Organization API key", error: "429 Too Many Requests" })),
    ["rate-limit: requests of Organization API key were over the rate limit, 10 times"],
  ],
  [
    "a login from elsewhere",
    [
      entry("auth auth login", { actor: "jo@nova.agency", target: "jo@nova.agency", ip: "203.0.113.9" }),
      entry("auth auth login", { actor: "jo@nova.agency", target: "jo@nova.agency", ip: "192.0.2.1" }),
    ],
    ["unexpected-address: jo@nova.agency logged in from 192.0.2.1"],
    { expected: ["203.0.113.0/24", "2001:db8::/32"] },
  ],
  ["what is switched off", [entry("config api_key create")], [], { thresholds: { "new-api-key": "off" } }],
  ...["Organization API key", "tom@acme.com"].map((actor): (typeof sightings)[number] => [
    `acts of ${actor} that say to be this program`,
    [
      entry("user role update", { actor, userAgent: "amplitude-access/0.1.0", properties: { to: "admin" } }),
      entry("data user export", { actor, userAgent: "amplitude-access/0.1.0", target: "Client Production" }),
    ],
    [
      "organization-admin: jonas@acme.com became organization Admin; said to be this program, and no receipt says so",
      `bulk-export: ${actor} exported Client Production; said to be this program, and no receipt says so`,
    ],
  ]),
  ["daily work", [entry("content chart create"), entry("group member add"), entry("user user update")], []],
];

it.each(sightings)("%s", (_name, events, expected, settings = {}) => {
  expect(alertsIn(events, settings).map(({ rule, what }) => `${rule}: ${what}`)).toEqual(expected);
});

describe("with receipts of our own runs", () => {
  const SAID = "; said to be this program, and no receipt says so";
  const at = "2026-11-23T09:59:50.000Z";
  const step = (text: string, request: string, status = 200) => ({
    step: text,
    text,
    outcome: "done",
    at,
    requests: [{ request, status }],
  });
  const key = (target: string) =>
    entry("config api_key create", {
      target,
      actor: "Organization API key",
      userAgent: "amplitude-access/0.1.0",
    });
  const receipts = new Map([
    ["the key", step("make the API key nova-sync", "POST /api/2/organizations/1/api-keys")],
    [
      "another step about it",
      step("delete the API key nova-sync", "DELETE /api/2/organizations/1/api-keys/7"),
    ],
    ["a refused request", step("make the API key nova-sync", "POST /api/2/organizations/1/api-keys", 409)],
    ["an export", step("export nova-sync", "GET /export")],
  ]);
  const told = (events: readonly AuditEvent[], ...names: string[]) =>
    alertsIn(events, {}, new OwnActs([{ steps: names.map((name) => receipts.get(name)!) }]).explains).map(
      ({ what, ours }) => `${what}${ours === true ? " (ours)" : ""}`,
    );

  it("a new key is ours only with the receipt that it was made, and only once", () => {
    expect(told([key("nova-sync")], "the key")).toEqual(["a new API key: nova-sync (ours)"]);
    for (const other of ["another step about it", "a refused request"])
      expect(told([key("nova-sync")], other)).toEqual([`a new API key: nova-sync${SAID}`]);
    expect(told([key("nova")], "the key")).toEqual([`a new API key: nova${SAID}`]);
    const later = { ...key("nova-sync"), at: "2026-11-23T10:00:09.000Z" };
    expect(told([key("nova-sync"), later], "the key").sort()).toEqual([
      "a new API key: nova-sync (ours)",
      `a new API key: nova-sync${SAID}`,
    ]);
  });

  it("an export and failed logins are never ours", () => {
    const exported = entry("data user export", { target: "nova-sync" });
    const logins = times(5, failed({ target: "nova-sync" }));
    expect(told([exported, ...logins], ...receipts.keys()).filter((what) => what.includes("ours"))).toEqual(
      [],
    );
    expect(told([exported, ...logins], ...receipts.keys())).toHaveLength(2);
  });
});

it("an alert keeps its id in every run that sees it, and another one of the same person has another", () => {
  const promotion = entry("user role update", { properties: { from: "member", to: "admin" } });
  const later = { ...promotion, at: "2026-11-24T10:00:00.000Z" };
  const [first] = alertsIn([promotion]);
  const both = alertsIn([entry("auth auth login"), promotion, later]);
  expect(both.map(({ id }) => id)).toEqual([first?.id, expect.not.stringMatching(first?.id ?? "")]);
});

it.each(["203.0.113.0/33", "203.0.113", "here", "::1/129", "203.0.113.0/24/1"])("%s is no range", (range) => {
  expect(() => addressesIn([range])).toThrow(/is not a range of addresses such as 203\.0\.113\.0\/24/);
});

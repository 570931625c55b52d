import { compareOrganizationRoles, organizationRoleName, type OrganizationRole } from "../../access";
import type { AuditEvent } from "../../api";
import { isLogin, organizationRoleChangeIn, personIn, speaksOf, wordsOf } from "../../reconcile";

/** An entry that a rule looks for: entries of one group make one alert. */
export interface Sighting {
  readonly group: string;
  readonly what: string;
}

/** What to look for in the audit log. */
export interface AlertRule<N extends string = string> {
  readonly name: N;
  /** What it looks for, in one sentence. */
  readonly description: string;
  /** Entries of one group that make an alert; `off`: none is looked for unless one is set. */
  readonly threshold: number | "off";
  readonly advice: string;
  /** Requests of our own that bring it about: a receipt of one explains it. Left out: nothing that we do does. */
  readonly ownRequest?: RegExp;
  find(
    event: AuditEvent,
    settings: { readonly isExpected: (address: string) => boolean },
  ): readonly Sighting[];
}

const CHECK = "Ask whoever did it. If it was nobody of yours: revoke their access and rotate the keys.";
const day = (at: string): string => at.slice(0, 10);
const isAdmin = (role: OrganizationRole | undefined): boolean =>
  role !== undefined && compareOrganizationRoles(role, "admin") >= 0;

function rule<const N extends string>(definition: AlertRule<N>): AlertRule<N> {
  return definition;
}

const organizationAdmin = rule({
  name: "organization-admin",
  description: "Somebody became owner or admin of the organization, or was invited as one.",
  threshold: 1,
  advice:
    "Name them in `admins` of the stack, or take the role away: Settings > Organization settings > Members.",
  ownRequest: /^(?:POST|PUT|PATCH) \S*\/(?:members|Users)(?:\/|$)/,
  find(event) {
    const change = organizationRoleChangeIn(event);
    if (change === undefined) return [];
    const { person = event.target === "" ? "somebody" : event.target, from, to } = change;
    const group = `${person} ${event.at}`;
    if (to !== undefined) {
      if (!isAdmin(to) || isAdmin(from)) return [];
      return [{ group, what: `${person} became organization ${organizationRoleName(to)}` }];
    }
    if (from !== undefined) return [];
    return [{ group, what: `the organization role of ${person} was changed to or from Admin` }];
  },
});

const newApiKey = rule({
  name: "new-api-key",
  description: "An API key, a secret key or a token was made.",
  threshold: 1,
  advice: `Declare it with its owner and its rotation, or delete it. ${CHECK}`,
  ownRequest: /^POST \S*\/api-keys$/,
  find(event) {
    const words = wordsOf(event);
    if (event.error !== undefined || !speaksOf(words, "key", "token", "apikey", "secret")) return [];
    if (!speaksOf(words, "create", "generate", "regenerate", "add", "rotate", "issue")) return [];
    return [{ group: `${event.target} ${event.at}`, what: `a new API key: ${event.target}` }];
  },
});

const accessSettings = rule({
  name: "access-settings",
  description: "Single sign-on, SCIM, second factor, just-in-time role or allowed addresses were changed.",
  threshold: 1,
  advice: `Look at Settings > Organization settings, and declare what holds. ${CHECK}`,
  ownRequest: /^PATCH \S*\/organizations\/[^/]+$/,
  find(event) {
    const words = wordsOf(event);
    if (event.error !== undefined || isLogin(words)) return [];
    const about = ["sso", "saml", "scim", "mfa", "jit", "security", "allowlist", "provisioning"].filter(
      (word) => words.has(word),
    );
    if (about.length === 0) return [];
    const to = event.properties["to"];
    const became = to === undefined ? "" : `: ${JSON.stringify(to)}`;
    return [
      {
        group: `${about.join(" ")} ${event.at}`,
        what: `${about.map((word) => (word === "security" ? "security" : word.toUpperCase())).join(", ")} settings were changed${became}`,
      },
    ];
  },
});

/** Exports of single charts are daily work; the log speaks of them since lately. */
const SMALL = ["chart", "dashboard", "notebook"];

const bulkExport = rule({
  name: "bulk-export",
  description: "Data of a project, users or a cohort were exported.",
  threshold: 1,
  advice: `Check that the statement of work covers it, and record what was exported. ${CHECK}`,
  find: (event) => exported(event, (words) => !speaksOf(words, ...SMALL)),
});

const manyExports = rule({
  name: "many-exports",
  description: "Somebody exported unusually many charts, dashboards or notebooks in a day.",
  threshold: 50,
  advice: `Ask what for: many small exports are a large one. ${CHECK}`,
  find: (event) => exported(event, (words) => speaksOf(words, ...SMALL)),
});

function exported(event: AuditEvent, isOfSort: (words: ReadonlySet<string>) => boolean): Sighting[] {
  const words = wordsOf(event);
  if (event.error !== undefined || !speaksOf(words, "export", "download") || !isOfSort(words)) return [];
  const { actor, target, at } = event;
  const what = target === "" ? "data" : target;
  return speaksOf(words, ...SMALL)
    ? [{ group: `${actor} ${day(at)}`, what: `${actor} exported charts` }]
    : [{ group: `${actor} ${target} ${day(at)}`, what: `${actor} exported ${what}` }];
}

const failedLogins = rule({
  name: "failed-logins",
  description: "Several failed logins of one person, or from one address, in a day.",
  threshold: 5,
  advice:
    "Ask the person. Many people from one address: somebody is trying passwords; enforce single sign-on.",
  find(event) {
    const words = wordsOf(event);
    if (!isLogin(words) || (event.error === undefined && !speaksOf(words, "fail", "failure", "denied")))
      return [];
    const person = personIn(event);
    return [
      { group: `${person} ${day(event.at)}`, what: `failed logins of ${person}` },
      ...(event.ip === undefined
        ? []
        : [{ group: `${event.ip} ${day(event.at)}`, what: `failed logins from ${event.ip}` }]),
    ];
  },
});

const rateLimit = rule({
  name: "rate-limit",
  description: "Requests of one key or person were turned away for being too many, in a day.",
  threshold: 10,
  advice: "Find the script. If nobody knows it, the key may be in other hands: rotate it.",
  find: ({ error = "", actor, at }) =>
    /rate.?limit|too many requests|\b429\b/i.test(error)
      ? [{ group: `${actor} ${day(at)}`, what: `requests of ${actor} were over the rate limit` }]
      : [],
});

const unexpectedAddress = rule({
  name: "unexpected-address",
  description: "A login from outside of the expected addresses; looked for where some are given.",
  threshold: 1,
  advice: CHECK,
  find(event, { isExpected }) {
    const { ip, actor, error, at } = event;
    if (error !== undefined || ip === undefined || isExpected(ip) || !isLogin(wordsOf(event))) return [];
    return [{ group: `${actor} ${ip} ${day(at)}`, what: `${personIn(event)} logged in from ${ip}` }];
  },
});

/** The playbook's alert list ("Monitor for Anomalous Behavior"), and who became an administrator: one line each. */
export const alertRules = [
  organizationAdmin,
  newApiKey,
  accessSettings,
  bulkExport,
  manyExports,
  failedLogins,
  rateLimit,
  unexpectedAddress,
] as const;

export type AlertName = (typeof alertRules)[number]["name"];

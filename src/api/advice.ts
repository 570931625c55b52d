import type { Family } from "./records";
import type { Access } from "./credentials";

/** What an answer that is not a success says about itself. */
export interface Refusal {
  readonly status: number;
  /** `error_code` of the body: https://amplitude.com/docs/apis/user-management. */
  readonly code?: string | undefined;
  /** How long it asked to wait, in whole seconds; undefined where it did not say. */
  readonly waitSeconds?: number | undefined;
}

/** What the advice is about: whose credential, which organization. */
type Context = Pick<Access, "orgId" | "region" | "variables">;

/**
 * What a person can do about a refusal: which credential it concerns (its variable's name, never its value), what that may lack,
 * and what the playbook says to check ("API Calls Return 401 or 403 Errors"). Pure.
 */
export function adviceOn(family: Family, refusal: Refusal, context: Context): string {
  const { status } = refusal;
  if (status < 300) {
    return "Check that the base URL is Amplitude's; if it is, Amplitude answers otherwise than documented: run again, then report it.";
  }
  if (status < 400) {
    return "Redirects are not followed, a credential could leave with them: set the base URL to the host that answers itself.";
  }
  if (status === 401) return `${credential(family, context)} ${notAccepted[family](context)} ${elsewhere}`;
  if (status === 403) return forbidden(family, refusal.code, context);
  if (family === "management" && management[status] !== undefined) return management[status];
  if (family === "taxonomy" && taxonomy[status] !== undefined) return taxonomy[status];
  if (status === 404)
    return "Check that the object still exists, and that the base URL and organization id are right.";
  if (status === 409) return "It exists already, or changed meanwhile: look at it, then run again.";
  if (status === 429)
    return `${limitReached(refusal.waitSeconds)} Or ask Amplitude Support to lift it for a burst.`;
  if (status >= 500)
    return "Amplitude failed. Run again; if it stays, tell Amplitude Support the request id.";
  return "Amplitude does not do this as asked: if it stays, do it by hand in Amplitude.";
}

function limitReached(seconds: number | undefined): string {
  const limit = "The limit is reached (429 is throttling, not a bad key).";
  return seconds === undefined
    ? `${limit} Amplitude did not say how long to wait: run again later.`
    : `${limit} Amplitude asks to wait ${seconds} ${seconds === 1 ? "second" : "seconds"}: run again then.`;
}

/** Advice when no answer came at all. Pure. */
export function adviceOnSilence(happened: "no" | "maybe"): string {
  return happened === "no"
    ? "Check the network, the proxy and the base URL, then run again."
    : "It may have happened all the same: look in Amplitude, or run again, which looks first.";
}

/** What it may be where routes, limits and refusals are the playbook's and ours. */
const management: Readonly<Record<number, string>> = {
  404:
    "Check that the object still exists, that the organization id is right, and that the management URL serves these routes: " +
    "Amplitude's own hosts do not. Without that URL such changes are manual steps.",
  409: "It exists already, its project is archived, or the organization has as many of them as it may: look at it, then run again.",
};

/** Sources: https://amplitude.com/docs/apis/analytics/taxonomy. */
const taxonomy: Readonly<Record<number, string>> = {
  400: "Classifications need Data Access Control, which Amplitude Support switches on. Without it do this by hand in Amplitude.",
  404: "Check that the property still exists; the Taxonomy API needs the Enterprise plan.",
  409:
    "A property must be in the tracking plan to be classified, and must have data to be hidden: add it there in Amplitude's pages, " +
    "under Data > Properties, then run again.",
};

function credential(family: Family, context: Context): string {
  const names = context.variables[family];
  return `${names.join(" and ")} ${names.length > 1 ? "were" : "was"} not accepted.`;
}

const elsewhere = "If it works from another machine, review the organization's IP allowlist.";

const region = (context: Context): string =>
  `of the region ${context.region} (a key of the other region is unknown here)`;

/** Sources: the playbook; https://amplitude.com/docs/admin/account-management/scim-provision; https://amplitude.com/docs/apis/keys-and-tokens. */
const notAccepted: Readonly<Record<Family, (context: Context) => string>> = {
  scim: (context) =>
    "Check that nobody regenerated the SCIM key (that kills the old one at once), that it is the SCIM key and not a project or " +
    `organization key, that it is ${region(context)}, and that SCIM is switched on and saved in Access & SSO settings.`,
  "user-management": (context) => orgPair(context),
  "audit-log": (context) => orgPair(context),
  management: (context) => orgPair(context),
  taxonomy: (context) =>
    "Check that the pair under this project's id is the project's own API key and secret key, not rotated since, and " +
    `${region(context)}.`,
  developer: (context) =>
    `Check that the token has not expired or been revoked, and that it is ${region(context)}.`,
};

function orgPair(context: Context): string {
  return (
    "Check that they are the organization's API key and secret key (not a project's), of one pair, not rotated since (Amplitude Support " +
    `issues and rotates them), and ${region(context)}.`
  );
}

function forbidden(family: Family, code: string | undefined, context: Context): string {
  const names = context.variables[family].join(" and ");
  if (code === "org_not_enrolled") {
    return `The organization ${context.orgId} is not enrolled in the early access of the User Management API: ask Amplitude Support to enroll it.`;
  }
  if (code === "org_id_mismatch") {
    return `${names} belong to another organization than ${context.orgId}: use that organization's keys, or correct org_id.`;
  }
  if (code === "insufficient_scope")
    return `${names} lacks a scope: make a token that has projects:read and, for properties, taxonomy:read and taxonomy:write.`;
  return `${names} ${lacks[family]} Check that it is the right kind of key, and that its permissions reach this resource. ${elsewhere}`;
}

const lacks: Readonly<Record<Family, string>> = {
  scim: "lacks the right to do this: SCIM needs the Enterprise plan and a key generated in Access & SSO settings.",
  "user-management":
    "lack the right to do this: the User Management API needs the Enterprise plan and an enrolled organization.",
  "audit-log":
    "lack the right to do this: the audit log needs the organization's keys and a plan that includes it.",
  management:
    "lack the right to do this: management operations take the organization's keys only, and the last administrator can be neither " +
    "removed nor demoted.",
  developer:
    "lacks the right to do this: listing projects needs the scope projects:read, properties taxonomy:read and taxonomy:write.",
  taxonomy: "lacks the right to do this.",
};

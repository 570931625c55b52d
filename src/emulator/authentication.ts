import type { Organization } from "./organization/organization";
import type { ProjectState } from "./seed/schema";

/** What is wrong with a request's credential, in words; undefined where it is right. */
export type Denial = string | undefined;

/** Judges `Authorization: Bearer KEY` for SCIM (https://amplitude.com/docs/apis/analytics/scim). */
export function denyScim(organization: Organization, header: string | undefined): Denial {
  const key = bearer(header);
  if (key === organization.credentials.scimKey) {
    return organization.settings.scimEnabled ? undefined : "SCIM is not enabled for this organization.";
  }
  return (
    otherRegion(organization, key) ?? "The SCIM key is missing or is not the organization's current one."
  );
}

/** Judges Basic org API key and org secret key (https://amplitude.com/docs/apis/user-management). */
export function denyOrganizationKeys(organization: Organization, header: string | undefined): Denial {
  const [user, password] = basic(header);
  const { orgApiKey, orgSecretKey } = organization.credentials;
  if (user === orgApiKey && password === orgSecretKey) return undefined;
  return (
    otherRegion(organization, user) ??
    otherRegion(organization, password) ??
    "The organization's API key and secret key are missing or are not a pair of this organization."
  );
}

/** Judges `Bearer TOKEN` or `Bearer PAT=TOKEN` (https://amplitude.com/docs/apis/developer). */
export function denyToken(organization: Organization, header: string | undefined): Denial {
  const token = bearer(header)?.replace(/^PAT=/, "");
  if (token === organization.credentials.token) return undefined;
  return otherRegion(organization, token) ?? "The token is missing or is not one of this organization.";
}

/** The project whose API key and secret key these are (https://amplitude.com/docs/apis/analytics/taxonomy), or what is wrong with them. */
export function projectOfKeys(
  organization: Organization,
  header: string | undefined,
): { readonly project: ProjectState } | { readonly denial: string } {
  const [user, password] = basic(header);
  const project = organization.projects.values().find((one) => {
    const { apiKey, secretKey } = one.keys ?? defaultProjectKeys(organization.identity.region, one.id);
    return user === apiKey && password === secretKey;
  });
  if (project !== undefined) return { project };
  const denial =
    otherRegion(organization, user) ??
    "The project's API key and secret key are missing or are not a pair of one of its projects.";
  return { denial };
}

/** The key pair of a project that a seed gives none. */
export function defaultProjectKeys(
  region: "us" | "eu",
  id: number,
): { readonly apiKey: string; readonly secretKey: string } {
  return { apiKey: `project-${region}-${id}`, secretKey: `project-secret-${region}-${id}` };
}

function basic(header: string | undefined): readonly [user: string, password: string] {
  const match = /^basic\s+(\S+)$/i.exec(header ?? "");
  const [user = "", ...rest] = Buffer.from(match?.[1] ?? "", "base64")
    .toString("utf8")
    .split(":");
  return [user, rest.join(":")];
}

function bearer(header: string | undefined): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(header ?? "")?.[1];
}

// Nothing in a request says which region it is meant for (Amplitude has a host for each), so the emulator's own
// credentials carry the region in their prefix: scim-us-..., org-eu-...
function otherRegion(organization: Organization, credential: string | undefined): string | undefined {
  const region = /^(?:scim|org|secret|token|project|project-secret)-(us|eu)-/.exec(credential ?? "")?.[1];
  if (region === undefined || region === organization.identity.region) return undefined;
  return (
    `The credential belongs to the ${region.toUpperCase()} region; ` +
    `this organization is in the ${organization.identity.region.toUpperCase()} region.`
  );
}

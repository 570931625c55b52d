import type { Organization } from "./organization/organization";

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
  const match = /^basic\s+(\S+)$/i.exec(header ?? "");
  const [user, ...rest] = Buffer.from(match?.[1] ?? "", "base64")
    .toString("utf8")
    .split(":");
  const password = rest.join(":");
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

function bearer(header: string | undefined): string | undefined {
  return /^bearer\s+(\S+)$/i.exec(header ?? "")?.[1];
}

// Nothing in a request says which region it is meant for (Amplitude has a host for each), so the emulator's own
// credentials carry the region in their prefix: scim-us-..., org-eu-...
function otherRegion(organization: Organization, credential: string | undefined): string | undefined {
  const region = /^(?:scim|org|secret|token)-(us|eu)-/.exec(credential ?? "")?.[1];
  if (region === undefined || region === organization.identity.region) return undefined;
  return (
    `The credential belongs to the ${region.toUpperCase()} region; ` +
    `this organization is in the ${organization.identity.region.toUpperCase()} region.`
  );
}

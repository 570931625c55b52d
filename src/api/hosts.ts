import type { Family } from "./records";

/** Families that Amplitude serves itself; `management` is served only where somebody says so. */
export type PublishedFamily = Exclude<Family, "management">;

/** Base URLs without a trailing slash. */
export type Hosts = Readonly<Record<PublishedFamily, string> & { management?: string }>;

/** Where an organization's data lives; a key of one region is unknown in the other. */
export type Region = "us" | "eu";

/**
 * Amplitude's own hosts per region and family.
 * Sources: https://amplitude.com/docs/apis/analytics/scim, https://amplitude.com/docs/apis/user-management,
 * https://amplitude.com/docs/apis/audit-logs (its newest wording adds the EU host, older copies say there is none),
 * https://amplitude.com/docs/apis/developer, https://amplitude.com/docs/apis/analytics/taxonomy.
 */
export const amplitudeHosts: Readonly<Record<Region, Readonly<Record<PublishedFamily, string>>>> = {
  us: {
    scim: "https://core.amplitude.com",
    "user-management": "https://core.amplitude.com",
    "audit-log": "https://amplitude.com",
    developer: "https://developer-api.amplitude.com",
    taxonomy: "https://amplitude.com",
  },
  eu: {
    scim: "https://core.eu.amplitude.com",
    "user-management": "https://core.eu.amplitude.com",
    "audit-log": "https://analytics.eu.amplitude.com",
    developer: "https://developer-api.eu.amplitude.com",
    taxonomy: "https://analytics.eu.amplitude.com",
  },
};

/** Whether a host name can only be this machine. `hostname` as `URL` gives it. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether every request to this base URL stays on this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}

/**
 * A base URL that credentials may be sent to, without a trailing slash, or why they may not.
 * @param variable environment variable that the text comes from, for the message
 * @param allowed host names of AMPLITUDE_ALLOWED_HOSTS
 */
export function allowedBase(
  variable: string,
  text: string,
  region: Region,
  allowed: readonly string[],
): { readonly base: string } | { readonly problem: string } {
  if (!URL.canParse(text))
    return { problem: `${variable} is not a URL. Write it like https://amplitude.example.com.` };
  const url = new URL(text);
  const host = url.hostname;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return {
      problem: `${variable} may hold a scheme, a host, a port and a path only: no user, query or fragment.`,
    };
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(host))) {
    return {
      problem: `${variable} names ${url.protocol}//${url.host}: only https may carry credentials, except on loopback.`,
    };
  }
  const other = region === "us" ? "eu" : "us";
  if (ownHosts(other).includes(host) && !ownHosts(region).includes(host)) {
    return {
      problem: `${variable} names ${host}, a host of the region ${other}, but the stack says ${region}. Correct one of them.`,
    };
  }
  if (!isLoopback(host) && !ownHosts(region).includes(host) && !allowed.includes(host)) {
    return {
      problem:
        `${variable} names ${host}, which is neither Amplitude's own host nor loopback. ` +
        `If your credentials may go there, add it to AMPLITUDE_ALLOWED_HOSTS.`,
    };
  }
  return { base: `${url.origin}${url.pathname}`.replace(/\/+$/, "") };
}

function ownHosts(region: Region): readonly string[] {
  return Object.values(amplitudeHosts[region]).map((base) => new URL(base).hostname);
}

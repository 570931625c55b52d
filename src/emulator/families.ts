/** A group of routes with one credential and one rate limit. */
export type Family = "scim" | "user-management" | "audit-log" | "developer" | "taxonomy" | "management";

/** Which family a path belongs to; `unknown` where no route of Amplitude's begins so. */
export function familyOf(path: string): Family | "unknown" {
  if (path.startsWith("/scim/1/")) return "scim";
  if (path.startsWith("/user-management/1/")) return "user-management";
  if (path.startsWith("/api/2/audit-logs/")) return "audit-log";
  if (path.startsWith("/api/2/taxonomy/")) return "taxonomy";
  if (path.startsWith("/v1/")) return "developer";
  if (/^\/api\/2\/(?:organizations|projects)(?:\/|$)/.test(path)) return "management";
  return "unknown";
}

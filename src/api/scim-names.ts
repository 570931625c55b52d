import { isRecord } from "./wire";

/** Attributes that are read, in the case in which Amplitude documents them (https://amplitude.com/docs/apis/analytics/scim). */
const names = new Map(
  [
    "totalResults",
    "Resources",
    "id",
    "userName",
    "emails",
    "value",
    "name",
    "givenName",
    "familyName",
    "active",
    "displayName",
    "display",
    "members",
  ].map((name) => [name.toLowerCase(), name]),
);
const documented = new Set(names.values());

/** The same answer with its attributes in the documented case: SCIM compares their names without it (RFC 7643, section 2.1). */
export function inDocumentedCase(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(inDocumentedCase);
  if (!isRecord(body)) return body;
  const renamed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    const name = documented.has(key) ? key : (names.get(key.toLowerCase()) ?? key);
    // One that is there in the documented case is the one.
    if (name !== key && name in body) continue;
    renamed[name] = inDocumentedCase(value);
  }
  return renamed;
}

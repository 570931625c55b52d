import { canonicalEmail } from "../schema";

/** The canonical e-mail that a text of the audit log is; undefined where it is a name, an id or anything else. */
export function addressIn(text: unknown): string | undefined {
  const trimmed = typeof text === "string" ? canonicalEmail(text) : "";
  return /^[^\s@<>]+@[^\s@<>]+$/.test(trimmed) ? trimmed : undefined;
}

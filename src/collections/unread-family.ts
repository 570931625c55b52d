import * as z from "zod";
import { ApiFailure, OtherOrganization, proofRecord } from "../api";

/** A family that has credentials and could not be read, and why: what was asked, on which address, what the other side said, what to do. */
export const unreadFamily = z.strictObject({ family: proofRecord.shape.family, reason: z.string() });
export type UnreadFamily = Readonly<z.infer<typeof unreadFamily>>;

const MOMENTARY = new Set([408, 429]);

/**
 * Why a family is unknown, where its API has answered, and answered otherwise than documented: a refusal, another shape. Nothing is known of it
 * then, and what needs it waits. undefined for what may be over in a moment (no answer, 408, 429, 5xx): that ends the run, which is to be run
 * again, because a plan of what happens to be up would look like a decision. So does a
 * credential of another organization, which is a wrong setting. Without a full stop: it stands in a list.
 */
export function unreadReason(error: unknown): string | undefined {
  if (!(error instanceof ApiFailure) || error instanceof OtherOrganization) return undefined;
  if (error.status === undefined) return undefined;
  return error.status >= 500 || MOMENTARY.has(error.status) ? undefined : error.message.replace(/\.$/, "");
}

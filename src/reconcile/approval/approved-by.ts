import { createHash } from "node:crypto";
import { z } from "zod";
import { fileProblem, seal, unseal, type FileFormat } from "../base/sealed-file";

const FORMAT: FileFormat = {
  what: "list of what is approved",
  format: "amplitude-access/approved-by",
  version: 1,
};

const approvedBySchema = z.strictObject({
  organization: z.string(),
  /** Digests of the plans that were reviewed, whole. */
  plans: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
  /** Ids of the steps that may run. */
  steps: z.array(z.string()),
  /** Approvals and confirmations that count, by the digest of their text. */
  files: z.array(z.strictObject({ file: z.string(), digest: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** What trusted code found approved: it read the reviews, the files themselves say nothing about that. */
export type ApprovedBy = z.infer<typeof approvedBySchema>;

export function approvedByText(approved: ApprovedBy): string {
  return seal(FORMAT, approved);
}

/** Reads such a list of this organization. Throws DiagnosticError when it was edited, or is of another one. */
export function parseApprovedBy(text: string, file: string, organization: string): ApprovedBy {
  const approved = unseal(FORMAT, text, file, approvedBySchema);
  if (approved.organization === organization) return approved;
  throw fileProblem(
    FORMAT,
    file,
    `It is of organization ${approved.organization}, and this run is for ${organization}`,
  );
}

/** SHA-256 of a reviewed file as it is. */
export function reviewedDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

import { z } from "zod";
import type { Policy } from "../desired/declaration";
import { fileProblem, seal, unseal, type FileFormat } from "./sealed-file";

const FORMAT: FileFormat = { what: "base", format: "amplitude-access/base", version: 1 };

/** Shape of one entry in a file. */
export const entrySchema = z.strictObject({
  kind: z.string(),
  key: z.string(),
  /** Amplitude's id, where the object has one. */
  id: z.string().optional(),
  label: z.string(),
  /** The declaration last in effect, references followed. */
  config: z.record(z.string(), z.unknown()),
  /** false while some of its steps are still to be done. */
  complete: z.boolean(),
  /** It is a key whose making was begun, and whose value is not known to have arrived. */
  unhanded: z.literal(true).optional(),
  /** Canonical e-mails of everybody who ever knew what it keeps secret, and of those who were seen in the organization. */
  knowing: z.strictObject({ people: z.array(z.string()), seen: z.array(z.string()) }).optional(),
});

/** Shape of what is recorded of access around declarations. */
export const foundSchema = z.strictObject({
  /** Kinds of which it was read. */
  kinds: z.array(z.string()),
  /** Whom and what declarations spoke of: `person ana@nova.agency`, `project 288501`. */
  subjects: z.array(z.string()),
  /** What was there and no stack declared, by kind and key, with its role. */
  objects: z.record(z.string(), z.string()),
});

/** Shape of a policy in a file. */
export const policySchema = z.strictObject({
  ownsGroups: z.array(z.string()),
  ownsGrantsOn: z.array(z.string()),
  ownsPeopleOf: z.array(z.string()),
  minimumAdmins: z.number(),
  admins: z.array(z.string()),
  breakGlass: z.array(z.string()),
  operator: z.string().optional(),
  maximumRemovalPercent: z.number().optional(),
  maximumRemovals: z.number().optional(),
  maximumInvitations: z.number().optional(),
});

const baseSchema = z.strictObject({
  organization: z.strictObject({ orgId: z.string(), host: z.string() }),
  entries: z.record(z.string(), entrySchema),
  /** Canonical e-mails that were seen in the organization at the end of the last run. */
  present: z.array(z.string()),
  /** Those of them whom we removed since. */
  removed: z.array(z.string()),
  /** Those whom somebody else removed; they are not invited again unless a line says so. */
  removedOutside: z.array(z.string()),
  /** Of those present, whom we invited and of whom nothing has shown that they accepted: when it was, RFC 3339. */
  invited: z.record(z.string(), z.iso.datetime()).optional(),
  /** What was around declarations when they were first applied. A state of 0.1 has none. */
  found: foundSchema.optional(),
  /** Group ids at the end of the last run: they tell this organization from another one. */
  groupIds: z.array(z.string()),
  policy: policySchema.optional(),
  /** Amplitude's own ids of people, by canonical e-mail, where a list shows them: they stay when an address changes. */
  memberIds: z.record(z.string(), z.string()).optional(),
  /** Old address to new one, of people whom Amplitude shows under another one and a stack names by the old one. */
  changedEmails: z.record(z.string(), z.string()).optional(),
  /** Whoever is new and may be somebody who is gone: their e-mail, and that of the one who is gone. */
  lookAlikes: z.record(z.string(), z.string()).optional(),
  /** What lookups found, by their address: its name then, and its id. */
  lookups: z.record(z.string(), z.strictObject({ name: z.string(), id: z.string() })).optional(),
  /** When the last run ended, RFC 3339: a clock that is behind it is wrong, or was then. */
  at: z.iso.datetime().optional(),
  /** Kind and key of what took a new generation and is gone: nothing is made again under that key. */
  spent: z.array(z.string()).optional(),
  /** What stacks stated that Amplitude never sees, by subject: `engagement nova`. */
  facts: z.record(z.string(), z.json()).optional(),
});

/** One declaration that is in effect. */
export type BaseEntry = z.infer<typeof entrySchema>;

/** What code has brought into effect in one organization and not yet revoked: the memory that Terraform has in its state. */
export type Base = Omit<z.infer<typeof baseSchema>, "policy"> & { readonly policy?: Policy | undefined };

/** A base that remembers nothing. */
export function emptyBase(organization: Base["organization"]): Base {
  return { organization, entries: {}, present: [], removed: [], removedOutside: [], groupIds: [] };
}

/** What is remembered of an object, whichever address it has had. */
export function entryOfKey(
  { entries }: Base,
  { type }: { readonly type: string },
  key: string,
): BaseEntry | undefined {
  return Object.values(entries).find((entry) => entry.kind === type && entry.key === key);
}

/** The file's text, with a digest over its content. */
export function baseText(base: Base): string {
  return seal(FORMAT, base);
}

/**
 * Reads a base file of this organization.
 *
 * @throws DiagnosticError when the file was edited, cut short, is of another version or of another organization
 */
export function parseBase(text: string, file: string, organization: Base["organization"]): Base {
  const { policy, ...base } = unseal(FORMAT, text, file, baseSchema);
  const { orgId, host } = base.organization;
  if (orgId !== organization.orgId || host !== organization.host) {
    const theirs = `organization ${orgId} on ${host}`;
    throw fileProblem(
      FORMAT,
      file,
      `It is of ${theirs}, and this run is for organization ${organization.orgId} on ${organization.host}`,
    );
  }
  return { ...base, ...(policy === undefined ? {} : { policy: { ...policy, operator: policy.operator } }) };
}

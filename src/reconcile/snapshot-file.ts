import { z } from "zod";
import { rowSchemas } from "../collections";
import { witnessSchema, type Snapshot } from "../resources";
import { fileProblem, seal, unseal, type FileFormat } from "./base/sealed-file";

const FORMAT: FileFormat = {
  what: "snapshot",
  format: "amplitude-access/snapshot",
  version: 2,
  older: new Map([[1, ofVersion1]]),
};

const managed1 = z.looseObject({
  snapshot: z.looseObject({ management: z.looseObject({}).optional() }),
});

/** Version 1 had the rows that the management family serves in a part of their own. */
function ofVersion1(content: Record<string, unknown>): Record<string, unknown> {
  const { data } = managed1.safeParse(content);
  if (data?.snapshot.management === undefined) return content;
  const { moduleGrants: modules, ...management } = data.snapshot.management;
  return { ...data, snapshot: { ...data.snapshot, modules, management } };
}

const proofSchema = z.strictObject({
  family: z.enum(["scim", "user-management", "audit-log", "developer", "taxonomy", "management"]),
  collection: z.string(),
  requests: z.number(),
  rows: z.number(),
  total: z.number().optional(),
  startedAt: z.string(),
  endedAt: z.string(),
});

const managementSchema = z.strictObject({
  settings: z
    .strictObject({
      ssoEnforced: z.boolean(),
      jitDefaultRole: z.string().optional(),
      scimEnabled: z.boolean(),
      mfaRequired: z.boolean(),
      ipAllowlist: z.array(z.string()),
    })
    .optional(),
  members: z.array(
    z.strictObject({
      email: z.string(),
      role: z.string(),
      status: z.enum(["pending", "joined"]),
      lastLogin: z.string().optional(),
    }),
  ),
  projects: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      archived: z.boolean(),
      environment: z.string().optional(),
      addOns: z.array(z.string()),
    }),
  ),
  apiKeys: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      projectId: z.string().optional(),
      label: z.string(),
      createdAt: z.string(),
    }),
  ),
});

const moments = z.array(z.strictObject({ email: z.string(), at: z.string() }));

const administrationSchema = z.strictObject({
  since: z.string(),
  promoted: moments,
  demoted: moments,
});

const snapshotSchema = z.strictObject({
  ...rowSchemas,
  people: z.array(
    z.strictObject({
      email: z.string(),
      givenName: z.string().optional(),
      familyName: z.string().optional(),
      memberId: z.string().optional(),
    }),
  ),
  groups: z.array(z.strictObject({ id: z.string(), name: z.string(), members: z.array(z.string()) })),
  roles: z.array(z.strictObject({ id: z.string(), name: z.string(), custom: z.boolean() })),
  assignments: z.array(
    z.strictObject({
      id: z.string(),
      principalType: z.enum(["user", "group"]),
      principal: z.string(),
      projectId: z.string(),
      roleId: z.string(),
    }),
  ),
  projects: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  management: managementSchema.optional(),
  properties: z
    .array(
      z.strictObject({
        projectId: z.string(),
        type: z.enum(["user", "event", "group"]),
        items: z.array(
          z.strictObject({ name: z.string(), hidden: z.boolean(), classifications: z.array(z.string()) }),
        ),
      }),
    )
    .optional(),
  userManagementGroupIds: z.array(z.string()).optional(),
  userManagementGroups: z.array(z.strictObject({ id: z.string(), name: z.string().optional() })).optional(),
  administration: administrationSchema.optional(),
  witnesses: z.array(witnessSchema).optional(),
  proofs: z.array(proofSchema),
  families: z.array(proofSchema.shape.family),
});

const fileSchema = z.strictObject({
  organization: z.strictObject({ orgId: z.string(), host: z.string() }),
  /** RFC 3339. */
  readAt: z.string(),
  snapshot: snapshotSchema,
});

/** A snapshot as it is saved: of which organization, and when. It holds names and e-mails. */
export interface SavedSnapshot {
  readonly organization: { readonly orgId: string; readonly host: string };
  readonly readAt: string;
  readonly snapshot: Snapshot;
}

export function snapshotText(saved: SavedSnapshot): string {
  return seal(FORMAT, saved);
}

/** Throws DiagnosticError when the file was edited, cut short, or is of another version or organization. */
export function parseSnapshot(
  text: string,
  file: string,
  { orgId, host }: SavedSnapshot["organization"],
): SavedSnapshot {
  const saved = unseal(FORMAT, text, file, fileSchema) as SavedSnapshot;
  if (saved.organization.orgId !== orgId || saved.organization.host !== host) {
    throw fileProblem(
      FORMAT,
      file,
      `It is of organization ${saved.organization.orgId} on ${saved.organization.host}, and this run is for ${orgId} on ${host}`,
    );
  }
  return saved;
}

import { z } from "zod";
import { collections, snapshotSchema } from "../collections";
import { fileProblem, seal, unseal, type FileFormat } from "./base/sealed-file";

const FORMAT: FileFormat = {
  what: "snapshot",
  format: "amplitude-access/snapshot",
  version: 2,
  older: new Map([[1, ofVersion1]]),
};

const fileSchema = z.strictObject({
  organization: z.strictObject({ orgId: z.string(), host: z.string() }).readonly(),
  /** RFC 3339. */
  readAt: z.string(),
  snapshot: snapshotSchema,
});

/** A snapshot as it is saved: of which organization, and when. It holds names and e-mails. */
export type SavedSnapshot = Readonly<z.infer<typeof fileSchema>>;

export function snapshotText(saved: SavedSnapshot): string {
  return seal(FORMAT, saved);
}

/** Throws DiagnosticError when the file was edited, cut short, or is of another version or organization. */
export function parseSnapshot(
  text: string,
  file: string,
  { orgId, host }: SavedSnapshot["organization"],
): SavedSnapshot {
  const saved = unseal(FORMAT, text, file, fileSchema);
  if (saved.organization.orgId !== orgId || saved.organization.host !== host) {
    throw fileProblem(
      FORMAT,
      file,
      `It is of organization ${saved.organization.orgId} on ${saved.organization.host}, and this run is for ${orgId} on ${host}`,
    );
  }
  return saved;
}

const rows = z.array(z.unknown());
const version1 = z.looseObject({
  snapshot: z.looseObject({
    management: z
      .strictObject({
        settings: z.unknown().optional(),
        members: rows,
        projects: rows,
        moduleGrants: rows,
        apiKeys: rows,
      })
      .optional(),
    userManagementGroupIds: z.array(z.string()).optional(),
    families: z.array(z.string()),
  }),
});

/** Version 1 had no rows, instead of nothing, where nobody could read them, and those of the management family in a part of their own. */
function ofVersion1(content: Record<string, unknown>): Record<string, unknown> {
  const { data } = version1.safeParse(content);
  if (data === undefined) return content;
  const { management, userManagementGroupIds: ids, ...others } = data.snapshot;
  const read = new Set(others.families);
  const unread = Object.entries(collections)
    .filter(([, { family, partlyKnown }]) => !read.has(family) && partlyKnown !== true)
    .map(([name]) => name);
  const snapshot = {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !unread.includes(name))),
    ...(ids !== undefined && { userManagementGroups: ids.map((id) => ({ id })) }),
    ...(management !== undefined && {
      ...(management.settings !== undefined && { settings: [management.settings] }),
      members: management.members,
      managedProjects: management.projects,
      modules: management.moduleGrants,
      keys: management.apiKeys,
    }),
  };
  return { ...data, snapshot };
}

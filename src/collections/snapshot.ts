import * as z from "zod";
import { proofRecord, unknownRow } from "../api";
import { allCollections, type CollectionName, type RowOf } from "./registry";
import { unreadFamily } from "./unread-family";
import { witnessSchema } from "./witness";

/** The rows of every collection as they are saved; undefined where nobody could read them. */
const rowSchemas = Object.fromEntries(
  allCollections.map(([name, { row }]) => [name, z.array(row).optional()]),
) as unknown as { readonly [N in CollectionName]: z.ZodOptional<z.ZodType<readonly RowOf<N>[]>> };

const collectionName = z.enum(allCollections.map(([name]) => name));

const moments = z.array(z.strictObject({ email: z.string(), at: z.string() })).readonly();

/** Who became an administrator of the organization, as far as its audit log tells. Canonical e-mails; times in RFC 3339. */
const administrationLog = z.strictObject({
  /** Of what was before, nothing is known. */
  since: z.string(),
  /** Who was made an administrator, or may have been, and was not demoted since. */
  promoted: moments,
  /** Whose last change of role took administration. */
  demoted: moments,
  /** The last promotion, and the last demotion, of somebody whom the log names by no address: it may be anybody's. */
  unnamed: z
    .strictObject({ promoted: z.string().optional(), demoted: z.string().optional() })
    .readonly()
    .default({}),
});
export type AdministrationLog = Readonly<z.infer<typeof administrationLog>>;

/** The live organization as it was read, whole, with the proof. A value: it can be saved, and planned from later. */
export const snapshotSchema = z.strictObject({
  ...rowSchemas,
  /** What the audit log says of administrators; undefined where nobody asked it. */
  administration: administrationLog.readonly().optional(),
  /** What the role API answered of single groups and projects; only of those that were asked for. */
  witnesses: z.array(witnessSchema).readonly().optional(),
  proofs: z.array(proofRecord).readonly(),
  /** Rows that are not understood, by collection: absent where there is none. */
  unknownRows: z
    .array(unknownRow.extend({ collection: collectionName }))
    .readonly()
    .optional(),
  /** Families that did not answer as documented, and why; absent where there is none. */
  unread: z.array(unreadFamily).readonly().optional(),
  /** Families that answered. What belongs to the others could not be read, which is not the same as empty. */
  families: z.array(proofRecord.shape.family).readonly(),
});
export type Snapshot = Readonly<z.infer<typeof snapshotSchema>>;

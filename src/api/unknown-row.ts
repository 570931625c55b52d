import * as z from "zod";

/** A row of a list that we do not understand, because Amplitude's API has changed. It is counted and shown, and nothing is taken away that could rest on it. */
export const unknownRow = z.strictObject({
  /** The row as it came, shortened. */
  says: z.string(),
  /** What of it is not as documented: `principalType: Invalid option`. */
  why: z.string(),
  /** Every id and address in it. */
  mentions: z.array(z.string()).readonly(),
});
export type UnknownRow = Readonly<z.infer<typeof unknownRow>>;

import * as z from "zod";

const access = z.strictObject({
  principalType: z.enum(["user", "group"]),
  principal: z.string(),
  projectId: z.string(),
  roleId: z.string(),
  roleName: z.string(),
});

/**
 * What the role API answered of one group or one project when it was asked for it alone: a second list, beside the one that a plan is made
 * from (`GET /groups/{id}/members`, `GET /projects/{id}/access`: https://amplitude.com/docs/apis/user-management).
 */
export const witnessSchema = z.strictObject({
  of: z.enum(["group", "project"]),
  id: z.string(),
  name: z.string(),
  /** Who is in the group, as the role API names people: an address, or an id of its own. */
  members: z.array(z.string()).optional(),
  /** Who reaches the project, and by which role. */
  access: z.array(access).optional(),
  /** Why there is no answer, in words. */
  unavailable: z.string().optional(),
});

export type Witness = Readonly<z.infer<typeof witnessSchema>>;

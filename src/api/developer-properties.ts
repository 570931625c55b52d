import { createHash } from "node:crypto";
import * as z from "zod";
import type { Clock } from "./clock";
import { readWhole, walkCursors } from "./pages";
import type { PropertyRecord, PropertyRoutes } from "./property";
import type { Transport } from "./transport";
import { arrived, pagination, segment } from "./wire";

/* User properties of the Developer API (early access): https://amplitude.com/docs/apis/developer. */

/** Largest page: documented as 1..200. */
const pageSize = 200;

const row = z
  .object({
    property_name: z.string().min(1),
    is_hidden: z.boolean(),
    classifications: z.array(z.string()).nullish(),
  })
  .transform(({ property_name, is_hidden, classifications }): PropertyRecord => ({
    name: property_name,
    hidden: is_hidden,
    classifications: classifications ?? [],
  }));

const page = z.object({ data: z.array(row), pagination });

/**
 * Users' properties over a token with taxonomy:read and taxonomy:write. A project's id belongs to one organization, so that another one's
 * token finds nothing there.
 * @throws as every method: ApiFailure, FamilyUnavailable, NotWhole (lists), ReadOnly (writes)
 */
export function developerPropertiesOf(
  transport: Transport,
  clock: Clock,
  random: () => number,
): PropertyRoutes {
  const family = "developer";
  const path = (projectId: string): string => `/v1/projects/${segment(projectId)}/user-properties`;
  let writes = 0;

  /** The same for every repetition of one write, another for the next one. */
  const idempotencyKey = (about: string): string =>
    createHash("sha256")
      .update(JSON.stringify([about, ++writes, clock.now(), random(), process.pid]))
      .digest("hex");

  return {
    list: ({ projectId }) =>
      readWhole<PropertyRecord>({ family, name: `user properties of project ${projectId}`, clock }, () =>
        walkCursors(
          async (cursor) => {
            const query = { limit: pageSize, cursor };
            const answer = await transport.send({ family, method: "GET", path: path(projectId), query });
            const { data, pagination } = arrived(page, answer);
            const { nextCursor, next_cursor, hasMore, has_more } = pagination;
            const next = next_cursor ?? nextCursor;
            return {
              rows: data,
              next: next == null ? null : String(next),
              more: has_more ?? hasMore ?? undefined,
            };
          },
          ({ name }) => name,
        ),
      ),

    async update({ projectId }, name, { hidden, classifications }) {
      const body = {
        ...(hidden === undefined ? {} : { is_hidden: hidden }),
        ...(classifications === undefined ? {} : { classifications }),
      };
      if (Object.keys(body).length === 0) return;
      const target = `${path(projectId)}/${segment(name)}`;
      const call = { family, method: "PATCH", path: target, body } as const;
      await transport.send({ ...call, idempotencyKey: idempotencyKey(target) });
    },
  };
}

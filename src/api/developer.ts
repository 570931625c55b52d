import * as z from "zod";

import type { Listing, ProjectRecord } from "./records";
import type { Clock } from "./clock";
import { OtherOrganization } from "./failure";
import { walkCursors } from "./pages";
import type { Transport } from "./transport";
import { readUnderstood } from "./understood-rows";
import { arrived, id, pagination } from "./wire";

/* Developer API (early access): https://amplitude.com/docs/apis/developer. Its lists are `{data, pagination: {next_cursor, has_more}}`. */

/** Largest page: documented as 1..200. */
const pageSize = 200;

const arrivedProjects = z.object({
  data: z.array(z.unknown()),
  pagination,
});

const arrivedProject = z.object({ id, name: z.string() });

const organization = z.object({ id });

const arrivedContext = z.object({
  org: organization.nullish(),
  principal: z.object({ org_id: id.nullish() }).nullish(),
});

const context = z.union([z.object({ data: arrivedContext }).transform(({ data }) => data), arrivedContext]);

export interface DeveloperRead {
  projects(): Promise<Listing<ProjectRecord>>;
}

export function developerOf(transport: Transport, clock: Clock, orgId: string): DeveloperRead {
  const family = "developer";

  /** A token chooses its organization by itself: another one's project ids must not pass for ours. */
  const checkOrganization = async (): Promise<void> => {
    const answer = await transport.send({ family, method: "GET", path: "/v1/context" });
    const { org, principal } = arrived(context, answer);
    const said = org?.id ?? principal?.org_id;
    if (said !== orgId)
      throw new OtherOrganization(
        answer.failure(
          `its token belongs to the organization ${said ?? "unknown"}, and the stack to ${orgId}: use that organization's token, or correct org_id`,
        ),
      );
  };

  let checking: Promise<void> | undefined;

  return {
    async projects() {
      // Once per connection, unless it failed.
      await (checking ??= checkOrganization().catch((error: unknown) => {
        checking = undefined;
        throw error;
      }));
      return readUnderstood<ProjectRecord>({ family, name: "projects", clock }, (understood) =>
        walkCursors(
          async (cursor) => {
            const answer = await transport.send({
              family,
              method: "GET",
              path: "/v1/projects",
              query: { limit: pageSize, cursor },
            });
            const page = arrived(arrivedProjects, answer);
            const { nextCursor, next_cursor, hasMore, has_more } = page.pagination;
            const next = next_cursor ?? nextCursor;
            const rows = understood(arrivedProject, page.data, answer);
            return { rows, next: next == null ? null : String(next), more: has_more ?? hasMore ?? undefined };
          },
          (project) => project.id,
        ),
      );
    },
  };
}

import * as z from "zod";

import type { ListOptions, UserManagementWrite } from "./api";
import type { AccessRecord, AssignmentRecord, ListedGroup, RoleRecord } from "./records";
import type { Clock } from "./clock";
import type { Call } from "./exchange";
import { paced, walkCursors } from "./pages";
import type { Spellings } from "./spellings";
import type { Transport } from "./transport";
import { readUnderstood } from "./understood-rows";
import { arrived, id, numeric, optionalText, pagination, sameAddress, segment } from "./wire";

/* User Management API (early access): https://amplitude.com/docs/apis/user-management, and a page per operation below it. */

const root = "/user-management/1";
/** Largest page: documented as 1..200, 50 when omitted. */
export const userManagementPage = 200;

/** In any case: what else it may be is no principal that is known here. */
const principalType = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(["user", "group"]));

const arrivedAssignment = z
  .object({ id, principalType, principalId: id, projectId: id, roleId: z.string().min(1) })
  .transform(({ id, principalType, principalId, projectId, roleId }): AssignmentRecord => ({
    id,
    principalType,
    principal: principalId,
    projectId,
    roleId,
  }));

/** The answer to a create is cut off in the documentation: bare, or in an envelope. */
const createdAssignment = z.union([
  arrivedAssignment,
  z.object({ data: arrivedAssignment }).transform(({ data }) => data),
]);

/** Amplitude's own roles: https://amplitude.com/docs/admin/account-management/user-roles-permissions. */
const builtIn: ReadonlySet<string> = new Set(["Viewer", "Member", "Manager", "Admin"]);

const arrivedRole = z
  .object({
    uuid: z.string().min(1).nullish(),
    id: id.nullish(),
    name: z.string(),
    orgId: id.nullish(),
    tags: z.object({ type: z.unknown().optional() }).nullish(),
  })
  .transform((role, context): RoleRecord => {
    const uuid = role.uuid ?? role.id;
    if (uuid == null) {
      context.addIssue({ code: "custom", message: "a role without uuid" });
      return z.NEVER;
    }
    // Whether built-in roles carry an organization or tags is undocumented; a type, where there is one, is decisive.
    const type = role.tags?.type;
    const custom =
      typeof type === "string" ? type === "custom" : role.orgId != null && !builtIn.has(role.name);
    return { id: uuid, name: role.name, custom };
  });

/** Named `appId` here and `projectId` elsewhere; how it was granted is cut off in the documentation. */
const arrivedAccess = z
  .object({ principalType, principalId: id, appId: id.nullish(), projectId: id.nullish(), role: arrivedRole })
  .transform((row) => ({ ...row, projectId: row.appId ?? row.projectId }));

const arrivedListedGroup = z
  .object({ groupId: id.nullish(), id: id.nullish(), name: optionalText })
  .transform(({ groupId, id: other, name }, context): ListedGroup => {
    const known = groupId ?? other;
    if (known == null) {
      context.addIssue({ code: "custom", message: "a group without groupId" });
      return z.NEVER;
    }
    return { id: known, ...(name === undefined ? {} : { name }) };
  });

/** Rows are read one by one. */
const arrivedPage = z.object({ data: z.array(z.unknown()), pagination });

export function userManagementOf(
  transport: Transport,
  clock: Clock,
  orgId: string,
  spellings: Spellings,
): UserManagementWrite {
  const family = "user-management";

  /** `orgId` is required on every operation, and must agree with the keys. */
  const send = (call: Omit<Call, "family">) =>
    transport.send({ ...call, family, path: `${root}${call.path}`, query: { orgId, ...call.query } });

  const list = <T>(
    name: string,
    path: string,
    row: z.ZodType<T>,
    key: ((row: T) => string) | undefined,
    filter: Call["query"] = {},
    { pace }: ListOptions = {},
  ) =>
    readUnderstood<T>({ family, name, clock }, (understood) =>
      walkCursors<T>(
        paced(pace, async (cursor) => {
          const answer = await send({
            method: "GET",
            path,
            query: { ...filter, limit: userManagementPage, cursor },
          });
          const page = arrived(arrivedPage, answer);
          const { nextCursor, next_cursor, hasMore, has_more } = page.pagination;
          const next = nextCursor ?? next_cursor;
          return {
            rows: understood(row, page.data, answer),
            next: next == null ? null : String(next),
            more: hasMore ?? has_more ?? undefined,
          };
        }),
        key,
      ),
    );

  return {
    roles: () => list("roles", "/roles", arrivedRole, (role) => role.id),

    async assignments(filter = {}, options) {
      const { principal, projectId } = filter;
      const query = { principalId: principal && spellings.of(principal), projectId };
      const listing = await list(
        "role assignments",
        "/project-role-assignments",
        arrivedAssignment,
        (row) => row.id,
        query,
        options,
      );
      const asked = (row: AssignmentRecord): boolean =>
        (principal === undefined || sameAddress(row.principal, principal)) &&
        (projectId === undefined || row.projectId === projectId);
      return { ...listing, items: listing.items.filter(asked) };
    },

    async assignment(assignmentId) {
      const answer = await send({ method: "GET", path: assignmentPath(assignmentId), absence: "documented" });
      return answer.absent ? undefined : arrived(createdAssignment, answer);
    },

    listedGroups: () => list("group ids", "/groups", arrivedListedGroup, (group) => group.id),

    groupMembers: (groupId) =>
      list(
        `members of group ${groupId}`,
        `/groups/${segment(groupId)}/members`,
        // Documented as strings, "user ids": an address or an id of Amplitude's own.
        id,
        (member) => member,
      ),

    async effectiveAccess(projectId) {
      const listing = await list(
        `access to project ${projectId}`,
        `/projects/${segment(projectId)}/access`,
        arrivedAccess,
        undefined,
      );
      return {
        ...listing,
        items: listing.items.map((row): AccessRecord => ({
          principalType: row.principalType,
          principal: row.principalId,
          projectId: row.projectId ?? projectId,
          roleId: row.role.id,
          roleName: row.role.name,
        })),
      };
    },

    async createAssignment({ principalType, principal, projectId }, roleId) {
      const answer = await send({
        method: "POST",
        path: "/project-role-assignments",
        // A group's id is a number here, and a string in what comes back.
        body: {
          principalType,
          principalId: principalType === "group" ? numeric(principal) : spellings.of(principal),
          projectId: numeric(projectId),
          roleId,
        },
      });
      return arrived(createdAssignment, answer);
    },

    async updateAssignment(assignmentId, roleId) {
      await send({ method: "PATCH", path: assignmentPath(assignmentId), body: { roleId } });
    },

    async deleteAssignment(assignmentId) {
      await send({ method: "DELETE", path: assignmentPath(assignmentId), absence: "documented" });
    },
  };
}

function assignmentPath(assignmentId: string): string {
  return `/project-role-assignments/${segment(assignmentId)}`;
}

import type { z } from "zod";

import { canonicalEmail } from "../schema";
import type { ManagementWrite } from "./api";
import type { Clock } from "./clock";
import type { Call } from "./exchange";
import { ApiFailure, OtherOrganization } from "./failure";
import {
  arrivedApiKey,
  arrivedList,
  arrivedManagedProject,
  arrivedMember,
  arrivedModuleGrant,
  arrivedSettings,
  arrivedValue,
} from "./management-rows";
import { type Reading, walkCursors } from "./pages";
import type { Listing, MemberRecord } from "./records";
import { Secret } from "./secret";
import type { Spellings } from "./spellings";
import type { Transport } from "./transport";
import { readUnderstood } from "./understood-rows";
import { arrived, numeric, sameAddress, segment } from "./wire";
import { Witness } from "./witness";

/*
 * Amplitude publishes no management API. The playbook ("Programmatic User Management") gives POST and DELETE of an organization's members
 * and POST of a project's; every other route here follows their shape and is ours, as are bodies and lists.
 */

/** Ours: 1..200, 100 when omitted. */
const pageSize = 200;

/** Answers of a server that has no such route; a 404 may be a page of it. */
const NOT_SERVED = new Set<number | undefined>([404, 405, 501]);

const idOf = ({ id }: { readonly id: string }): string => id;

/**
 * The management routes.
 * @throws as every method: ApiFailure, FamilyUnavailable, NotWhole (lists), ReadOnly (writes), RangeError for an id that is none
 */
export function managementOf(
  transport: Transport,
  clock: Clock,
  orgId: string,
  spellings: Spellings,
): ManagementWrite {
  const family = "management";
  const organization = `/api/2/organizations/${segment(orgId)}`;
  const memberPath = (email: string): string => `${organization}/members/${segment(spellings.of(email))}`;

  const send = (call: Omit<Call, "family">) => transport.send({ ...call, family });

  /** No errors are documented, so that "no such object" counts only where the list lacks it too. */
  const remove = async <T>(
    path: string,
    key: string,
    witness: Witness<T>,
    rest: Pick<Call, "confidential"> = {},
  ): Promise<void> => {
    const answer = await send({ method: "DELETE", path, absence: [404], ...rest });
    if (answer.absent) await witness.confirmGone(answer, key);
    else witness.wrote(key);
  };

  /** Nothing to change sends nothing. */
  const patch = async (path: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
    if (Object.values(body).some((value) => value !== undefined)) await send({ method: "PATCH", path, body });
  };

  const list = <T>(
    name: string,
    call: Pick<Call, "path" | "query" | "confidential">,
    row: z.ZodType<T>,
    key: (row: T) => string,
  ) =>
    readUnderstood<T>(
      { family, name, clock },
      async (understood) =>
        ended(
          await walkCursors<T>(async (cursor) => {
            const query = { ...call.query, limit: pageSize, cursor };
            const answer = await send({ ...call, method: "GET", query });
            const page = arrived(arrivedList, answer);
            return { rows: understood(row, page.data, answer), next: page.next_cursor };
          }, key),
        ),
      call.confidential,
    );

  /** One row of a list, asked singly. Where the route says that there is none, or is not served at all, the list decides. */
  const one = async <T>(
    call: Pick<Call, "path" | "confidential">,
    schema: z.ZodType<T>,
    [key, wanted, all]: readonly [key: (row: T) => string, wanted: string, all: () => Promise<Listing<T>>],
  ): Promise<T | undefined> => {
    const isIt = (row: T): boolean => sameAddress(key(row), wanted);
    const answer = await send({ ...call, method: "GET", absence: [404] }).catch((error: unknown) => {
      if (error instanceof ApiFailure && NOT_SERVED.has(error.status)) return undefined;
      throw error;
    });
    const found = schema.safeParse(answer?.body);
    if (!found.success) return (await all()).items.find(isIt);
    if (answer !== undefined && !isIt(found.data))
      throw answer.failure(`it is another one (${key(found.data)})`);
    return found.data;
  };

  const members = () =>
    list("members", { path: `${organization}/members` }, arrivedMember, ({ email }) => email.toLowerCase());

  const managedProjects = () =>
    list(
      "managed projects",
      { path: "/api/2/projects", query: { include_archived: "true" } },
      arrivedManagedProject,
      ({ id }) => id,
    );

  const moduleGrants = () =>
    list("module grants", { path: `${organization}/module-grants` }, arrivedModuleGrant, ({ id }) => id);

  const apiKeys = () =>
    list("API keys", { path: `${organization}/api-keys`, confidential: true }, arrivedApiKey, ({ id }) => id);

  const witness = <T>(name: string, key: (row: T) => string, all: () => Promise<Listing<T>>) =>
    new Witness<T>({ name, key, read: async () => (await all()).items });
  const membersAs = witness("members", ({ email }: MemberRecord) => canonicalEmail(email), members);
  const modulesAs = witness("module grants", idOf, moduleGrants);
  const keysAs = witness("API keys", idOf, apiKeys);

  return {
    async settings() {
      const answer = await send({ method: "GET", path: organization });
      const { orgId: said, settings } = arrived(arrivedSettings, answer);
      if (said !== orgId) throw new OtherOrganization(answer.failure(`it is another organization (${said})`));
      return settings;
    },

    members,

    member: async (email) =>
      await one({ path: memberPath(email) }, arrivedMember, [(row) => row.email, email, members]),

    managedProjects,

    managedProject: async (id) =>
      await one({ path: `/api/2/projects/${segment(id)}` }, arrivedManagedProject, [
        idOf,
        id,
        managedProjects,
      ]),

    moduleGrants,

    moduleGrant: async (id) =>
      await one({ path: `${organization}/module-grants/${segment(id)}` }, arrivedModuleGrant, [
        idOf,
        id,
        moduleGrants,
      ]),

    apiKeys,

    apiKey: async (id) =>
      await one({ path: `${organization}/api-keys/${segment(id)}`, confidential: true }, arrivedApiKey, [
        idOf,
        id,
        apiKeys,
      ]),

    updateSettings: (change) =>
      patch(organization, {
        sso_enforced: change.ssoEnforced,
        jit_default_role: change.jitDefaultRole,
        scim_enabled: change.scimEnabled,
        mfa_required: change.mfaRequired,
        ip_allowlist: change.ipAllowlist,
      }),

    async inviteWithRole({ email, givenName, familyName }, role) {
      const body = { email, role, given_name: givenName, family_name: familyName };
      const answer = await send({ method: "POST", path: `${organization}/members`, body });
      const member = arrived(arrivedMember, answer);
      if (!sameAddress(member.email, email)) throw answer.failure(`it is somebody else (${member.email})`);
      membersAs.wrote(canonicalEmail(email));
      return member;
    },

    async setOrganizationRole(email, role) {
      await patch(memberPath(email), { role });
    },

    async removeMember(email) {
      await remove(memberPath(email), canonicalEmail(email), membersAs);
    },

    async createProject({ name, environment, addOns }) {
      const body = { name, environment, add_ons: addOns };
      return arrived(arrivedManagedProject, await send({ method: "POST", path: "/api/2/projects", body }));
    },

    async updateProject(id, { name, archived, environment, addOns }) {
      const body = { name, archived, environment, add_ons: addOns };
      await patch(`/api/2/projects/${segment(id)}`, body);
    },

    async grantProjectRole(projectId, email, role) {
      const path = `/api/2/projects/${segment(projectId)}/members`;
      await send({ method: "POST", path, body: { email: spellings.of(email), role } });
    },

    async grantModule({ principalType, principal, projectId, module }) {
      const body = {
        principal_type: principalType,
        principal: spellings.of(principal),
        project_id: numeric(projectId),
        module,
      };
      const answer = await send({ method: "POST", path: `${organization}/module-grants`, body });
      const grant = arrived(arrivedModuleGrant, answer);
      modulesAs.wrote(grant.id);
      return grant;
    },

    async revokeModule(id) {
      await remove(`${organization}/module-grants/${segment(id)}`, id, modulesAs);
    },

    async createApiKey({ type, projectId, label }) {
      const answer = await send({
        method: "POST",
        path: `${organization}/api-keys`,
        body: { type, project_id: projectId === undefined ? undefined : numeric(projectId), label },
        confidential: true,
      });
      const lost = `a key "${label}" was made and its value is lost: delete that key before another is made`;
      const record = arrived(arrivedApiKey, answer, lost);
      const { value } = arrived(arrivedValue, answer, lost);
      keysAs.wrote(record.id);
      return { record, value: new Secret(`value of the API key ${record.id}`, value) };
    },

    async deleteApiKey(id) {
      await remove(`${organization}/api-keys/${segment(id)}`, id, keysAs, { confidential: true });
    },
  };
}

/** A list is whole when its last page says that it is the last. */
function ended<T>(reading: Reading<T>): Reading<T> {
  return "open" in reading && reading.open === true
    ? { anomaly: "its last page does not say that it is the last", pages: reading.pages }
    : reading;
}

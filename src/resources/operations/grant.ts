import { ApiFailure, ensure, type AssignmentKey, type AssignmentRecord, type ReadApi } from "../../api";
import { defineOperation } from "../operation";
import { Unexpected } from "../unexpected";
import { heldName, idsOf, peopleOf, placeOf, type Holding, type HoldingFacts } from "./principal";

/** `role`: what it gives after the step. */
type Grant = Holding & { readonly role: string };
type GrantFacts = HoldingFacts & { readonly roleId: string };

const by = ({ principal, project }: Grant): string =>
  `Amplitude, Settings > Projects > ${project} > Access > ${principal}`;
// Amplitude's project pages treat Admin as a role of the organization (https://amplitude.com/docs/admin/account-management/manage-users).
const mayBeRefused = ({ role }: Grant): boolean => role.toLowerCase() === "admin";

/** Where Amplitude lists no such role, the stack must say its id. */
function mustBeId(roleId: string): void {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(roleId)) return;
  throw new Error(
    `Amplitude lists no role ${roleId}, so that its id is not known: give it in role_ids of the provider block.`,
  );
}

const ASSIGNMENTS = "/user-management/1/project-role-assignments";

/** What somebody holds there now, which is not what was planned on. */
async function other(
  api: ReadApi,
  request: string,
  was: string,
  found: AssignmentRecord | undefined,
  { values, facts }: { readonly values: Grant; readonly facts: HoldingFacts },
): Promise<Unexpected> {
  const place = placeOf(values, facts);
  const family = "user-management";
  if (found === undefined)
    return new Unexpected({ request, family, was, is: "no role", effects: [{ type: "revoke", ...place }] });
  const { roleId } = found;
  const roles = await api.roles().catch(() => ({ items: [] }));
  const is = roles.items.find(({ id }) => id === roleId)?.name ?? roleId;
  return new Unexpected({ request, family, was, is, effects: [{ type: "grant", ...place, roleId }] });
}

/** What somebody holds at a place, whatever its id. */
async function heldAt(
  api: ReadApi,
  { principalType, principal, projectId }: AssignmentKey,
): Promise<AssignmentRecord | undefined> {
  const { items } = await api.assignments({ principal, projectId });
  return items.find((found) => found.principalType === principalType);
}

/** A refusal for want of the group says so where the role API does not list it: it may number groups in its own way. */
async function explained(
  api: ReadApi,
  error: unknown,
  { principalType, principal, name }: AssignmentKey & { readonly name: string },
): Promise<unknown> {
  if (principalType !== "group" || !(error instanceof ApiFailure)) return error;
  if (error.happened === "maybe" || (error.status !== 404 && error.status !== 400)) return error;
  const listed = await api.listedGroups().catch(() => undefined);
  if (listed === undefined || listed.items.some(({ id }) => id === principal)) return error;
  return new ApiFailure(
    error.request,
    error.family,
    `${error.said}; the role API does not list group ${principal} (${name}), which SCIM lists`,
    "The role API may number groups in its own way: give the role in Amplitude's pages, Settings > Organization Settings > Groups.",
    error.happened,
    error.status,
    error.requestId,
  );
}

/** Gives a person or a group a role on a project that they have none on. */
export const grant = defineOperation<Grant, GrantFacts>({
  name: "grant.create",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [{ type: "grant", ...placeOf(values, facts), roleId: facts.roleId }],
  people: peopleOf,
  text: ({ principal, role, project }) => `${principal} gets ${role} on ${project}`,
  how: (values) => `${by(values)}: ${values.role}`,
  undocumented: mayBeRefused,
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const key = idsOf(values, facts, created);
      mustBeId(facts.roleId);
      const { value } = await ensure({
        create: () =>
          api.createAssignment(key, facts.roleId).catch(async (error: unknown) => {
            throw await explained(api, error, { ...key, name: values.principal });
          }),
        lookUp: () => heldAt(api, key),
        equal: (found) => found.roleId === facts.roleId,
        update: async (found) => {
          throw await other(api, `POST ${ASSIGNMENTS}`, "no role", found, { values, facts });
        },
      });
      created.set(heldName("role", key), value.id);
    }
  },
});

type ChangeFacts = GrantFacts & {
  readonly assignmentId: string;
  readonly from: string;
  readonly fromRoleId: string;
};

/** Another role for the same principal on the same project. */
export const changeGrant = defineOperation<Grant, ChangeFacts>({
  name: "grant.change",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [{ type: "grant", ...placeOf(values, facts), roleId: facts.roleId }],
  people: peopleOf,
  text: ({ principal, role, project }, { from }) => `${principal}: ${from} → ${role} on ${project}`,
  how: (values) => `${by(values)}: ${values.role}`,
  look: (values, facts) => async (api) => {
    const { assignmentId, from, fromRoleId, roleId } = facts;
    const found =
      (await api.assignment(assignmentId)) ?? (await heldAt(api, idsOf(values, facts, new Map())));
    if (found?.roleId === roleId) return undefined;
    if (found?.id === assignmentId && found.roleId === fromRoleId) return undefined;
    return await other(api, `PATCH ${ASSIGNMENTS}/${assignmentId}`, from, found, { values, facts });
  },
  undocumented: mayBeRefused,
  async perform(api, entries) {
    for (const { values, facts } of entries) {
      const { assignmentId, roleId } = facts;
      mustBeId(roleId);
      try {
        await api.updateAssignment(assignmentId, roleId);
      } catch (error) {
        // Taken away and given anew as it was wanted, it has another id.
        if (!(error instanceof ApiFailure) || error.status !== 404) throw error;
        const anew = await heldAt(api, idsOf(values, facts, new Map())).catch(() => undefined);
        if (anew?.roleId !== roleId || anew.id === assignmentId) throw error;
      }
    }
  },
});

/** No `roleId`: it goes whatever it is by now. */
type RevokeFacts = HoldingFacts & { readonly assignmentId: string; readonly roleId?: string };

/** Takes a role on a project away; what groups give stays. */
export const revoke = defineOperation<Grant, RevokeFacts>({
  name: "grant.revoke",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [{ type: "revoke", ...placeOf(values, facts) }],
  people: peopleOf,
  text: ({ principal, role, project }) => `${principal} loses ${role} on ${project}`,
  how: (values) => `${by(values)} > Remove`,
  look(values, facts) {
    const { assignmentId, roleId } = facts;
    if (roleId === undefined) return undefined;
    return async (api) => {
      // Gone under this id, it may have been given anew.
      const found =
        (await api.assignment(assignmentId)) ?? (await heldAt(api, idsOf(values, facts, new Map())));
      if (found === undefined || (found.id === assignmentId && found.roleId === roleId)) return undefined;
      return await other(api, `DELETE ${ASSIGNMENTS}/${assignmentId}`, values.role, found, { values, facts });
    };
  },
  async perform(api, entries) {
    for (const { facts } of entries) await api.deleteAssignment(facts.assignmentId);
  },
});

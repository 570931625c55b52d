import { ApiFailure, ensure, type WriteApi } from "../../api";
import { defineOperation } from "../operation";
import { idsOf, peopleOf, placeOf, type Holding, type HoldingFacts } from "./principal";

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

/** Somebody else gave another role since this was planned. It is not written over: they would change it back. */
async function otherRole(api: WriteApi, request: string, was: string, roleId: string): Promise<ApiFailure> {
  const roles = await api.roles().catch(() => ({ items: [] }));
  const is = roles.items.find(({ id }) => id === roleId)?.name ?? roleId;
  return new ApiFailure(
    request,
    "user-management",
    `there was ${was} when this was planned, and is ${is} now`,
    "Somebody else writes it too, and it was left as it is: settle who does, then plan again.",
    "no",
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
      await ensure({
        create: () => api.createAssignment(key, facts.roleId),
        lookUp: async () =>
          (await api.assignments({ principal: key.principal, projectId: key.projectId })).items.find(
            (assignment) => assignment.principalType === key.principalType,
          ),
        equal: (found) => found.roleId === facts.roleId,
        update: async (found) => {
          throw await otherRole(api, `POST ${ASSIGNMENTS}`, "no role", found.roleId);
        },
      });
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
  looksFirst: true,
  undocumented: mayBeRefused,
  async perform(api, entries) {
    for (const { facts } of entries) {
      mustBeId(facts.roleId);
      const found = await api.assignment(facts.assignmentId);
      if (found?.roleId === facts.roleId) continue;
      if (found !== undefined && found.roleId !== facts.fromRoleId)
        throw await otherRole(api, `PATCH ${ASSIGNMENTS}/${facts.assignmentId}`, facts.from, found.roleId);
      await api.updateAssignment(facts.assignmentId, facts.roleId);
    }
  },
});

type RevokeFacts = HoldingFacts & { readonly assignmentId: string };

/** Takes a role on a project away; what groups give stays. */
export const revoke = defineOperation<Grant, RevokeFacts>({
  name: "grant.revoke",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [{ type: "revoke", ...placeOf(values, facts) }],
  people: peopleOf,
  text: ({ principal, role, project }) => `${principal} loses ${role} on ${project}`,
  how: (values) => `${by(values)} > Remove`,
  async perform(api, entries) {
    for (const { facts } of entries) await api.deleteAssignment(facts.assignmentId);
  },
});

import { canonicalEmail, type GrantHolder } from "../../access";
import { ensure, type AssignmentKey, type PrincipalType } from "../../api";
import { defineOperation, groupIdOf, type CreatedGroups } from "../operation";

/** `principal`: an e-mail, or a group's name. `role`: what it gives after the step. */
type Grant = {
  readonly principalType: PrincipalType;
  readonly principal: string;
  readonly project: string;
  readonly role: string;
};
type GrantFacts = {
  readonly groupId?: string | undefined;
  readonly projectId: string;
  readonly roleId: string;
};

const people = ({ principalType, principal }: Grant): string[] =>
  principalType === "user" ? [canonicalEmail(principal)] : [];

/** The principal as the model of the organization names it: a group by its id, or by its name while it has none. */
function principalOf(
  { principalType, principal }: Grant,
  { groupId }: { readonly groupId?: string | undefined },
): GrantHolder {
  if (principalType === "user") return { type: "user", email: principal };
  return { type: "group", group: { name: principal, ...(groupId === undefined ? {} : { id: groupId }) } };
}

function keyOf(values: Grant, facts: GrantFacts, created: CreatedGroups): AssignmentKey {
  const principal =
    values.principalType === "user" ? values.principal : groupIdOf(facts, values.principal, created);
  return { principalType: values.principalType, principal, projectId: facts.projectId };
}

const by = ({ principal, project }: Grant): string =>
  `Amplitude, Settings > Projects > ${project} > Access > ${principal}`;
// Amplitude's project pages treat Admin as a role of the organization (https://amplitude.com/docs/admin/account-management/manage-users).
const mayBeRefused = ({ role }: Grant): boolean => role.toLowerCase() === "admin";

/** Gives a person or a group a role on a project that they have none on. */
export const grant = defineOperation<Grant, GrantFacts>({
  name: "grant.create",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [
    {
      type: "grant",
      principal: principalOf(values, facts),
      projectId: facts.projectId,
      roleId: facts.roleId,
    },
  ],
  people,
  text: ({ principal, role, project }) => `${principal} may ${role} on ${project}`,
  how: (values) => `${by(values)}: ${values.role}`,
  undocumented: mayBeRefused,
  async perform(api, entries, created) {
    for (const { values, facts } of entries) {
      const key = keyOf(values, facts, created);
      await ensure({
        create: () => api.createAssignment(key, facts.roleId),
        lookUp: async () =>
          (await api.assignments({ principal: key.principal, projectId: key.projectId })).items.find(
            (assignment) => assignment.principalType === key.principalType,
          ),
        equal: (found) => found.roleId === facts.roleId,
        update: (found) =>
          api.updateAssignment(found.id, facts.roleId).then(() => ({ ...found, roleId: facts.roleId })),
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
  effects: (values, facts) => [
    {
      type: "grant",
      principal: principalOf(values, facts),
      projectId: facts.projectId,
      roleId: facts.roleId,
    },
  ],
  people,
  text: ({ principal, role, project }, { from }) => `${principal}: ${from} → ${role} on ${project}`,
  how: (values) => `${by(values)}: ${values.role}`,
  undocumented: mayBeRefused,
  async perform(api, entries) {
    for (const { facts } of entries) await api.updateAssignment(facts.assignmentId, facts.roleId);
  },
});

type RevokeFacts = {
  readonly groupId?: string | undefined;
  readonly projectId: string;
  readonly assignmentId: string;
};

/** Takes a role on a project away; what groups give stays. */
export const revoke = defineOperation<Grant, RevokeFacts>({
  name: "grant.revoke",
  actor: "write",
  family: "user-management",
  effects: (values, facts) => [
    { type: "revoke", principal: principalOf(values, facts), projectId: facts.projectId },
  ],
  people,
  text: ({ principal, role, project }) => `${principal} loses ${role} on ${project}`,
  how: (values) => `${by(values)} > Remove`,
  async perform(api, entries) {
    for (const { facts } of entries) await api.deleteAssignment(facts.assignmentId);
  },
});

import { canonicalEmail, type GrantHolder } from "../../access";
import type { AssignmentKey, PrincipalType } from "../../api";
import { idIn, type Created } from "../operation";

/** Who holds something on which project, by names. `principal`: an e-mail, or a group's name. */
export type Holding = {
  readonly principalType: PrincipalType;
  readonly principal: string;
  readonly project: string;
};

/** The ids behind the names, where there are any yet. */
export type HoldingFacts = { readonly groupId?: string | undefined; readonly projectId?: string | undefined };

/** Whose access it is about; a group's members are found in the model. */
export function peopleOf({ principalType, principal }: Holding): string[] {
  return principalType === "user" ? [canonicalEmail(principal)] : [];
}

/** The same as the model of the organization names it: by id, or by name while there is none. */
export function placeOf(
  { principalType, principal, project }: Holding,
  { groupId, projectId }: HoldingFacts,
): { principal: GrantHolder; projectId: string } {
  const group = { name: principal, ...(groupId === undefined ? {} : { id: groupId }) };
  return {
    principal: principalType === "user" ? { type: "user", email: principal } : { type: "group", group },
    projectId: projectId ?? `new:${project}`,
  };
}

/** Under which name `Created` has the id of what a principal was given on a project. */
export function heldName(
  what: "role" | "module",
  { principalType, principal, projectId }: AssignmentKey,
  module = "",
): string {
  const holder = principalType === "user" ? canonicalEmail(principal) : principal;
  return [what, principalType, holder, projectId, module].join(" ");
}

/** The same as the API names it. Throws where something is still to be created. */
export function idsOf(
  { principalType, principal, project }: Holding,
  facts: HoldingFacts,
  created: Created,
): { principalType: PrincipalType; principal: string; projectId: string } {
  return {
    principalType,
    principal: principalType === "user" ? principal : idIn(created, "group", principal, facts.groupId),
    projectId: idIn(created, "project", project, facts.projectId),
  };
}

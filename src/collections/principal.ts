import { canonicalEmail, type Principal } from "../access";
import type { PrincipalType } from "../api";
import type { Referred } from "./collection";

interface Holding {
  readonly principalType: PrincipalType;
  /** An e-mail, or the id of a group. */
  readonly principal: string;
  readonly projectId: string;
}

/** Who holds something, as the model of the organization names them. */
export function holderOf({
  principalType: type,
  principal,
}: Pick<Holding, "principalType" | "principal">): Principal {
  return { type, id: type === "user" ? canonicalEmail(principal) : principal };
}

/** What must be there where somebody holds something. */
export function referredBy({ principalType, principal, projectId }: Partial<Holding>): Referred {
  const holder = principal === undefined ? [] : [principal];
  return {
    ...(principalType === "group" ? { groups: holder } : { people: holder }),
    projects: projectId === undefined ? [] : [projectId],
  };
}

import { canonicalEmail, type Organization, type Principal } from "../access";
import { Unknown, type Id } from "../schema";
import { heldName } from "./operations/principal";
import { groupReference } from "./references";

/** Who holds something, as attributes write it: an e-mail, or the id of a group. */
export interface Holder {
  readonly principal_type: Principal["type"];
  readonly principal: Id;
}

/** An id as text; what does not exist yet goes by its name. */
export function idText(id: Id): string {
  return id instanceof Unknown ? id.name : id;
}

/** The holder as the model of the organization knows it; undefined while its group does not exist. */
export function principalOf({ principal_type: type, principal }: Holder): Principal | undefined {
  if (principal instanceof Unknown) return undefined;
  return { type, id: type === "user" ? canonicalEmail(principal) : principal };
}

/** Under which name `Created` has the id of what a declaration gives; undefined while its holder or project does not exist. */
export function placeHeld(
  what: "role" | "module",
  { project_id: projectId, ...holder }: Holder & { readonly project_id: Id },
  module?: string,
): string | undefined {
  const principal = principalOf(holder);
  if (principal === undefined || projectId instanceof Unknown) return undefined;
  return heldName(what, { principalType: principal.type, principal: principal.id, projectId }, module);
}

/** How people call the holder: an e-mail, or a group's name. */
export function holderName(live: Organization, { principal_type: type, principal }: Holder): string {
  return type === "group" ? groupReference(live, principal).name : idText(principal);
}

/** The people whom a declaration names by its holder. */
export function namedPeople({ principal_type: type, principal }: Holder): string[] {
  return type === "user" && typeof principal === "string" ? [principal] : [];
}

/** A live holder as attributes write it, an e-mail as it is spelled. */
export function holderState(
  live: Organization,
  { type, id }: Principal,
): { principal_type: Principal["type"]; principal: string } {
  return { principal_type: type, principal: type === "user" ? (live.person(id)?.email ?? id) : id };
}

import type { KeyIdentity, PersonNames } from "./organization";

/** A group by its id or, while it has none that we know (a plan will create it), by its name. */
export interface GroupReference {
  readonly id?: string;
  readonly name: string;
}

/** Who a grant is for. */
export type GrantHolder =
  | { readonly type: "user"; readonly email: string }
  | { readonly type: "group"; readonly group: GroupReference };

/**
 * One atomic change of an organization. The list is closed: ordering, guards and simulation know effects and nothing else.
 * A `projectId` is Amplitude's id or, for a project that a plan will create, `new:` and its name (`new:Web`).
 */
export type Effect =
  | { readonly type: "invite"; readonly email: string; readonly names?: PersonNames }
  | { readonly type: "rename_person"; readonly email: string; readonly names: PersonNames }
  | { readonly type: "remove_person"; readonly email: string }
  /** Somebody accepts their invitation: from now on they can log in. */
  | { readonly type: "accept"; readonly email: string }
  | { readonly type: "set_organization_role"; readonly email: string; readonly role: string }
  /** `idp`: the identity provider pushes it, and writes its members. */
  | { readonly type: "create_group"; readonly name: string; readonly id?: string; readonly writer?: "idp" }
  | { readonly type: "rename_group"; readonly group: GroupReference; readonly name: string }
  | { readonly type: "delete_group"; readonly group: GroupReference }
  | { readonly type: "add_member"; readonly group: GroupReference; readonly email: string }
  | { readonly type: "remove_member"; readonly group: GroupReference; readonly email: string }
  | {
      readonly type: "grant";
      readonly principal: GrantHolder;
      readonly projectId: string;
      readonly roleId: string;
    }
  | { readonly type: "revoke"; readonly principal: GrantHolder; readonly projectId: string }
  | { readonly type: "idp_gain"; readonly group: GroupReference; readonly email: string }
  | { readonly type: "idp_lose"; readonly group: GroupReference; readonly email: string }
  | { readonly type: "create_project"; readonly name: string; readonly id?: string }
  | { readonly type: "rename_project"; readonly projectId: string; readonly name: string }
  | { readonly type: "archive_project"; readonly projectId: string }
  | { readonly type: "restore_project"; readonly projectId: string }
  | {
      readonly type: "grant_module" | "revoke_module";
      readonly principal: GrantHolder;
      readonly projectId: string;
      /** `govern_data_manager` */
      readonly module: string;
    }
  | ({ readonly type: "create_key" | "hand_over_key" | "delete_key" } & KeyIdentity)
  | { readonly type: "setting"; readonly name: string; readonly value: string };

/** Why an effect cannot happen now. */
export interface Refusal {
  readonly code:
    | "person_present"
    | "person_unknown"
    | "organization_role_unknown"
    | "group_unknown"
    | "group_ambiguous"
    | "group_name_taken"
    | "project_unknown"
    | "project_ambiguous"
    | "project_name_taken"
    | "project_archived"
    | "key_present"
    | "key_unknown";
  /** A sentence for people. */
  readonly reason: string;
}

/** Tells a refusal from what was looked for. */
export function isRefusal(found: object): found is Refusal {
  return "code" in found;
}

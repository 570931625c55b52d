import type { Kind } from "./kind";
import { apiKey } from "./kinds/api-key";
import { group } from "./kinds/group";
import { groupMembership } from "./kinds/group-membership";
import { idpGroup } from "./kinds/idp-group";
import { leaver } from "./kinds/leaver";
import { moduleGrant } from "./kinds/module-grant";
import { organization } from "./kinds/organization";
import { organizationRole } from "./kinds/organization-role";
import { project } from "./kinds/project";
import { projectRoleAssignment } from "./kinds/project-role-assignment";
import { propertyVisibility } from "./kinds/property-visibility";
import { user } from "./kinds/user";

/** Every kind that can be managed: one line each. */
export const kinds: readonly Kind[] = [
  user,
  leaver,
  group,
  idpGroup,
  groupMembership,
  projectRoleAssignment,
  organizationRole,
  organization,
  project,
  moduleGrant,
  apiKey,
  propertyVisibility,
];

/** The kind of a Terraform resource type. */
export function kindOf(type: string): Kind | undefined {
  return kinds.find((kind) => kind.type === type);
}

import { collaboratorOrganizationAdmin, tooFewClientAdmins, tooManyOwners } from "./administrators";
import {
  collaboratorProductionAdmin,
  dormant,
  engagementEnded,
  moduleOutsideScope,
  productionAndStaging,
} from "./collaborators";
import { keyRotation, organizationKey } from "./keys";
import { groupAndDirect } from "./paths";
import { serviceAccountRole } from "./service-accounts";
import { jitDefaultRole, mfaOff } from "./settings";

/** The playbook's least-privilege rules: one line each. */
export const rules = [
  collaboratorOrganizationAdmin,
  collaboratorProductionAdmin,
  productionAndStaging,
  moduleOutsideScope,
  tooManyOwners,
  tooFewClientAdmins,
  groupAndDirect,
  serviceAccountRole,
  organizationKey,
  keyRotation,
  jitDefaultRole,
  mfaOff,
  engagementEnded,
  dormant,
] as const;

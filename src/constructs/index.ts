export { AccessStack } from "./access-stack";
export { ApiKey, Key, type ApiKeyProps, type KeyUser } from "./api-key";
export type { AccessStackProps, OwnsProps } from "./access-stack-props";
export { Engagement, type EngagedGroupOptions } from "./engagement";
export type { EngagementProps } from "./engagement-facts";
export { EngagementFilesError, type FileProblem } from "./engagement-files-error";
export type { ProjectAliases } from "./engagement-folder";
export { Environment } from "./environment";
export type { ExistingPerson } from "./existing-person";
export { Group, type GroupProps } from "./group";
export { IdpGroup, type IdpGroupProps, type IdpMapping } from "./idp-group";
export { Leaver, type LeaverProps } from "./leaver";
export { Experiment, Govern, type AddOn, type Module } from "./module";
export { OrganizationSettings, type OrganizationSettingsProps } from "./organization-settings";
export {
  analyticsViewers,
  clientAdmins,
  collaboratorSettings,
  dataGovernors,
  implementationAdmins,
  separated,
  type ClientAdminsProps,
  type Projects,
  type SeparatedProjects,
  type SeparationOptions,
} from "./pattern";
export { Person, type PersonProps } from "./person";
export { Principal, type GrantOptions } from "./principal";
export { Project, type ManagedProjectProps, type ProjectProps } from "./project";
export type { PropertyProps } from "./property";
export { Role } from "./role";
export { ServiceAccount, type ServiceAccountProps } from "./service-account";
export { StackError } from "./stack-error";
/** The classes that are generated from the registry, for what the others do not say. */
export * as l1 from "./generated";

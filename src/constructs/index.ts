export { AccessStack } from "./access-stack";
export type { AccessStackProps, OwnsProps } from "./access-stack-props";
export { Environment } from "./environment";
export type { ExistingPerson } from "./existing-person";
export { Group, type GroupProps } from "./group";
export { IdpGroup, type IdpGroupProps, type IdpMapping } from "./idp-group";
export { Leaver, type LeaverProps } from "./leaver";
export { Person, type PersonProps } from "./person";
export { Principal, type GrantOptions } from "./principal";
export { Project, type ProjectProps } from "./project";
export { Role } from "./role";
export { ServiceAccount, type ServiceAccountProps } from "./service-account";
export { StackError } from "./stack-error";
/** The classes that are generated from the registry, for what the others do not say. */
export * as l1 from "./generated";

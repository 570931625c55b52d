export * from "./access-difference";
export * from "./affected-people";
export { applyEffect, applyEffects } from "./apply-effect";
export * from "./capability";
export { Draft } from "./draft";
export * from "./effect";
export * from "./effective-access";
export * from "./held-capabilities";
export * from "./identity-provider";
export { affectedKeys, isKeyHolder, keyHolder, keyNow, keyOfHolder, type KeyName } from "./key-holder";
export * from "./model";
export * from "./module";
export * from "./organization";
export * from "./permission-catalogue";
export * from "./recorded-organization";
export { groupOf, newId, principalOf, projectIdOf } from "./reference";
export {
  admitted,
  beyond,
  byPassword,
  countOf,
  missing,
  organization as organizationPlace,
  present,
  rightsOf,
  united,
  without,
  type Rights,
} from "./rights";
export * from "./role";

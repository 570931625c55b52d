export type { Collection, DeclaredFacts } from "./collection";
export { holderOf } from "./principal";
export * from "./registry";
export * from "./rows";

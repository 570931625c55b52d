export { writerOf, type Collection, type DeclaredFacts } from "./collection";
export { holderOf } from "./principal";
export * from "./registry";
export * from "./rows";

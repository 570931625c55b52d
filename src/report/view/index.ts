export * from "./person-rows";
export * from "./plan-view";
export * from "./view-of";
export { guardLines } from "./view-guards";

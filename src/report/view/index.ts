export * from "./person-rows";
export * from "./plan-view";
export * from "./view-of";

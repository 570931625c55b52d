export * from "./clean-text";
export * from "./drift-text";
export * from "./plan-text";
export * from "./policy-text";
export * from "./read-line";
export * from "./run-text";

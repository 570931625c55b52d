export * from "./kind";
export * from "./lookups";
export * from "./operation";
export * from "./ownership";
export * from "./provider";
export * from "./registry";
export * from "./snapshot";

export * from "./key-sink";
export * from "./kind";
export * from "./lookups";
export * from "./operation";
export { handOverKey, type KeyValues } from "./operations/key";
export * from "./ownership";
export * from "./provider";
export * from "./registry";
export * from "./snapshot";

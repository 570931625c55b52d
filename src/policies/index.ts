export * from "./circumstances";
export * from "./judge";
export * from "./policy";
export * from "./rule";
export * from "./rules";
export * from "./subject";

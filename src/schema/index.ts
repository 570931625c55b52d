export * from "./address";
export * from "./attribute";
export * from "./diagnostic";
export * from "./value";
export * from "./value-type";

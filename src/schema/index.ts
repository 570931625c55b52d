export * from "./address";
export * from "./attribute";
export * from "./canonical-name";
export * from "./diagnostic";
export * from "./value";
export * from "./value-type";

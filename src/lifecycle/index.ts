export * from "./compare";
export * from "./key";
export * from "./validate";

export * from "./own-receipts";
export * from "./adoption";
export * from "./alerts/alert";
export * from "./alerts/alert-rules";
export * from "./baseline";
export * from "./drift-item";
export * from "./drift-report";

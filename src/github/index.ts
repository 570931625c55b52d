export * from "./approved-files";
export * from "./approved-plans";
export * from "./artifact";
export { GitHub, refused, type GitHubAccess } from "./client";
export * from "./merged";
export * from "./pull-request";

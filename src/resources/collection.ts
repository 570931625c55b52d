import type { CollectionName } from "../collections";

/** Parts of the live organization that a kind is read from. */
export type Collection =
  | CollectionName
  | "people"
  | "groups"
  | "roles"
  | "assignments"
  | "projects"
  | "members"
  | "settings"
  | "managedProjects"
  | "keys"
  | "properties";

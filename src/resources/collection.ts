/** Parts of the live organization that a kind is read from. */
export type Collection =
  | "people"
  | "groups"
  | "roles"
  | "assignments"
  | "projects"
  | "members"
  | "settings"
  | "managedProjects"
  | "modules"
  | "keys"
  | "properties";

/** What a project is for (playbook, "Separate Staging and Production Access"). Amplitude does not know it; the stack's warnings and policies do. */
export enum Environment {
  Production = "production",
  Staging = "staging",
  Reporting = "reporting",
  Development = "development",
}

import { count, email, mapOf, oneOf, optional, required, setOf, string } from "../schema";

/** The provider block: which organization, and its policy. Hosts and credentials come from the environment only. */
export const providerAttributes = {
  org_id: required(string, "Amplitude's organization id."),
  region: optional(oneOf(["us", "eu"]), "Where the organization lives; `us` where it is left out."),
  credentials: optional(string, "Name of the credentials: with `ACME` every variable is AMPLITUDE_ACME_..."),
  owns_groups: optional(setOf(string), "Patterns of group names whose grants are ours to take away."),
  owns_grants_on: optional(
    setOf(string),
    "Patterns of project names on which undeclared grants of owned principals are ours to take away.",
  ),
  owns_people_of: optional(setOf(string), "E-mail domains whose undeclared people are ours to take away."),
  minimum_admins: optional(count, "How many administrators there must always be."),
  admins: optional(setOf(email), "Who the organization's administrators are; no API reads it."),
  break_glass: optional(setOf(email), "Accounts that must never lose administration."),
  operator: optional(email, "The account whose credentials run the applies."),
  role_ids: optional(mapOf(string, string), "Role names to ids, used before what Amplitude lists."),
  project_ids: optional(mapOf(string, string), "Project names to ids, used before what Amplitude lists."),
} as const;

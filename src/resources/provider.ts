import { count, email, mapOf, oneOf, optional, percent, required, setOf, string } from "../schema";

/** The provider block: which organization, and its policy. Hosts and credentials come from the environment only. */
export const providerAttributes = {
  unsupported: optional(
    oneOf(["error", "by-hand"]),
    "Terraform only: what becomes of a resource for which there is no API under the credentials given. `error`, where it is left out: planning it fails. `by-hand`: it is kept, with `verified = false` and a warning that says what to do.",
  ),
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
  maximum_removal_percent: optional(
    percent,
    "Largest share of people, of a group's members and of pending invitations that one plan removes, counted above 4; 25 where it is left out.",
  ),
  maximum_removals: optional(
    count,
    "How many people one plan removes at most, from the organization or a group.",
  ),
  maximum_invitations: optional(count, "How many people one plan invites at most; 20 where it is left out."),
  role_ids: optional(mapOf(string, string), "Role names to ids, used before what Amplitude lists."),
  project_ids: optional(mapOf(string, string), "Project names to ids, used before what Amplitude lists."),
} as const;

const secret = (description: string) => optional(string, description, { sensitive: true });

/**
 * Credentials in the block, for Terraform only and for whoever cannot set the environment: the value is in a variable then, never in
 * the configuration, and a host never is. The CLI refuses a block that has one.
 */
export const credentialAttributes = {
  scim_key: secret("SCIM key; AMPLITUDE_SCIM_KEY where it is left out."),
  org_api_key: secret("API key of the organization; AMPLITUDE_ORG_API_KEY where it is left out."),
  org_secret_key: secret("Secret key of the organization; AMPLITUDE_ORG_SECRET_KEY where it is left out."),
  token: secret("Token of the Developer API; AMPLITUDE_TOKEN where it is left out."),
} as const;

/** The environment variable that each stands for, without its prefix. */
export const credentialVariables: Readonly<Record<keyof typeof credentialAttributes, string>> = {
  scim_key: "SCIM_KEY",
  org_api_key: "ORG_API_KEY",
  org_secret_key: "ORG_SECRET_KEY",
  token: "TOKEN",
};

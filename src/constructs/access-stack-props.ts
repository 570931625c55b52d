/** What we may take away although no line of the stack brought it in. Patterns: `*` is any run of characters, `?` is one. */
export interface OwnsProps {
  /** Patterns of group names. */
  readonly groups?: readonly string[];
  /** Patterns of project names: grants there, of owned groups and people, that nobody declares. */
  readonly grantsOn?: readonly string[];
  /** E-mail domains: people of them whom nothing names. They are the stack's collaborators. */
  readonly peopleOf?: readonly string[];
}

/** An organization and its policy. Hosts and credentials are no part of a stack: they come from the environment of the run. */
export interface AccessStackProps {
  /** Amplitude's organization id. */
  readonly orgId: number | string;
  /** Where the organization lives. */
  readonly region: "us" | "eu";
  /** Name of the credentials: with `ACME` every variable is AMPLITUDE_ACME_... */
  readonly credentials?: string;
  /** IANA name; a date ends with its day there. Left out: UTC. */
  readonly timeZone?: string;
  readonly owns?: OwnsProps;
  /** How many administrators there must always be. */
  readonly minimumAdmins?: number;
  /** Who the organization's administrators are, all of them; the same as `.admins()`. */
  readonly admins?: readonly string[];
  /** E-mails of accounts that must never lose administration. */
  readonly breakGlass?: readonly string[];
  /** E-mail of the account whose credentials run the applies. */
  readonly operator?: string;
  /** Largest share of people, of a group's members and of pending invitations that one plan removes, in percent, counted above 4. Left out: 25. */
  readonly maximumRemovalPercent?: number;
  /** How many people one plan removes at most, from the organization or a group. Left out: any number. */
  readonly maximumRemovals?: number;
  /** How many people one plan invites at most. Left out: 20. */
  readonly maximumInvitations?: number;
  /** Role names to ids, used before what Amplitude lists. */
  readonly roleIds?: Readonly<Record<string, string>>;
  /** Project names to ids, used before what Amplitude lists; `Project.named(..., {id})` adds to it. */
  readonly projectIds?: Readonly<Record<string, number | string>>;
}

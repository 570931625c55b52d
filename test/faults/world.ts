/* Two organizations of few people, close enough to each other that most steps between them meet. */

export const people = ["ana", "jo", "kim", "lee"].map((name) => `${name}@nova.agency`);
/** What is there on both sides, and its id. */
export const projectIds = { Web: 501, App: 502 } as const;
/** A project that comes or goes. */
export const LAB = "Lab";
export const LAB_ID = 503;
export const TOM = "tom@acme.com";
export const PRIYA = "priya@acme.com";
export const ANA = "ana@nova.agency";
/** A group that only the identity provider writes. */
export const IDP_GROUP = "okta-nova";
export const GROUPS = ["analysts", "builders"] as const;
/** A group that no stack names, and who is in it. */
export const VISITORS = { name: "visitors", member: "vera@acme.com" } as const;

/** How everything is, or is to be. */
export interface Side {
  readonly present: readonly string[];
  /** A group that is left out is not there. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** `analysts Web` or `ana@nova.agency Web`: the name of a role. */
  readonly grants: Readonly<Record<string, string>>;
  readonly admins: readonly string[];
  /** Holders of a module on Web, the data manager of Govern: `analysts` or an address. */
  readonly modules: readonly string[];
  readonly lab: "absent" | "open" | "archived";
  /** Keys of Web by label: the generation that is in use. */
  readonly keys: Readonly<Record<string, number>>;
}

export interface World {
  readonly before: Side;
  readonly after: Side;
  /** Visitors, whom no stack names, have a role on the Lab. */
  readonly visited: boolean;
  /** Who has seen the values of keys. */
  readonly knowers: readonly string[];
  /** Whoever goes has a line that says so; else their lines are deleted. */
  readonly leaverLines: boolean;
  /** The role on App that the identity provider sets for its people. */
  readonly mapped: string | undefined;
  readonly deprovisions: boolean;
  /** Whom it keeps in its group whatever the stack expects: a plan refuses to have them taken out. */
  readonly kept?: readonly string[];
  /** Single sign-on is enforced at the end, for which everybody is in the identity provider's group. */
  readonly sso: boolean;
  /** People and administrators have a stack of their own. */
  readonly apart: boolean;
  /** A grant that goes is not deleted from the stack: it has ended. */
  readonly ends: boolean;
  /** Whether there is a token of the Developer API; without it projects are read where they are managed. */
  readonly token: boolean;
  readonly minimum: number;
  readonly maximumRemovals: number | undefined;
  readonly maximumInvitations: number | undefined;
}

/** Who is there before and is not to be there after. */
export function going({ before, after }: World): string[] {
  return before.present.filter((email) => !after.present.includes(email));
}

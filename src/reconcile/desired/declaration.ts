import type { Kind, Lookup } from "../../resources";
import type { AccessFacts } from "./engagement";

/** One resource block of one stack, before its references are followed. */
export interface Declaration {
  /** `acme/amplitude_group.eng` */
  readonly address: string;
  /** `amplitude_group.eng`, unique within the stack. */
  readonly local: string;
  readonly stack: string;
  /** `acme/agency-nova/Resource`, as cdktf wrote it; undefined for plain JSON. */
  readonly constructPath: string | undefined;
  readonly kind: Kind;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** One data block. */
export interface LookupDeclaration {
  readonly address: string;
  /** `data.amplitude_project.production` */
  readonly local: string;
  readonly stack: string;
  readonly constructPath: string | undefined;
  readonly lookup: Lookup;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** One synthesized stack. */
export interface Stack {
  readonly name: string;
  readonly file: string;
  readonly provider: ProviderBlock;
  /** What it states that Amplitude never sees: `locals.amplitude_access`. */
  readonly facts: AccessFacts;
  readonly declarations: readonly Declaration[];
  readonly lookups: readonly LookupDeclaration[];
  /** Local addresses that are let go without a change (`removed { lifecycle { destroy = false } }`). */
  readonly released: readonly string[];
}

/** The provider block of one stack, checked. */
export interface ProviderBlock {
  readonly orgId: string;
  readonly region: "us" | "eu";
  readonly credentials: string | undefined;
  readonly policy: Policy;
  readonly roleIds: Readonly<Record<string, string>>;
  readonly projectIds: Readonly<Record<string, string>>;
}

/** The organization's policy: flat configuration, part of every digest. */
export interface Policy {
  readonly ownsGroups: readonly string[];
  readonly ownsGrantsOn: readonly string[];
  readonly ownsPeopleOf: readonly string[];
  readonly minimumAdmins: number;
  readonly admins: readonly string[];
  readonly breakGlass: readonly string[];
  readonly operator: string | undefined;
  /** Largest share of people, of a group's members and of pending invitations that one plan removes, in percent. */
  readonly maximumRemovalPercent?: number | undefined;
  /** Removals of one plan in all. */
  readonly maximumRemovals?: number | undefined;
  /** Invitations of one plan. */
  readonly maximumInvitations?: number | undefined;
}

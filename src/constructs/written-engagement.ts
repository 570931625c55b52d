import type { ApiKeyProps } from "./api-key";
import type { EngagementProps } from "./engagement-facts";
import type { LeaverProps } from "./leaver";
import type { Module } from "./module";
import type { PersonProps } from "./person";
import type { GrantOptions } from "./principal";
import type { Role } from "./role";
import type { Place } from "./yaml-fields";

/** A role on a project as the file names it. */
export interface WrittenGrant {
  /** The project, by the name that the stack gives it. */
  readonly alias: string;
  readonly role: Role;
  readonly options: GrantOptions;
  readonly at: Place;
}

/** A role of an add-on on a project. */
export interface WrittenModule {
  readonly alias: string;
  readonly module: Module;
  readonly options: GrantOptions;
  readonly at: Place;
}

/** What somebody is given. */
export interface WrittenHoldings {
  readonly may: readonly WrittenGrant[];
  readonly modules: readonly WrittenModule[];
}

/** Exactly one of `members` and `fromIdp`. */
export interface WrittenGroup extends WrittenHoldings {
  readonly name: string;
  readonly at: Place;
  readonly fromIdp: boolean;
  readonly members: readonly string[];
  /** Who is expected in a group of an identity provider. */
  readonly expects: readonly string[] | undefined;
}

export interface WrittenPerson extends WrittenHoldings {
  readonly email: string;
  readonly at: Place;
  readonly props: PersonProps;
}

export interface WrittenService extends WrittenHoldings {
  readonly email: string;
  readonly at: Place;
  readonly purpose: string;
}

export interface WrittenKey {
  readonly label: string;
  readonly at: Place;
  /** undefined: of the organization. */
  readonly alias: string | undefined;
  readonly props: ApiKeyProps;
}

export interface WrittenLeaver {
  readonly email: string;
  readonly at: Place;
  readonly props: LeaverProps;
}

/** One agency as its file says it. */
export interface WrittenEngagement {
  readonly props: EngagementProps;
  readonly untilAt: Place;
  readonly services: readonly WrittenService[];
  readonly groups: readonly WrittenGroup[];
  readonly people: readonly WrittenPerson[];
  readonly keys: readonly WrittenKey[];
  readonly left: readonly WrittenLeaver[];
}

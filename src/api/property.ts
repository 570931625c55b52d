import * as z from "zod";

import type { Listing } from "./records";
import type { Access } from "./credentials";
import { FamilyUnavailable } from "./failure";

/** Whose property it is: a user's, an event's, or that of a group of users (an account, a team). */
export const propertyType = z.enum(["user", "event", "group"]);
export type PropertyType = z.infer<typeof propertyType>;

/** What of a project's data properties are listed for. */
export interface PropertyPlace {
  readonly projectId: string;
  readonly type: PropertyType;
}

/** A property of a project's data, and who may see it. */
export const propertyRecord = z.strictObject({
  /** As Amplitude lists it: a custom user property is `gp:email`, that of a group `grp:plan`. */
  name: z.string(),
  /** From everybody's query builder in the project. */
  hidden: z.boolean(),
  /** `PII`, `SENSITIVE`, `REVENUE`: who may not see one is decided by Data Access Control, per group. */
  classifications: z.array(z.string()).readonly(),
});
export type PropertyRecord = Readonly<z.infer<typeof propertyRecord>>;

/** What of a property is to be changed: what is left out stays. */
export interface PropertyChange {
  readonly hidden?: boolean;
  /** The whole list. */
  readonly classifications?: readonly string[];
}

/**
 * Visibility of properties: over the Taxonomy API where the project's key pair is known
 * (https://amplitude.com/docs/apis/analytics/taxonomy), else, for users' properties, over the Developer API
 * (https://amplitude.com/docs/apis/developer), which lists those of events only event by event.
 */
export interface PropertyRead {
  /** Whether there is a credential to read and change properties there. */
  servesProperties(place: PropertyPlace): boolean;
  properties(place: PropertyPlace): Promise<Listing<PropertyRecord>>;
}

export interface PropertyWrite extends PropertyRead {
  /** `name` as it was listed. Saying it twice does no harm. */
  updateProperty(place: PropertyPlace, name: string, change: PropertyChange): Promise<void>;
}

/** One API that serves properties. */
export interface PropertyRoutes {
  list(place: PropertyPlace): Promise<Listing<PropertyRecord>>;
  update(place: PropertyPlace, name: string, change: PropertyChange): Promise<void>;
}

/** Both ways to properties as one. */
export function propertiesOf(parts: {
  readonly taxonomy: PropertyRoutes;
  readonly developer: PropertyRoutes;
  readonly access: Pick<Access, "values" | "families" | "variables">;
}): PropertyWrite {
  const { access } = parts;
  const routes = ({ projectId, type }: PropertyPlace): PropertyRoutes | undefined => {
    if (access.values.projectKeys.has(projectId)) return parts.taxonomy;
    return type === "user" && access.families.has("developer") ? parts.developer : undefined;
  };
  const needed = (place: PropertyPlace): PropertyRoutes => {
    const found = routes(place);
    if (found !== undefined) return found;
    const [variable = ""] = access.variables.taxonomy;
    throw new FamilyUnavailable("taxonomy", [`a key pair of project ${place.projectId} in ${variable}`]);
  };
  return {
    servesProperties: (place) => routes(place) !== undefined,
    properties: async (place) => needed(place).list(place),
    updateProperty: async (place, name, change) => needed(place).update(place, name, change),
  };
}

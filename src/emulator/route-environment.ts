import type { Context } from "hono";
import type { Act, Actor } from "./organization/act";
import type { Organization } from "./organization/organization";
import type { Emulation } from "./emulation";

/** What every route is handed: the organization as this request sees it, and who asks. */
export interface RouteEnvironment {
  Bindings: {
    /** The live organization, or an older one under a stale-read fault. */
    readonly organization: Organization;
    /** The request comes from the emulated identity provider. */
    readonly fromProvider: boolean;
  };
  Variables: { actor: Actor };
}

/** The context of a route of ours. */
export type RouteContext = Context<RouteEnvironment>;

/** The change that a request of an API makes, in the name of the key it carries. */
export function actOf(c: RouteContext, emulation: Emulation): Act {
  return {
    organization: c.env.organization,
    switches: emulation.switches,
    actor: c.get("actor"),
    at: emulation.clock.iso(),
  };
}

/** The JSON object that a request carries, or undefined where it carries anything else. */
export async function jsonObject(c: RouteContext): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = await c.req.json();
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

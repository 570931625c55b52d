import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import type { Organization } from "../organization/organization";
import { changeSettings } from "../organization/settings";
import { actOf, type RouteEnvironment } from "../route-environment";
import { addressRange, organizationRole } from "../seed/fields";
import type { Settings } from "../seed/schema";
import { bodyOf } from "./exchange";

const change = z
  .strictObject({
    sso_enforced: z.boolean(),
    jit_default_role: organizationRole.nullable(),
    scim_enabled: z.boolean(),
    mfa_required: z.boolean(),
    ip_allowlist: z.array(addressRange),
  })
  .partial();

/** `/api/2/organizations/{org}`: the organization and its settings; ours. */
export function settingsRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  app.get("/", (c) => c.json(organizationResource(c.env.organization)));
  app.patch("/", async (c) => {
    const body = await bodyOf(c, change);
    const given: Partial<Settings> = {
      ...(body.sso_enforced === undefined ? {} : { ssoEnforced: body.sso_enforced }),
      ...(body.jit_default_role === undefined ? {} : { jitDefaultRole: body.jit_default_role }),
      ...(body.scim_enabled === undefined ? {} : { scimEnabled: body.scim_enabled }),
      ...(body.mfa_required === undefined ? {} : { mfaRequired: body.mfa_required }),
      ...(body.ip_allowlist === undefined ? {} : { ipAllowlist: body.ip_allowlist }),
    };
    changeSettings(actOf(c, emulation), given);
    return c.json(organizationResource(c.env.organization));
  });
  return app;
}

function organizationResource({ identity, settings }: Organization): object {
  return {
    id: identity.id,
    name: identity.name,
    sso_enforced: settings.ssoEnforced,
    jit_default_role: settings.jitDefaultRole,
    scim_enabled: settings.scimEnabled,
    mfa_required: settings.mfaRequired,
    ip_allowlist: settings.ipAllowlist,
  };
}

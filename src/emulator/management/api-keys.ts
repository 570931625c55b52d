import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { apiKeyOf, checkApiKeyOrder, createApiKey, deleteApiKey } from "../organization/api-keys";
import { actOf, type RouteEnvironment } from "../route-environment";
import { id, name } from "../seed/fields";
import { apiKeyScope } from "../seed/managed-records";
import type { ApiKeyState } from "../seed/schema";
import { bodyOf, listAnswer } from "./exchange";

const creation = z.strictObject({
  type: apiKeyScope,
  project_id: id.nullable().default(null),
  label: name,
});

/** `/api/2/organizations/{org}/api-keys`: keys without their values, but for the answer that creates one; ours. */
export function apiKeyRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => listAnswer(c, c.env.organization.apiKeys.list(), keyResource));

  app.get("/:id", (c) => c.json(keyResource(apiKeyOf(actOf(c, emulation), c.req.param("id")))));

  app.post("/", async (c) => {
    const body = await bodyOf(c, creation);
    const act = actOf(c, emulation);
    const order = { label: body.label, scope: body.type, projectId: body.project_id };
    checkApiKeyOrder(act, order);
    const { key, value } = createApiKey(act, order);
    return c.json({ ...keyResource(key), value }, 201);
  });

  app.delete("/:id", (c) => {
    deleteApiKey(actOf(c, emulation), c.req.param("id"));
    return c.body(null, 204);
  });

  return app;
}

function keyResource(key: ApiKeyState): object {
  return {
    id: key.id,
    type: key.scope,
    project_id: key.projectId,
    label: key.label,
    created_at: key.createdAt,
    last_four: key.lastFour,
  };
}

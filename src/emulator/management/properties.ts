import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { projectOf } from "../organization/project-of";
import { changeProperty } from "../organization/properties";
import { actOf, type RouteEnvironment } from "../route-environment";
import { classificationList, propertyType } from "../seed/managed-records";
import type { PropertyState } from "../seed/schema";
import { bodyOf, listAnswer } from "./exchange";

const change = z.strictObject({ hidden: z.boolean(), classifications: classificationList }).partial();

/** `/api/2/projects/{project}/properties`: which properties are hidden or classified; ours. */
export function propertyRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    // Hono does not know the parameters of the address that these routes are mounted on.
    const project = projectOf(actOf(c, emulation), c.req.param("project") ?? "");
    const query = c.req.query("type");
    const type = query === undefined ? undefined : typeOf(query);
    const properties = c.env.organization.properties.where("project", String(project.id));
    return listAnswer(c, properties, propertyResource, (one) => type === undefined || one.type === type);
  });

  app.patch("/:type/:name", async (c) => {
    const body = await bodyOf(c, change);
    const act = actOf(c, emulation);
    const project = projectOf(act, c.req.param("project") ?? "");
    const which = { project: project.id, type: typeOf(c.req.param("type")), name: c.req.param("name") };
    return c.json(propertyResource(changeProperty(act, which, body)));
  });

  return app;
}

function typeOf(text: string): PropertyState["type"] {
  const type = propertyType.safeParse(text);
  if (!type.success) throw new Refusal("invalid", "The type of a property is user or event.");
  return type.data;
}

function propertyResource({ name, type, hidden, classifications }: PropertyState): object {
  return { name, type, hidden, classifications };
}

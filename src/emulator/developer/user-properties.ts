import { Hono } from "hono";
import { z } from "zod";
import { readCursor, sequencePage, writeCursor } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { projectOf } from "../organization/project-of";
import { changeProperty } from "../organization/properties";
import { actOf, jsonObject, type RouteContext, type RouteEnvironment } from "../route-environment";
import { classificationList } from "../seed/managed-records";
import type { PropertyState } from "../seed/schema";
import type { Switches } from "../switches";
import { pageLimit } from "./page-limit";
import { developerProblem } from "./problem";

const change = z
  .strictObject({
    display_name: z.string().nullable(),
    description: z.string().nullable(),
    is_hidden: z.boolean().nullable(),
    classifications: classificationList.nullable(),
  })
  .partial();

/**
 * `/v1/projects/{project}/user-properties`: user properties of a project, those without a place in the tracking plan too
 * (https://amplitude.com/docs/apis/developer). Reading takes the scope taxonomy:read, writing taxonomy:write.
 */
export function userPropertyRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.use(async (c, next) => {
    const scope = emulation.switches["developer-taxonomy-scope"];
    if (scope === "none" || (scope === "read" && c.req.method !== "GET")) {
      const detail = `The token lacks taxonomy:${c.req.method === "GET" ? "read" : "write"}.`;
      return developerProblem(c, 403, "Forbidden", "insufficient_scope", detail);
    }
    await next();
    return undefined;
  });

  const all = (c: RouteContext) => {
    // Hono does not know the parameters of the address that these routes are mounted on.
    const project = projectOf(actOf(c, emulation), c.req.param("project") ?? "");
    return c.env.organization.properties
      .where("project", String(project.id))
      .filter(({ value }) => value.type === "user");
  };
  const named = (c: RouteContext): PropertyState => {
    const name = c.req.param("name") ?? "";
    const found = all(c).find(({ value }) => nameOf(value, emulation.switches) === name);
    if (found === undefined) throw new Refusal("not-found", `There is no user property ${name}.`);
    return found.value;
  };

  app.get("/", (c) => {
    const page = sequencePage(all(c), readCursor(c.req.query("cursor")), pageLimit(c));
    const next = page.next === undefined ? null : writeCursor(page.next);
    const data = page.rows.map((property) => userPropertyResource(property, emulation.switches));
    return c.json({ data, pagination: { next_cursor: next, has_more: next !== null } });
  });

  app.get("/:name", (c) => c.json({ data: userPropertyResource(named(c), emulation.switches) }));

  app.patch("/:name", async (c) => {
    const key = c.req.header("idempotency-key") ?? "";
    if (key.length < 8 || key.length > 255)
      throw new Refusal("invalid", "Idempotency-Key has 8 to 255 characters.");
    const body = change.safeParse(await jsonObject(c));
    if (!body.success) throw new Refusal("invalid", "Only a user property's metadata can be changed.");
    const property = named(c);
    if (property.status === "unexpected")
      return developerProblem(
        c,
        422,
        "Not in schema",
        "not_in_schema",
        "It is only ingested: create it first.",
      );
    const { is_hidden: hidden, classifications } = body.data;
    const changed = changeProperty(actOf(c, emulation), property, {
      ...(hidden === undefined ? {} : { hidden: hidden ?? false }),
      ...(classifications === undefined ? {} : { classifications: classifications ?? [] }),
    });
    return c.json({ data: userPropertyResource(changed, emulation.switches) });
  });

  return app;
}

/** Whether custom properties have a prefix here, as they have in the Taxonomy API, is undocumented. */
function nameOf({ name }: PropertyState, switches: Switches): string {
  return switches["developer-user-property-names"] === "plain" ? name.replace(/^gp:/, "") : name;
}

function userPropertyResource(property: PropertyState, switches: Switches): object {
  const name = nameOf(property, switches);
  return {
    id: name,
    object: "user_property",
    project_id: String(property.project),
    property_name: name,
    display_name: null,
    description: null,
    is_official: !property.name.startsWith("gp:"),
    is_hidden: property.hidden,
    is_in_schema: property.status !== "unexpected",
    data_type: "any",
    is_array_type: false,
    enum_values: null,
    classifications: property.classifications,
  };
}

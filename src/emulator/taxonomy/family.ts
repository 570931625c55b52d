import { Hono } from "hono";
import { projectOfKeys } from "../authentication";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { changeProperty } from "../organization/properties";
import { actOf, type RouteContext, type RouteEnvironment } from "../route-environment";
import type { PropertyState } from "../seed/schema";
import { taxonomyError } from "./answer";
import { propertyChange } from "./property-change";

/** Cost of a request by its method, and of a project's key pair (https://amplitude.com/docs/apis/analytics/taxonomy, "Limits"). */
const costOf = (method: string): number => (method === "GET" ? 1 : 2);

const types = ["user", "event", "group"] as const;

/** The Taxonomy API under `/api/2/taxonomy`, as far as visibility needs it (https://amplitude.com/docs/apis/analytics/taxonomy). */
export function taxonomyFamily(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  const projectOf = (c: RouteContext): number => {
    const found = projectOfKeys(c.env.organization, c.req.header("authorization"));
    if ("project" in found) return found.project.id;
    throw new Refusal("forbidden", found.denial, 401);
  };

  app.use(async (c, next) => {
    const { switches, costs } = emulation;
    const project = projectOf(c);
    // Documented for plans that do not have it.
    if (!switches["taxonomy-included"]) return taxonomyError(c, 404, "Not found");
    const turn = costs.take(project, costOf(c.req.method), {
      concurrent: switches["taxonomy-concurrent-cost"],
      perHour: switches["taxonomy-cost-per-hour"],
    });
    if ("exceeded" in turn) {
      if (turn.seconds !== undefined && switches["rate-limit-retry-after-header"])
        c.header("retry-after", String(turn.seconds));
      const limit = turn.exceeded === "hour" ? "cost an hour" : "cost at the same time";
      return taxonomyError(c, 429, `Exceeded the limit of ${limit}.`);
    }
    c.set("actor", {
      name: switches["audit-log-actor-taxonomy"],
      ip: "127.0.0.1",
      userAgent: c.req.header("user-agent") ?? null,
    });
    try {
      await next();
    } finally {
      turn.end();
    }
    return undefined;
  });

  for (const type of types) {
    const listed = (one: PropertyState): boolean =>
      one.type === type && (one.status !== "unexpected" || emulation.switches["taxonomy-lists-unexpected"]);
    const named = (c: RouteContext, name: string): PropertyState | undefined =>
      propertiesOf(c, projectOf(c)).find((one) => one.name === name && listed(one));

    app.get(`/${type}-property`, (c) =>
      c.json({ success: true, data: propertiesOf(c, projectOf(c)).filter(listed).map(propertyResource) }),
    );

    app.get(`/${type}-property/:name`, (c) => {
      const found = named(c, c.req.param("name"));
      // Documented: 404 for a user property, 400 for the others.
      if (found === undefined) return taxonomyError(c, type === "user" ? 404 : 400, "Not found");
      return c.json({ success: true, data: propertyResource(found) });
    });

    app.put(`/${type}-property/:name`, async (c) => {
      const name = c.req.param("name");
      const refuse = (message: string): Response =>
        taxonomyError(c, type === "user" ? emulation.switches["taxonomy-refusal-status"] : 409, message);
      const property = propertiesOf(c, projectOf(c)).find((one) => one.type === type && one.name === name);
      if (property === undefined)
        return refuse(`Attempted to operate on entity ${type}_property, id "${name}", that does not exist.`);
      if (property.status === "unexpected")
        return refuse(`Attempted to change the ${type} property "${name}", but it is not in schema.`);
      const change = propertyChange(new URLSearchParams(await c.req.text()));
      if (change.classifications !== undefined && !emulation.switches["taxonomy-data-access-control"])
        return taxonomyError(c, 400, "Data Access Controls are not enabled.");
      // Documented: only what has data can be hidden. The status is not.
      if (change.hidden !== undefined && property.status === "planned")
        return refuse(
          `The ${type} property "${name}" has no data yet, so that its visibility cannot be set.`,
        );
      changeProperty(actOf(c, emulation), property, change);
      return c.json({ success: true });
    });
  }

  app.onError((error, c) => {
    if (error instanceof Refusal) return taxonomyError(c, error.status ?? 400, error.message);
    throw error;
  });
  return app;
}

function propertiesOf(c: RouteContext, project: number): PropertyState[] {
  return c.env.organization.properties.where("project", String(project)).map(({ value }) => value);
}

function propertyResource({ name, type, hidden, classifications }: PropertyState): object {
  return {
    [`${type}_property`]: name,
    ...(type === "user" ? {} : { [`${type}_type`]: null }),
    description: null,
    type: null,
    regex: null,
    enum_values: null,
    is_array_type: false,
    ...(type === "event" ? { is_required: false } : {}),
    is_hidden: hidden,
    classifications,
  };
}

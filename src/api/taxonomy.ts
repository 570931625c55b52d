import * as z from "zod";
import type { Clock } from "./clock";
import { readWhole } from "./pages";
import type { PropertyRecord, PropertyRoutes, PropertyType } from "./property";
import type { Transport } from "./transport";
import { arrived, segment } from "./wire";

/* Taxonomy API: https://amplitude.com/docs/apis/analytics/taxonomy. Its lists come whole, without pages; its writes are forms. */

const path = (type: PropertyType): string => `/api/2/taxonomy/${type}-property`;

/** A classification that is missing is none; whether a property is hidden is never guessed. */
const visibility = z.object({
  is_hidden: z.boolean(),
  classifications: z
    .array(z.string())
    .nullish()
    .transform((names) => names ?? []),
});

const listOf = (type: PropertyType) => {
  const name = `${type}_property`;
  const row = z
    .looseObject({ [name]: z.string().min(1) })
    .and(visibility)
    .transform((found): PropertyRecord => ({
      name: String(found[name]),
      hidden: found.is_hidden,
      classifications: found.classifications,
    }));
  return z.object({ success: z.literal(true), data: z.array(row) });
};

const lists = { user: listOf("user"), event: listOf("event"), group: listOf("group") } as const;

/** Documented: a refusal of a user property may come as 200 with `success: false`. */
const done = z.object({ success: z.literal(true) });

/**
 * Properties over a project's key pair: the shared ones, which are what can be classified.
 * @throws as every method: ApiFailure, FamilyUnavailable, NotWhole (lists), ReadOnly (writes), RangeError for a name that is none
 */
export function taxonomyOf(transport: Transport, clock: Clock): PropertyRoutes {
  const family = "taxonomy";
  return {
    list: ({ projectId: project, type }) =>
      readWhole<PropertyRecord>(
        { family, name: `${type} properties of project ${project}`, clock },
        async () => {
          const answer = await transport.send({ family, project, method: "GET", path: path(type) });
          const rows = arrived(lists[type], answer).data;
          const twice = rows.find(({ name }, index) => rows.findIndex((row) => row.name === name) !== index);
          return twice === undefined ? { rows, pages: 1 } : { anomaly: `${twice.name} came twice`, pages: 1 };
        },
      ),

    async update({ projectId: project, type }, name, { hidden, classifications }) {
      const form = {
        ...(hidden === undefined ? {} : { is_hidden: String(hidden) }),
        ...(classifications === undefined ? {} : { classifications: classifications.join(",") }),
      };
      // Nothing to change sends nothing.
      if (Object.keys(form).length === 0) return;
      const call = { family, project, method: "PUT", path: `${path(type)}/${segment(name)}`, form } as const;
      arrived(done, await transport.send(call));
    },
  };
}

import { Hono } from "hono";
import type { Emulation } from "../emulation";
import { Refusal, type Act } from "../organization/act";
import {
  addMembers,
  createGroup,
  deleteGroup,
  groupOf,
  removeMembers,
  renameGroup,
} from "../organization/groups";
import { canonical, type Group } from "../organization/organization";
import { actOf, jsonObject, type RouteContext, type RouteEnvironment } from "../route-environment";
import { scimAnswer, scimError } from "./errors";
import { equality, matcher, parseFilter } from "./filter";
import { groupChange, type GroupChange } from "./group-patch";
import { groupResource, parseGroup } from "./group-resource";
import { listResponse, pageOf } from "./paging";

/** `/scim/1/Groups`: permission groups and who is in them (https://amplitude.com/docs/apis/analytics/scim). */
export function scimGroups(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });
  const resource = (c: RouteContext, group: Group, single: boolean, members = true): object =>
    groupResource(group, c.env.organization, emulation.switches, { single, members });

  app.get("/", (c) => {
    const { switches } = emulation;
    const groups = found(c, emulation, (group) => resource(c, group, false));
    const page = switches["scim-groups-paging"]
      ? pageOf((name) => c.req.query(name), switches)
      : { startIndex: 1, itemsPerPage: groups.length };
    const list = listResponse(page, groups, (group) =>
      resource(c, group, false, switches["scim-group-list-members"]),
    );
    return scimAnswer(c, emulation, list);
  });

  app.get("/:id", (c) =>
    scimAnswer(c, emulation, resource(c, groupOf(actOf(c, emulation), c.req.param("id")), true)),
  );

  app.post("/", async (c) => {
    const body = parseGroup(await jsonObject(c));
    const group = createGroup(actOf(c, emulation), body.displayName, body.members);
    return scimAnswer(c, emulation, resource(c, group, false), emulation.switches["scim-post-group-status"]);
  });

  app.patch("/:id", async (c) => {
    const body = await jsonObject(c);
    const act = actOf(c, emulation);
    const group = groupOf(act, c.req.param("id"));
    return scimAnswer(
      c,
      emulation,
      resource(c, change(act, group, groupChange(group, body, emulation.switches)), true),
    );
  });

  app.put("/:id", async (c) => {
    const rule = emulation.switches["scim-put-group"];
    if (rule !== "accepted") return scimError(c, emulation, Number(rule), "PUT of a group is not supported.");
    const body = parseGroup(await jsonObject(c));
    const act = actOf(c, emulation);
    const group = groupOf(act, c.req.param("id"));
    const wanted = new Set(body.members.map(canonical));
    const changed = change(act, group, {
      name: body.displayName,
      add: body.members,
      remove: [...group.members].filter((member) => !wanted.has(member)),
    });
    return scimAnswer(c, emulation, resource(c, changed, true));
  });

  app.delete("/:id", (c) => {
    const act = actOf(c, emulation);
    deleteGroup(act, groupOf(act, c.req.param("id")));
    return c.body(null, 204);
  });

  return app;
}

function found(c: RouteContext, emulation: Emulation, resource: (group: Group) => object): readonly Group[] {
  const groups = c.env.organization.groups.values();
  const text = c.req.query("filter");
  if (text === undefined || text === "" || !emulation.switches["scim-groups-filter"]) return groups;
  const filter = parseFilter(text);
  const equal = equality(filter);
  if (equal?.attribute === "displayname") return groups.filter((group) => group.name === equal.value);
  const matches = matcher(filter);
  return groups.filter((group) => matches(resource(group)));
}

/** All of a change or none of it: what can be refused is judged before the first write. */
function change(act: Act, group: Group, { name, add, remove }: GroupChange): Group {
  if (!act.switches["scim-patch-invites-unknown"]) {
    const unknown = add.filter((email) => act.organization.person(email) === undefined);
    if (unknown.length > 0) throw new Refusal("invalid", `Not in the organization: ${unknown.join(", ")}.`);
  }
  const renamed = name === undefined ? group : renameGroup(act, group, name);
  return removeMembers(act, addMembers(act, renamed, add), remove);
}

import { Hono } from "hono";
import { offsetPage, sequencePage } from "../cursor";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { addMembers, groupOf, removeMembers } from "../organization/groups";
import { canonical } from "../organization/organization";
import { actOf, type RouteEnvironment } from "../route-environment";
import { inwardGroupId, inwardUserId, outwardGroupId, outwardUserId } from "./ids";
import { pageAnswer, pageRequest } from "./paging";

/** `/groups`: groups and their members (https://amplitude.com/docs/apis/user-management/groups/list-groups). */
export function groupRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    const { switches } = emulation;
    const request = pageRequest(c, switches);
    const { groups, identity } = c.env.organization;
    const page = sequencePage(groups.list(), request.after, request.limit);
    return pageAnswer(c, switches, request, page, (group) => ({
      groupId: outwardGroupId(group.id, switches),
      name: group.name,
      orgId: identity.id,
      ...(group.description === undefined ? {} : { description: group.description }),
    }));
  });

  app.get("/:groupId/members", (c) => {
    const { switches } = emulation;
    const request = pageRequest(c, switches);
    const group = groupOf(actOf(c, emulation), inwardGroupId(c.req.param("groupId"), switches));
    const page = offsetPage([...group.members], request.after, request.limit);
    const { organization } = c.env;
    return pageAnswer(c, switches, request, page, (member) =>
      outwardUserId(organization.person(member)?.email ?? member, switches),
    );
  });

  app.post("/:groupId/members/:userId", (c) => {
    const { switches } = emulation;
    const act = actOf(c, emulation);
    const group = groupOf(act, inwardGroupId(c.req.param("groupId"), switches));
    const email = inwardUserId(c.req.param("userId"), act.organization, switches);
    if (group.members.has(canonical(email)) && switches["user-management-add-existing-member"] === "409") {
      throw new Refusal("conflict", `${email} is a member of group ${c.req.param("groupId")} already.`);
    }
    if (
      act.organization.person(email) === undefined &&
      switches["user-management-add-unknown-member"] === "404"
    ) {
      throw new Refusal("not-found", `${email} is not in the organization.`);
    }
    if (!/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/.test(email))
      throw new Refusal("invalid", `${email} is not an e-mail address.`);
    addMembers(act, group, [email]);
    return c.json({ message: `Added ${c.req.param("userId")} to group ${c.req.param("groupId")}.` });
  });

  app.delete("/:groupId/members/:userId", (c) => {
    const { switches } = emulation;
    const act = actOf(c, emulation);
    const group = groupOf(act, inwardGroupId(c.req.param("groupId"), switches));
    const email = inwardUserId(c.req.param("userId"), act.organization, switches);
    if (!group.members.has(canonical(email)) && switches["user-management-remove-non-member"] === "404") {
      throw new Refusal("not-found", `${email} is not a member of group ${c.req.param("groupId")}.`);
    }
    removeMembers(act, group, [email]);
    return c.json({ message: `Removed ${c.req.param("userId")} from group ${c.req.param("groupId")}.` });
  });

  return app;
}

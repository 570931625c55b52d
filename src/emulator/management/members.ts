import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { invite, personOf, removePerson, setOrganizationRole } from "../organization/people";
import { actOf, type RouteEnvironment } from "../route-environment";
import { email, name, organizationRole } from "../seed/fields";
import type { PersonState } from "../seed/schema";
import { bodyOf, listAnswer } from "./exchange";

const invitation = z.strictObject({
  email,
  role: organizationRole,
  given_name: name.optional(),
  family_name: name.optional(),
});
const change = z.strictObject({ role: organizationRole });

/** `/api/2/organizations/{org}/members`: people and their organization roles; inviting and removing are the playbook's. */
export function memberRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => listAnswer(c, c.env.organization.people.list(), memberResource));

  app.get("/:userId", (c) => c.json(memberResource(personOf(actOf(c, emulation), c.req.param("userId")))));

  app.post("/", async (c) => {
    const body = await bodyOf(c, invitation);
    const person = invite(actOf(c, emulation), {
      email: body.email,
      organizationRole: body.role,
      ...(body.given_name === undefined ? {} : { givenName: body.given_name }),
      ...(body.family_name === undefined ? {} : { familyName: body.family_name }),
    });
    return c.json(memberResource(person), 201);
  });

  app.patch("/:userId", async (c) => {
    const act = actOf(c, emulation);
    const { role } = await bodyOf(c, change);
    setOrganizationRole(act, c.req.param("userId"), role);
    return c.json(memberResource(personOf(act, c.req.param("userId"))));
  });

  app.delete("/:userId", (c) => {
    removePerson(actOf(c, emulation), c.req.param("userId"));
    return c.body(null, 204);
  });

  return app;
}

function memberResource(person: PersonState): object {
  return {
    id: person.email,
    email: person.email,
    role: person.organizationRole,
    status: person.status,
    last_login: person.lastLogin ?? null,
  };
}

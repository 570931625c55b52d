import { Hono } from "hono";
import { patchBodyValidation, scimPatch, type ScimPatch, type ScimResource } from "scim-patch";
import type { Emulation } from "../emulation";
import { Refusal, type Act } from "../organization/act";
import { canonical } from "../organization/organization";
import { invite, personOf, removePerson, renamePerson } from "../organization/people";
import { actOf, jsonObject, type RouteContext, type RouteEnvironment } from "../route-environment";
import type { PersonState } from "../seed/schema";
import { scimAnswer, scimError } from "./errors";
import { equality, matcher, parseFilter } from "./filter";
import { listResponse, pageOf } from "./paging";
import { namesOf, parseUser, userResource, type UserBody } from "./user-resource";

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** `/scim/1/Users`: list, get, invite, change and remove people (https://amplitude.com/docs/apis/analytics/scim). */
export function scimUsers(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    const page = pageOf((name) => c.req.query(name), emulation.switches);
    const people = found(c, emulation, c.req.query("filter"));
    return scimAnswer(
      c,
      emulation,
      listResponse(page, people, (person) => userResource(person, emulation.switches)),
    );
  });

  app.get("/:id", (c) => {
    const act = actOf(c, emulation);
    const person = personOf(act, c.req.param("id"));
    const groups = emulation.switches["scim-user-groups-filled"]
      ? act.organization
          .groupsOf(person.email)
          .map((group) => ({ value: String(group.id), display: group.name }))
      : [];
    return scimAnswer(c, emulation, { ...userResource(person, emulation.switches), groups });
  });

  app.post("/", async (c) => {
    const body = await jsonObject(c);
    const user = parseUser(body);
    if (user.id !== undefined && canonical(user.id) !== canonical(user.userName)) {
      throw new Refusal("invalid", "id and userName are not the same e-mail address.");
    }
    const person = invite(actOf(c, emulation), { email: user.userName, ...namesOf(user) });
    const answer =
      emulation.switches["scim-write-answer"] === "resource"
        ? userResource(person, emulation.switches)
        : { ...body, active: true };
    return scimAnswer(c, emulation, { ...answer, groups: [] }, 201);
  });

  app.put("/:id", async (c) => {
    const body = await jsonObject(c);
    const act = actOf(c, emulation);
    return write(c, emulation, personOf(act, c.req.param("id")), parseUser(body), body);
  });

  app.patch("/:id", async (c) => {
    const body = await jsonObject(c);
    const person = personOf(actOf(c, emulation), c.req.param("id"));
    if (body?.["Operations"] === undefined) return write(c, emulation, person, parseUser(body), body);
    if (!emulation.switches["scim-patch-user-patchop"]) {
      return scimError(
        c,
        emulation,
        400,
        "PATCH of a user takes a whole user, not a PatchOp.",
        "invalidSyntax",
      );
    }
    return write(c, emulation, person, patched(person, body, emulation));
  });

  app.delete("/:id", (c) => {
    removePerson(actOf(c, emulation), c.req.param("id"));
    return c.body(null, 204);
  });

  return app;
}

function found(c: RouteContext, emulation: Emulation, text: string | undefined): readonly PersonState[] {
  const { people } = c.env.organization;
  const rule = emulation.switches["scim-filter"];
  if (text === undefined || text === "" || rule === "ignored") return people.values();
  const filter = parseFilter(text);
  const equal = equality(filter);
  if (equal !== undefined && ["username", "id", "emails.value"].includes(equal.attribute)) {
    const person = c.env.organization.person(equal.value);
    return person === undefined ? [] : [person];
  }
  if (rule === "username-eq") throw new Refusal("invalid", `Only userName eq "..." is supported: ${text}`);
  const matches = matcher(filter);
  return people.values().filter((person) => matches(userResource(person, emulation.switches)));
}

/** Brings a whole user into effect; `active: false` removes the person, or revokes the invitation. */
function write(
  c: RouteContext,
  emulation: Emulation,
  person: PersonState,
  user: UserBody,
  echo?: Record<string, unknown>,
): Response {
  const act: Act = actOf(c, emulation);
  if (canonical(user.userName) !== canonical(person.email)) {
    throw new Refusal("invalid", "The e-mail address of a person cannot be changed.");
  }
  let now = person;
  if (user.active === false) removePerson(act, person.email);
  else now = renamePerson(act, person.email, namesOf(user));
  if (echo !== undefined && emulation.switches["scim-write-answer"] === "request-body") {
    return scimAnswer(c, emulation, { ...echo, groups: [] });
  }
  return scimAnswer(c, emulation, {
    ...userResource(now, emulation.switches),
    active: user.active !== false,
    groups: [],
  });
}

// Identity providers send active as the text "False" (Microsoft Entra ID does), which is no boolean in JSON.
function patched(person: PersonState, body: Record<string, unknown>, emulation: Emulation): UserBody {
  const schemas = body["schemas"];
  const request = { ...body, schemas: Array.isArray(schemas) ? schemas : [PATCH_OP] } as unknown as ScimPatch;
  try {
    patchBodyValidation(request);
    const resource = { ...userResource(person, emulation.switches), meta: { resourceType: "User" } };
    const changed: Record<string, unknown> = {
      ...scimPatch(resource as unknown as ScimResource, request.Operations),
    };
    const active = changed["active"];
    return parseUser({
      ...changed,
      active: typeof active === "string" ? active.toLowerCase() === "true" : active,
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "invalid",
      `The PatchOp cannot be applied: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

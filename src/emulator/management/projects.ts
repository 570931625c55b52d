import { Hono } from "hono";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { Refusal } from "../organization/act";
import { grant } from "../organization/assignments";
import { canonical } from "../organization/organization";
import { personOf } from "../organization/people";
import { projectOf } from "../organization/project-of";
import { changeProject, createProject, type ProjectSettings } from "../organization/projects";
import { actOf, type RouteEnvironment } from "../route-environment";
import { email, name } from "../seed/fields";
import { addOnList, environment } from "../seed/managed-records";
import type { ProjectState } from "../seed/schema";
import { bodyOf, listAnswer } from "./exchange";

const creation = z.strictObject({
  name,
  environment: environment.nullable().default(null),
  add_ons: addOnList.default([]),
});
const change = z
  .strictObject({
    name,
    archived: z.boolean(),
    environment: environment.nullable(),
    add_ons: addOnList,
  })
  .partial();
const member = z.strictObject({ email, role: name });

/** `/api/2/projects`: projects are ours; `POST .../members`, a person's direct role by name, is the playbook's. */
export function projectRoutes(emulation: Emulation): Hono<RouteEnvironment> {
  const app = new Hono<RouteEnvironment>({ strict: false });

  app.get("/", (c) => {
    const archivedToo = c.req.query("include_archived") === "true";
    const wanted = (project: ProjectState): boolean => archivedToo || !project.archived;
    return listAnswer(c, c.env.organization.projects.list(), projectResource, wanted);
  });

  app.post("/", async (c) => {
    const { add_ons: addOns, ...body } = await bodyOf(c, creation);
    return c.json(projectResource(createProject(actOf(c, emulation), { ...body, addOns })), 201);
  });

  app.get("/:project", (c) =>
    c.json(projectResource(projectOf(actOf(c, emulation), c.req.param("project")))),
  );

  app.patch("/:project", async (c) => {
    const { add_ons: addOns, ...body } = await bodyOf(c, change);
    const given: Partial<ProjectSettings> = { ...body, ...(addOns === undefined ? {} : { addOns }) };
    return c.json(projectResource(changeProject(actOf(c, emulation), c.req.param("project"), given)));
  });

  app.post("/:project/members", async (c) => {
    const body = await bodyOf(c, member);
    const act = actOf(c, emulation);
    const project = projectOf(act, c.req.param("project"));
    const person = personOf(act, body.email);
    const role = act.organization.roles.where("name", body.role.toLowerCase())[0]?.value;
    if (role === undefined) throw new Refusal("not-found", `There is no role named ${body.role}.`);
    grant(act, { principalType: "user", principal: canonical(person.email), project: project.id }, role);
    return c.json({ project_id: project.id, email: person.email, role: role.name }, 201);
  });

  return app;
}

function projectResource(project: ProjectState): object {
  return {
    id: project.id,
    name: project.name,
    archived: project.archived,
    environment: project.environment,
    add_ons: project.addOns,
  };
}

import { Project, type AccessStack } from "amplitude-access";
import { only, synthesize } from "./synthesis";

const web = (stack: AccessStack) => Project.named(stack, "Web", { id: 501 });

it("hides a property of a project and keeps the reason beside it", () => {
  const result = synthesize((stack) =>
    web(stack).hide("email", { of: "user", classify: ["PII"], because: "agencies query this project" }),
  );
  const { address, ...block } = only(result, "amplitude_property_visibility");
  expect(block).toMatchObject({
    project_id: "501",
    property_type: "user",
    name: "email",
    hidden: true,
    classifications: ["PII"],
  });
  expect(result.file.locals.amplitude_access).toMatchObject({
    reasons: { [address]: "agencies query this project" },
  });
});

it("refers to the project's lookup where no id is given, and leaves classifications alone where none is said", () => {
  const result = synthesize((stack) => Project.named(stack, "Web").hide("Revenue", { of: "event" }));
  const block = only(result, "amplitude_property_visibility");
  expect(block["project_id"]).toMatch(/^\$\{data\.amplitude_project\.[\w-]+\.id\}$/);
  expect(block).not.toHaveProperty("classifications");
  expect(result.file.locals.amplitude_access).not.toHaveProperty("reasons");
});

it("tells properties of users, events and groups apart, and of two projects", () => {
  const { file } = synthesize((stack) => {
    for (const project of [web(stack), Project.named(stack, "App", { id: 502 })])
      project.hide("plan", { of: "user" }).hide("plan", { of: "event" }).hide("plan", { of: "group" });
  });
  expect(Object.keys(file.resource?.["amplitude_property_visibility"] ?? {})).toHaveLength(6);
});

it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
  [
    "twice",
    (stack) => web(stack).hide("email", { of: "user" }).hide("email", { of: "user" }),
    /the property "Web user email".* is declared at/,
  ],
  ["no name", (stack) => web(stack).hide("", { of: "user" }), /its name is wrong/],
  ["no owner", (stack) => web(stack).hide("email", { of: "users" as "user" }), /its owner is wrong/],
  [
    "a classification that is none",
    (stack) => web(stack).hide("email", { of: "user", classify: ["pii" as "PII"] }),
    /its classification is wrong/,
  ],
])("refuses %s", (_name, declare, said) => {
  expect(() => synthesize(declare)).toThrow(said);
});

import { type AccessStack, type ApiKeyProps, Key, Project } from "amplitude-access";
import { parseStack } from "../../src/reconcile/desired/stack";
import { nova } from "./nova";
import { only, synthesize, the } from "./synthesis";

const TYPE = "amplitude_api_key";
const reporting = (stack: AccessStack): Project => Project.named(stack, "Client Reporting", { id: 288503 });

describe("an API key", () => {
  const declared = (props: Partial<ApiKeyProps> = {}) =>
    synthesize((stack) =>
      stack.key("nova-braze-sync", reporting(stack), {
        kind: Key.Secret,
        usedBy: stack.serviceAccount("sync@acme.com", { purpose: "cohorts to Braze" }),
        generation: 2,
        knownTo: ["marco@nova.agency", "jo@nova.agency"],
        rotateEvery: "180 days",
        store: "nova-vault",
        ...props,
      }),
    );

  it("is what was written, after who uses it, and a new one before the old one goes", () => {
    const result = declared();
    const key = only(result, TYPE);
    expect(key).toMatchObject({
      key_type: "secret",
      project_id: "288503",
      label: "nova-braze-sync",
      generation: 2,
      owners: ["sync@acme.com"],
      known_to: ["marco@nova.agency", "jo@nova.agency"],
      rotate_every: "180 days",
      store: "nova-vault",
      depends_on: [only(result, "amplitude_user").address],
      lifecycle: { create_before_destroy: true },
    });
    expect(() => parseStack(result.text, "cdk.tf.json")).not.toThrow();
  });

  it("keeps its address while its generation rises", () => {
    expect(only(declared({ generation: 3 }), TYPE).address).toBe(only(declared(), TYPE).address);
  });

  it("is of the first generation where none is written, and of a project's own where that makes it", () => {
    const result = synthesize((stack) => reporting(stack).key("ci", { kind: Key.Project }));
    expect(only(result, TYPE)).toMatchObject({ project_id: "288503", generation: 1 });
  });

  it("of the organization names no project", () => {
    const result = synthesize((stack) => stack.key("ci", { kind: Key.Organization }));
    expect(only(result, TYPE)).not.toHaveProperty("project_id");
  });

  it("may be known to somebody who left", () => {
    const result = synthesize((stack) => {
      stack.left("ana@nova.agency", { on: "2026-11-23" });
      reporting(stack).key("ci", { kind: Key.Project, knownTo: ["ana@nova.agency"] });
    });
    expect(only(result, TYPE)["known_to"]).toEqual(["ana@nova.agency"]);
  });

  it("of an engagement carries its name and ends with it, or earlier", () => {
    const result = synthesize((stack) => {
      const project = reporting(stack);
      nova(stack);
      stack.key("sync", project, { kind: Key.Secret, engagement: "nova" });
      stack.key("trial", project, { kind: Key.Secret, engagement: "nova", until: "2026-12-31" });
    });
    expect(the(result, TYPE, "label", "sync")).toMatchObject({
      engagement: "nova",
      expires_at: "2027-04-01T00:00:00Z",
    });
    expect(the(result, TYPE, "label", "trial")).toMatchObject({ expires_at: "2027-01-01T00:00:00Z" });
  });
});

const secret = { kind: Key.Secret };

it.each<[string, (stack: AccessStack) => unknown, string]>([
  [
    "an organization key with a project",
    (stack) => stack.key("ci", reporting(stack), { kind: Key.Organization }),
    'a key of the organization has no project, and "Client Reporting" is given',
  ],
  ["a secret key without one", (stack) => stack.key("ci", secret), "a secret key is of one project"],
  [
    "a generation of 0",
    (stack) => reporting(stack).key("ci", { ...secret, generation: 0 }),
    "generation is 0",
  ],
  ["half a generation", (stack) => reporting(stack).key("ci", { ...secret, generation: 1.5 }), "is 1.5"],
  [
    "months, which have no length",
    (stack) => reporting(stack).key("ci", { ...secret, rotateEvery: "6 months" }),
    'its rotateEvery is wrong: "6 months" is not a number of days',
  ],
  [
    "somebody who knows it and has no address",
    (stack) => reporting(stack).key("ci", { ...secret, knownTo: ["Marco"] }),
    "its knownTo is wrong",
  ],
  [
    "a user who left",
    (stack) => {
      stack.left("ana@nova.agency", { on: "2026-11-23" });
      reporting(stack).key("ci", { ...secret, usedBy: "Ana@nova.agency" });
    },
    "Ana@nova.agency is declared absent by the leaver",
  ],
  [
    "two of a kind, project and label",
    (stack) => {
      const project = reporting(stack);
      project.key("ci", { ...secret, generation: 1 });
      stack.key("ci", project, { ...secret, generation: 2 });
    },
    "Keep one of the two",
  ],
])("%s is refused", (_, declare, said) => {
  expect(() => synthesize(declare)).toThrow(said);
});

import { parseStack } from "../../src/reconcile";
import { DiagnosticError, type Diagnostic } from "../../src/schema";
import { harness } from "../support/harness";
import { organization } from "../support/organization";
import { stackFile, type StackContent } from "../support/stack-file";

function problemsOf(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

const parsed = (content: StackContent) => problemsOf(() => parseStack(stackFile(content), "out/cdk.tf.json"));
async function planned(content: StackContent): Promise<readonly Diagnostic[]> {
  const site = harness({
    organization: organization().people("jo@nova.agency").group("eng").project("Web"),
    stack: content,
  });
  const problems = await site.plan().then(
    () => [],
    (error: unknown) =>
      error instanceof DiagnosticError ? error.diagnostics : Promise.reject(error as Error),
  );
  expect(site.writes()).toEqual([]);
  return problems;
}

const jo = { email: "jo@nova.agency" };

describe("what only Terraform could evaluate, or nobody", () => {
  it.each([
    ["a kind that does not exist", "amplitude_team.x", { name: "x" }, "amplitude_team"],
    ["another provider's resource", "aws_iam_user.x", { name: "x" }, "aws_iam_user"],
    ["count", "amplitude_user.x", { ...jo, count: 2 }, "Only Terraform"],
    ["for_each", "amplitude_user.x", { ...jo, for_each: "${toset([])}" }, "Only Terraform"],
    ["ignore_changes", "amplitude_user.x", { ...jo, lifecycle: { ignore_changes: ["given_name"] } }, "Only"],
    ["prevent_destroy", "amplitude_user.x", { ...jo, lifecycle: [{ prevent_destroy: true }] }, "Only"],
    ["another provider", "amplitude_user.x", { ...jo, provider: "amplitude.eu" }, "Only Terraform"],
    ["provisioner", "amplitude_user.x", { ...jo, provisioner: [{}] }, "Only Terraform"],
  ])("%s is refused at its address and construct path", (_, address, block, says) => {
    const [problem, ...others] = parsed({ resources: { [address]: block } });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      address: `acme/${address}`,
      constructPath: `acme/${address.split(".")[1] ?? ""}`,
    });
    expect(`${problem?.summary ?? ""} ${problem?.detail ?? ""}`).toContain(says);
    expect(problem?.detail).not.toBe("");
  });

  it.each([
    ["variables", { variable: { x: {} } }, "variable"],
    ["modules", { module: { x: {} } }, "module"],
    ["checks", { check: { x: {} } }, "check"],
    ["locals of others", { locals: { x: 1 } }, "locals x"],
  ])("%s are refused by the name of the file", (_, more, says) => {
    const [problem] = parsed({ more });
    expect(problem?.summary).toContain("out/cdk.tf.json");
    expect(problem?.summary).toContain(says);
  });

  it.each([
    ["depends_on", { ...jo, depends_on: ["amplitude_group.eng"] }],
    ["create_before_destroy", { ...jo, lifecycle: { create_before_destroy: true } }],
    ["the provider itself", { ...jo, provider: "amplitude" }],
    ["null", { ...jo, given_name: null }],
  ])("%s says nothing that we would have to evaluate", (_, block) => {
    const stack = parseStack(stackFile({ resources: { "amplitude_user.x": block } }), "out/cdk.tf.json");
    expect(stack.declarations.map(({ raw }) => raw)).toEqual([jo]);
  });

  it("lists every problem of a file at once", () => {
    const problems = parsed({
      provider: { region: "asia" },
      resources: { "amplitude_team.x": {}, "amplitude_user.y": { ...jo, count: 1 } },
      lookups: { "amplitude_tag.z": { name: "z" } },
    });
    expect(problems).toHaveLength(4);
  });
});

describe("the provider block", () => {
  it.each([
    ["scim_key", "secret"],
    ["base_url", "http://evil.example"],
    ["org_secret_key", "x"],
    ["management_url", "https://x.example"],
  ])("is refused with %s: a pull request could redirect the credentials", (name, value) => {
    const [problem] = parsed({ provider: { [name]: value } });
    expect(problem?.address).toBe("out/cdk.tf.json: provider.amplitude");
    expect(problem?.detail).toContain("environment only");
    expect(JSON.stringify(problem)).not.toContain(value === "x" ? "never" : value);
  });

  it.each([
    ["none", { more: { provider: {} } }],
    ["two", { more: { provider: { amplitude: [{ org_id: "7" }, { org_id: "8" }] } } }],
  ])("is refused when there is %s", (_, content) => {
    expect(parsed(content)[0]?.summary).toMatch(/has [02] amplitude provider blocks/);
  });

  it("needs an organization", () => {
    const text = JSON.stringify({ provider: { amplitude: [{}] } });
    expect(problemsOf(() => parseStack(text, "out/cdk.tf.json"))[0]?.summary).toContain("org_id");
  });

  it("takes the organization as a number too", () => {
    const text = JSON.stringify({ provider: { amplitude: { org_id: 7 } } });
    expect(parseStack(text, "out/acme/cdk.tf.json")).toMatchObject({
      name: "acme",
      provider: { orgId: "7" },
    });
  });
});

describe("a text that is no stack", () => {
  it.each(["", "[]", "null", "7", '{"resource": []}', '{"resource": {"amplitude_user": []}}', "{", "\u0000"])(
    "%p is refused by the name of its file",
    (text) => {
      expect(problemsOf(() => parseStack(text, "out/cdk.tf.json"))[0]?.summary).toContain("out/cdk.tf.json");
    },
  );
});

describe("a declaration with a problem of its own", () => {
  it.each([
    ["a missing attribute", "amplitude_user.x", {}, "email is missing", "email"],
    [
      "an unknown attribute",
      "amplitude_user.x",
      { ...jo, nickname: "J" },
      'no attribute "nickname"',
      "nickname",
    ],
    [
      "a computed attribute",
      "amplitude_user.x",
      { ...jo, status: "present" },
      "status is computed",
      "status",
    ],
    ["no address", "amplitude_user.x", { email: "jo" }, "is not an e-mail address", "email"],
    [
      "a past 30 February",
      "amplitude_user.x",
      { ...jo, expires_at: "2027-02-30" },
      "expires_at",
      "expires_at",
    ],
    ["a set that is none", "amplitude_group.x", { name: "x", members: "jo@x.com" }, "members", "members"],
    [
      "an end of a stranger",
      "amplitude_group.x",
      { name: "x", members: [], member_expires_at: { "jo@x.com": "2027-01-01" } },
      "is not a member",
      "member_expires_at",
    ],
    [
      "a person who is a group's id",
      "amplitude_project_role_assignment.x",
      { principal_type: "user", principal: "601", project_id: "501", role: "Member" },
      "not an e-mail",
      "principal",
    ],
    [
      "a role that nobody has",
      "amplitude_project_role_assignment.x",
      { principal_type: "user", principal: "jo@nova.agency", project_id: "501", role: "Wizard" },
      'no role "Wizard"',
      "role",
    ],
    ["interpolation", "amplitude_group.x", { name: "a-${amplitude_group.y.name}" }, "Only Terraform", "name"],
    [
      "a reference to nothing",
      "amplitude_group_membership.x",
      { group_id: "${amplitude_group.none.id}", email: "jo@nova.agency" },
      "Nothing is declared as amplitude_group.none",
      "group_id",
    ],
    [
      "a reference to no attribute",
      "amplitude_group_membership.x",
      { group_id: "${data.amplitude_group.eng.number}", email: "jo@nova.agency" },
      "number",
      "group_id",
    ],
    [
      "content_until alone",
      "amplitude_leaver.x",
      { ...jo, left_on: "2026-11-20", content_until: "2026-12-01" },
      "content_until",
      "content_until",
    ],
  ])("%s: says address, attribute and construct path", async (_, address, block, says, attribute) => {
    const problems = await planned({
      resources: { [address]: block },
      lookups: { "amplitude_group.eng": { name: "eng" } },
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ address: `acme/${address}`, attribute, constructPath: "acme/x" });
    expect(problems[0]?.summary).toContain(says);
    expect(problems[0]?.detail).not.toBe("");
  });

  it("is reported once, at its cause", async () => {
    const problems = await planned({
      resources: {
        "amplitude_group.x": { name: "" },
        "amplitude_group_membership.a": { group_id: "${amplitude_group.x.id}", email: "jo@nova.agency" },
        "amplitude_group_membership.b": { group_id: "${amplitude_group.x.id}", email: "tom@acme.com" },
      },
    });
    expect(problems.map(({ address }) => address)).toEqual(["acme/amplitude_group.x"]);
  });

  it("ends where it refers to itself", async () => {
    const problems = await planned({
      resources: {
        "amplitude_group.x": { name: "${amplitude_group.y.name}" },
        "amplitude_group.y": { name: "${amplitude_group.x.name}" },
      },
    });
    expect(problems.map(({ summary }) => summary).join()).toContain("refers to itself");
  });

  it("names what there is when a lookup finds nothing", async () => {
    const [problem] = await planned({ lookups: { "amplitude_project.p": { name: "Wbe" } } });
    expect(problem).toMatchObject({ address: "acme/data.amplitude_project.p", constructPath: "acme/p" });
    expect(problem?.detail).toContain("Amplitude lists Web");
  });

  it("is two declarations of one thing", async () => {
    const problems = await planned({
      resources: {
        "amplitude_user.x": jo,
        "amplitude_user.y": { email: "JO@nova.agency", given_name: "Jo" },
      },
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.detail).toContain("acme/amplitude_user.x");
  });
});

describe("a mapping of the identity provider that contradicts itself", () => {
  it("lets nobody in and gives them a project", async () => {
    const [problem, ...others] = await planned({
      resources: {
        "amplitude_idp_group.nova": {
          name: "amp-nova",
          maps_organization_role: "no_access",
          maps_project_roles: { Web: "Viewer" },
        },
      },
    });
    expect(others).toEqual([]);
    expect(problem?.summary).toBe(
      "The mapping contradicts itself: no_access to the organization, and a role on Web",
    );
  });

  it("sets two roles for the people of one group", async () => {
    const [problem] = await planned({
      resources: {
        "amplitude_idp_group.one": { name: "amp-nova", maps_organization_role: "member" },
        "amplitude_idp_group.two": { name: "amp-nova", maps_organization_role: "admin" },
      },
    });
    expect(problem?.summary).toContain("amp-nova");
  });
});

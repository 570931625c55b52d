import { acmeProvider, acmeSeed, at, nova, stackFile, type StackParts } from "./acme";
import { Workplace } from "./command-line";

const grant = (block: object): StackParts["resource"] => ({
  amplitude_project_role_assignment: {
    jo: at("acme/jo/production/Resource", {
      principal_type: "user",
      principal: "jo@nova.agency",
      project_id: "288501",
      role: "Member",
      ...block,
    }),
  },
});
const person = (block: object): StackParts["resource"] => ({
  amplitude_user: { ben: at("acme/ben/Resource", { email: "ben@acme.com", ...block }) },
});
const JO = "acme/amplitude_project_role_assignment.jo";
const BEN = "acme/amplitude_user.ben";

describe("a stack that cannot be used", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
  });
  afterEach(() => {
    // Whatever is done to the organization is in its audit log.
    expect(place.state("org.json").audit).toEqual([]);
    expect(place.files()).not.toContain("org.base.json");
    place.remove();
  });

  /** One run of an apply that must refuse: one message, four parts, exit code 1, no result. */
  async function message(...files: string[]): Promise<string> {
    const config = files.map((file) => `--config ${file}`).join(" ");
    const { exitCode, out, err } = await place.run(`apply --yes ${config} --emulator org.json`);
    expect(out).toBe("");
    expect(exitCode).toBe(1);
    expect(err.match(/^error: /gm)).toHaveLength(1);
    return err;
  }

  it.each<[string, StackParts, readonly (string | RegExp)[]]>([
    [
      "an expression inside a text",
      { resource: person({ given_name: "${var.name}" }) },
      [`${BEN}.given_name (acme/ben/Resource)`, '"${var.name}"', /[Ww]rite the value/],
    ],
    [
      "a function",
      { resource: grant({ principal: "${lower(local.jo)}" }) },
      [`${JO}.principal (acme/jo/production/Resource)`, '"${lower(local.jo)}"'],
    ],
    [
      "a template directive",
      { resource: person({ given_name: "%{ if true }Ben%{ endif }" }) },
      [`${BEN}.given_name`, "Terraform"],
    ],
    [
      "an expression as a key",
      {
        resource: {
          amplitude_group: {
            n: at("acme/n/Resource", { name: "n", member_expires_at: { "${var.x}": "2027-01-01" } }),
          },
        },
      },
      ["acme/amplitude_group.n.member_expires_at (acme/n/Resource)", '"${var.x}"'],
    ],
    [
      "a role that Amplitude does not have",
      { resource: nova(undefined, "Supervisor") },
      [
        "acme/amplitude_project_role_assignment.nova_production.role (acme/agency-nova/production/Resource)",
        '"Supervisor"',
        "Amplitude lists Admin, Manager, Member, Viewer",
      ],
    ],
    [
      "an e-mail address that is none",
      { resource: nova(["ana@nova.agency", "leo at nova.agency"]) },
      [
        "acme/amplitude_group.nova.members (acme/agency-nova/Resource)",
        '"leo at nova.agency" is not an e-mail address',
      ],
    ],
    [
      "a reference to something undeclared",
      { resource: grant({ principal_type: "group", principal: "${amplitude_group.gone.id}" }) },
      [`${JO}.principal (acme/jo/production/Resource)`, "amplitude_group.gone", "Declare it in this stack"],
    ],
    [
      "a reference to an attribute that there is not",
      {
        resource: {
          ...nova(),
          ...grant({ principal_type: "group", principal: "${amplitude_group.nova.number}" }),
        },
      },
      [`${JO}.principal`, "amplitude_group.nova has no attribute number", "It has id, name"],
    ],
    [
      "declarations that refer to each other in a circle",
      {
        resource: {
          amplitude_group: {
            a: at("acme/a/Resource", { name: "${amplitude_group.b.name}" }),
            b: at("acme/b/Resource", { name: "${amplitude_group.a.name}" }),
          },
        },
      },
      ["acme/amplitude_group.a", "refers to itself"],
    ],
    [
      "a project that Amplitude does not list",
      { data: { amplitude_project: { p: at("acme/p/Resource", { name: "Client Prod" }) } } },
      [
        "acme/data.amplitude_project.p (acme/p/Resource)",
        '"Client Prod"',
        "Amplitude lists Client Production, Client Reporting",
      ],
    ],
    [
      "a kind that there is not",
      { resource: { amplitude_gruop: { g: at("acme/g/Resource", {}) } } },
      ["acme/amplitude_gruop.g (acme/g/Resource)"],
    ],
    [
      "an attribute that there is not",
      { resource: person({ mail: "x" }) },
      [`${BEN}.mail (acme/ben/Resource)`, "It has id, email"],
    ],
    [
      "an attribute that Amplitude answers",
      { resource: person({ status: "present" }) },
      [`${BEN}.status`, "remove the line"],
    ],
    [
      "a missing attribute",
      { resource: { amplitude_user: { ben: at("acme/ben/Resource", {}) } } },
      [`${BEN}.email`, "missing"],
    ],
    [
      "a date that is none",
      { resource: person({ expires_at: "2026-13-40" }) },
      [`${BEN}.expires_at`, '"2026-13-40"'],
    ],
    [
      "a time without an offset",
      { resource: person({ expires_at: "2027-01-01T10:00:00" }) },
      [`${BEN}.expires_at`, "offset"],
    ],
    ["count", { resource: person({ count: 2 }) }, [`${BEN}.count (acme/ben/Resource)`, "Terraform"]],
    [
      "for_each",
      { resource: person({ for_each: { a: 1 } }) },
      [`${BEN}.for_each (acme/ben/Resource)`, "Terraform"],
    ],
    ["a provisioner", { resource: person({ provisioner: [{}] }) }, [`${BEN}.provisioner`, "Terraform"]],
    [
      "another provider",
      { resource: person({ provider: "amplitude.eu" }) },
      [`${BEN}.provider`, "Terraform"],
    ],
    [
      "lifecycle.prevent_destroy",
      { resource: person({ lifecycle: { prevent_destroy: true } }) },
      [`${BEN}.lifecycle.prevent_destroy (acme/ben/Resource)`, "Terraform"],
    ],
    [
      "lifecycle.ignore_changes",
      { resource: person({ lifecycle: [{ ignore_changes: ["email"] }] }) },
      [`${BEN}.lifecycle.ignore_changes`],
    ],
    [
      "a secret in the provider block",
      { provider: { ...acmeProvider, scim_key: "scim-us-pasted" } },
      ["stack.json: provider.amplitude.scim_key", "environment only"],
    ],
    [
      "a host in the provider block",
      { provider: { ...acmeProvider, base_url: "https://evil.example" } },
      ["stack.json: provider.amplitude.base_url", "environment only"],
    ],
    [
      "a region that there is not",
      { provider: { ...acmeProvider, region: "mars" } },
      ["stack.json: provider.amplitude.region", '"mars" is not one of us, eu'],
    ],
    [
      "an organization that is no number",
      { provider: { ...acmeProvider, org_id: "acme" } },
      ["org_id", '"acme"', "whole numbers"],
    ],
    ["no organization", { provider: { region: "us" } }, ["stack.json: provider.amplitude.org_id", "missing"]],
    ["variables", { extra: { variable: { name: {} } } }, ["stack.json", '"variable"', "Terraform"]],
    [
      "locals that are not ours",
      { extra: { locals: { jo: "jo@nova.agency" } } },
      ["stack.json", "locals jo", "Terraform"],
    ],
    [
      "a person who is declared and has left",
      {
        resource: {
          ...person({}),
          amplitude_leaver: {
            ben: at("acme/left/Resource", { email: "BEN@acme.com", left_on: "2026-11-01" }),
          },
        },
      },
      [`${BEN} (acme/ben/Resource)`, "acme/amplitude_leaver.ben", "has left"],
    ],
  ])("%s", async (_, parts, words) => {
    place.write("stack.json", stackFile(parts));
    const text = await message("stack.json");
    for (const word of words)
      expect(text).toEqual(
        typeof word === "string" ? expect.stringContaining(word) : expect.stringMatching(word),
      );
    // A secret that was pasted into a stack is not repeated into a log.
    expect(text).not.toContain("scim-us-pasted");
  });

  it.each<[string, unknown, string]>([
    ["an array", [], "expected object"],
    ["a number", 3, "expected object"],
    ["null", null, "expected object"],
    ["a text", '"stack"', "expected object"],
    ["cut short", JSON.stringify(stackFile({})).slice(0, 120), "is not JSON"],
    ["empty", "", "is not JSON"],
    ["resources as a list", stackFile({ extra: { resource: [] } }), "resource"],
    [
      "a block that is none",
      stackFile({ extra: { resource: { amplitude_user: { ben: "ben@acme.com" } } } }),
      "resource.amplitude_user.ben",
    ],
  ])("a file that is %s", async (_, content, word) => {
    place.write("stack.json", content);
    const text = await message("stack.json");
    expect(text).toContain("stack.json");
    expect(text).toContain(word);
    expect(text).not.toContain(": :");
    expect(text).not.toMatch(/\. : /);
  });

  it("without a provider block", async () => {
    place.write("stack.json", { resource: {} });
    expect(await message("stack.json")).toMatch(/stack\.json has 0 amplitude provider blocks.*exactly one/);
  });

  it("that is not there", async () => {
    expect(await message("gone.json")).toMatch(/There is no configuration .*gone\.json.*Check the path/);
  });

  it("two stacks that declare one person differently", async () => {
    const one = {
      amplitude_user: { ben: at("one/ben/Resource", { email: "ben@acme.com", given_name: "Ben" }) },
    };
    const two = {
      amplitude_user: { ben: at("two/ben/Resource", { email: "Ben@acme.com", given_name: "Benjamin" }) },
    };
    place.write("one.json", stackFile({ name: "one", resource: one }));
    place.write("two.json", stackFile({ name: "two", resource: two }));
    const text = await message("one.json", "two.json");
    expect(text).toContain("two/amplitude_user.ben (two/ben/Resource)");
    expect(text).toContain("declared twice, and differently");
    expect(text).toContain("Keep one of one/amplitude_user.ben and two/amplitude_user.ben");
  });

  it.each<[string, object, RegExp]>([
    ["organizations", { org_id: "999" }, /differ in orgId.*acme says 36958, other says 999/],
    ["regions", { region: "eu" }, /differ in region.*acme says us, other says eu/],
    ["credentials", { credentials: "ACME" }, /differ in credentials/],
  ])("two stacks of different %s", async (_, block, wording) => {
    place.write("stack.json", stackFile({}));
    place.write("other.json", stackFile({ name: "other", provider: { ...acmeProvider, ...block } }));
    expect(await message("stack.json", "other.json")).toMatch(wording);
  });

  it("two stacks of one name", async () => {
    place.write("stack.json", stackFile({}));
    place.write("again.json", stackFile({}));
    expect(await message("stack.json", "again.json")).toMatch(/Two stacks are called acme.*Rename one/);
  });

  it("all its problems are told at once", async () => {
    place.write(
      "stack.json",
      stackFile({ resource: { ...person({ email: "ben" }), ...grant({ role: "Boss" }) } }),
    );
    const { err } = await place.run("plan --config stack.json --emulator org.json");
    expect(err).toContain(`${BEN}.email`);
    expect(err).toContain(`${JO}.role`);
  });
});

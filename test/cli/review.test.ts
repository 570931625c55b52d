import { Workplace } from "./command-line";

/** As `terraform show -json` of Terraform 1.11 prints it, as far as it matters. */
const plan = (more: object = {}, changes: readonly object[] = []) => ({
  format_version: "1.2",
  terraform_version: "1.11.4",
  timestamp: "2026-11-23T09:00:00Z",
  complete: true,
  errored: false,
  planned_values: {},
  resource_changes: changes,
  configuration: {
    provider_config: {
      amplitude: {
        name: "amplitude",
        full_name: "amplitude-access/amplitude",
        expressions: {
          org_id: { references: ["var.org"] },
          owns_people_of: { constant_value: ["nova.agency"] },
        },
      },
    },
  },
  variables: { org: { value: "7" } },
  ...more,
});

const resource = (
  type: string,
  name: string,
  before: object | null,
  after: object | null,
  more: object = {},
) => ({
  address: `amplitude_${type}.${name}`,
  mode: "managed",
  type: `amplitude_${type}`,
  name,
  change: {
    actions: before === null ? ["create"] : after === null ? ["delete"] : ["update"],
    before,
    after,
    after_unknown: {},
    ...more,
  },
});

const production = { project_id: "501", role: "Admin", principal_type: "user" };

describe("review --terraform-plan", () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const review = async (content: unknown, options = "") => {
    place.write("plan.json", content);
    return await place.run(`review --terraform-plan plan.json ${options}`);
  };

  it("names what only the apply can tell, and leaves it out", async () => {
    const { out, exitCode } = await review(
      plan({}, [
        resource(
          "project_role_assignment",
          "jo",
          null,
          { ...production, principal_type: "group" },
          {
            after_unknown: { principal: true, id: true },
          },
        ),
        resource("user", "kim", { email: "kim@nova.agency", status: "present", id: "kim@nova.agency" }, null),
      ]),
    );
    expect(out).toContain("principal of amplitude_project_role_assignment.jo: known only after the apply");
    expect(out).toContain("kim@nova.agency  leaves");
    expect(exitCode).toBe(0);
  });

  it("lets a policy deny it, with the domains of the provider block", async () => {
    place.write(
      "policies.mjs",
      `export default [{ type: "own", name: "no-agency-admin", level: "deny", because: "SOC 2", fix: "Give less.",
        when: ({ person, after }) => person.collaborator && after === "admin" }];`,
    );
    const { out, err, exitCode } = await review(
      plan({}, [
        resource("project_role_assignment", "jo", null, { ...production, principal: "jo@nova.agency" }),
      ]),
      "--policies policies.mjs",
    );
    expect(err).toBe("");
    expect(out).toMatch(/deny +no-agency-admin: jo@nova\.agency on 501: Admin direct/);
    expect(exitCode).toBe(3);
  });

  it("reads what `$` is in a name as it is written", async () => {
    const { out, err } = await review(
      plan({}, [resource("group", "odd", null, { name: "a ${b} %{c}", members: [] })]),
    );
    expect(err).toBe("");
    expect(out).toContain("create group a ${b} %{c}");
  });

  it.each<[string, unknown, RegExp]>([
    [
      "what is no JSON",
      "PLAN",
      /Cannot review plan\.json\. It is not JSON .*Nothing was judged\. Make it with: terraform plan -out/,
    ],
    ["a plan file itself", "PK\u0003\u0004", /It is a plan file itself, not its JSON/],
    ["something else", { some: "thing" }, /no format_version/],
    ["a state", { format_version: "1.0", values: {} }, /It holds no plan: it is a state/],
    ["a newer format", plan({ format_version: "2.0" }), /format_version 2\.0, and this program reads 1\.x/],
    ["a plan with errors", plan({ errored: true }), /ended this plan with errors/],
    ["a plan that puts things off", plan({ deferred_changes: [{}] }), /put 1 changes off/],
    ["a plan of other providers", plan({ configuration: {} }), /It has 0 provider blocks of amplitude/],
    ["a plan whose list is none", plan({ resource_changes: "none" }), /resource_changes/],
  ])("refuses %s", async (_name, content, message) => {
    const { exitCode, out, err } = await review(content);
    expect(err).toMatch(message);
    expect([exitCode, out]).toEqual([1, ""]);
  });

  it("takes a later minor version, and shows nobody by name with --redact", async () => {
    const { out, err, exitCode } = await review(
      plan({ format_version: "1.9", unheard_of: 1 }, [
        resource("leaver", "quux", null, { email: "quux@nova.agency", left_on: "2026-11-20" }, {}),
        resource(
          "organization_role",
          "zelda",
          { email: "zelda@acme.com", role: "member" },
          { email: "zelda@acme.com", role: "admin" },
        ),
      ]),
      "--redact --format markdown",
    );
    expect([err, exitCode]).toEqual(["", 0]);
    expect(out).toMatch(/person-\d+/);
    expect(out).not.toMatch(/quux|zelda/);
  });
});

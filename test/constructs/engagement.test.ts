import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AccessStack, Engagement, Environment, Group, IdpGroup, Project, Role } from "amplitude-access";
import { parseStack } from "../../src/reconcile/desired/stack";
import { FACTS, nova } from "./nova";
import { only, synthesize, the, type Synthesized } from "./synthesis";

const END = "2027-04-01T00:00:00Z";
const EARLIER = "2027-01-16T00:00:00Z";
const golden = join(__dirname, "golden", "engagements.tf.json");

/** One agency spelled out, another as a file. */
function agencies(stack: AccessStack): void {
  const production = Project.named(stack, "Client Production", { environment: Environment.Production });
  const staging = Project.named(stack, "Client Staging", { environment: Environment.Staging });
  const reporting = Project.named(stack, "Client Reporting", { environment: Environment.Reporting });
  stack.admins("priya@acme.com", "tom@acme.com", "breakglass@acme.com");
  const spelledOut = nova(stack);
  spelledOut
    .group(IdpGroup.named(stack, "amp-nova-analysts"), { expects: ["tyra@nova.agency", "marco@nova.agency"] })
    .may(production)
    .may(Role.Viewer, reporting);
  spelledOut
    .group(new Group(stack, "agency-nova-implementers", { members: ["jo@nova.agency", "sam@nova.agency"] }))
    .may(Role.Admin, staging)
    .may(production, { until: "2027-01-15" });
  spelledOut.person("mia@nova.agency").may(Role.Viewer, reporting);
  spelledOut
    .serviceAccount("amplitude-nova-sync@acme.com", { purpose: "cohorts to Braze, nightly" })
    .may(reporting);
  spelledOut.left("ana@nova.agency", { on: "2026-12-23", ticket: "SEC-311", contentTo: "marco@nova.agency" });
  const files = join(__dirname, "fixtures", "engagements", "*.yaml");
  Engagement.fromFiles(stack, files, { production, staging, reporting });
}

describe("a stack with one engagement in TypeScript and one in YAML", () => {
  const synthesized = () => synthesize(agencies, { timeZone: "Europe/Berlin" });

  it("is the same on both cores but for their version", () => {
    const { file } = synthesized();
    file["//"].metadata.version = "normalized";
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(golden, `${JSON.stringify(file, null, 2)}\n`);
    expect(file).toEqual(JSON.parse(readFileSync(golden, "utf8")) as Synthesized);
  });

  it("is what the CLI reads, without warnings and without a path of the machine", () => {
    const { text, manifest, annotations } = synthesized();
    expect(parseStack(text, "cdk.tf.json").facts.engagements.get("brightside")?.dpa).toBe("DPA-0931");
    expect(annotations).toEqual([]);
    expect(`${text}${manifest}`).not.toContain(__dirname);
    expect(`${text}${manifest}`).not.toContain(".yaml");
  });

  it("keeps the facts where Amplitude never sees them", () => {
    expect(synthesized().file.locals.amplitude_access["engagements"]).toEqual({
      nova: { ...FACTS, from: "2026-11-30T00:00:00+01:00", until: "2027-04-01T00:00:00+02:00" },
      brightside: {
        agency: "Brightside Ltd",
        domains: ["brightside.io"],
        sow: "SOW-2240",
        dpa: "DPA-0931",
        owner: "lena@acme.com",
        from: "2026-11-27T00:00:00+01:00",
        until: "2027-03-01T00:00:00+01:00",
      },
    });
  });
});

describe("everything inside ends with the engagement and carries its name", () => {
  const inside = { engagement: "nova", expires_at: END };

  it("a person, with their grants", () => {
    const result = synthesize((stack) =>
      nova(stack).person("jo@nova.agency").may(Project.named(stack, "Web")),
    );
    expect(only(result, "amplitude_user")).toMatchObject(inside);
    expect(only(result, "amplitude_project_role_assignment")).toMatchObject(inside);
  });

  it("a service account", () => {
    const result = synthesize((stack) => nova(stack).serviceAccount("sync@acme.com", { purpose: "sync" }));
    expect(only(result, "amplitude_user")).toMatchObject(inside);
  });

  it("a group that an identity provider writes, with its grants", () => {
    const result = synthesize((stack) =>
      nova(stack)
        .group(IdpGroup.named(stack, "pushed"), { expects: ["jo@nova.agency"] })
        .may(Project.named(stack, "Web")),
    );
    expect(only(result, "amplitude_idp_group")).toMatchObject({
      engagement: "nova",
      expected_members: ["jo@nova.agency"],
    });
    expect(only(result, "amplitude_project_role_assignment")).toMatchObject(inside);
  });

  const MEMBERS = ["jo@nova.agency", "Sam@nova.agency"];
  it.each<[string, (stack: AccessStack) => unknown]>([
    [
      "adopted before its grants",
      (stack) =>
        nova(stack)
          .group(new Group(stack, "g", { members: MEMBERS }))
          .may(Project.named(stack, "Web")),
    ],
    [
      "adopted after its grants",
      (stack) =>
        nova(stack).group(new Group(stack, "g", { members: MEMBERS }).may(Project.named(stack, "Web"))),
    ],
    [
      "declared inside of it",
      (stack) => new Group(nova(stack), "g", { members: MEMBERS }).may(Project.named(stack, "Web")),
    ],
    [
      "that names it",
      (stack) => {
        nova(stack);
        new Group(stack, "g", { members: MEMBERS, engagement: "nova" }).may(Project.named(stack, "Web"));
      },
    ],
    [
      "that names it and is adopted too",
      (stack) =>
        nova(stack)
          .group(new Group(stack, "g", { members: MEMBERS, engagement: "nova" }))
          .may(Project.named(stack, "Web")),
    ],
  ])("a group %s, with its memberships", (_how, declare) => {
    const result = synthesize(declare);
    expect(only(result, "amplitude_group")).toMatchObject({
      engagement: "nova",
      member_expires_at: { "jo@nova.agency": END, "Sam@nova.agency": END },
    });
    expect(only(result, "amplitude_project_role_assignment")).toMatchObject(inside);
  });

  it.each<[string, (stack: AccessStack) => unknown]>([
    ["before", (stack) => nova(stack).group(new Group(stack, "g").member("jo@nova.agency"))],
    ["after", (stack) => nova(stack).group(new Group(stack, "g")).member("jo@nova.agency")],
  ])("a single membership that is declared %s the group is adopted", (_when, declare) => {
    expect(only(synthesize(declare), "amplitude_group_membership")).toMatchObject(inside);
  });

  it.each<[string, (engagement: Engagement, stack: AccessStack) => unknown]>([
    [
      "invited first",
      (engagement, stack) => [
        engagement.person("jo@nova.agency", { until: "2027-01-15" }),
        engagement.group(new Group(stack, "g", { members: ["jo@nova.agency"] })),
      ],
    ],
    [
      "invited last",
      (engagement, stack) => [
        engagement.group(new Group(stack, "g", { members: ["jo@nova.agency"] })),
        engagement.person("jo@nova.agency", { until: "2027-01-15" }),
      ],
    ],
  ])("but a member who leaves earlier leaves the group earlier, %s", (_order, declare) => {
    const result = synthesize((stack) => declare(nova(stack), stack));
    expect(only(result, "amplitude_group")["member_expires_at"]).toEqual({ "jo@nova.agency": EARLIER });
  });

  it("and a member who stays longer for something else leaves with the engagement", () => {
    const result = synthesize((stack) => {
      stack.person("jo@nova.agency", { until: "2028-01-01" });
      nova(stack).group(new Group(stack, "g", { members: ["jo@nova.agency"] }));
    });
    expect(only(result, "amplitude_group")["member_expires_at"]).toEqual({ "jo@nova.agency": END });
  });

  it("a grant may end earlier, whether it is given before or after the group is adopted", () => {
    const result = synthesize((stack) =>
      nova(stack)
        .group(new Group(stack, "g").may(Role.Viewer, Project.named(stack, "A"), { until: "2027-01-15" }))
        .may(Role.Member, Project.named(stack, "B"), { until: "2027-01-15" }),
    );
    for (const role of ["Viewer", "Member"])
      expect(the(result, "amplitude_project_role_assignment", "role", role)).toMatchObject({
        engagement: "nova",
        expires_at: EARLIER,
      });
  });

  const LATE = { until: "2027-04-01" };
  it.each<[string, (engagement: Engagement, stack: AccessStack) => unknown]>([
    ["a person", (engagement) => engagement.person("jo@nova.agency", LATE)],
    ["a service account", (engagement) => engagement.serviceAccount("s@acme.com", { purpose: "p", ...LATE })],
    [
      "a grant",
      (engagement, stack) =>
        engagement.group(new Group(stack, "g")).may(Role.Viewer, Project.named(stack, "A"), LATE),
    ],
    [
      "a grant that was given before",
      (engagement, stack) =>
        engagement.group(new Group(stack, "g").may(Role.Viewer, Project.named(stack, "A"), LATE)),
    ],
    [
      "a grant of an IdP group",
      (engagement, stack) =>
        engagement.group(IdpGroup.named(stack, "g")).may(Role.Viewer, Project.named(stack, "A"), LATE),
    ],
    [
      "a member",
      (engagement, stack) =>
        engagement.group(
          new Group(stack, "g", {
            members: ["jo@nova.agency"],
            memberUntil: { "jo@nova.agency": LATE.until },
          }),
        ),
    ],
    [
      "a single membership",
      (engagement, stack) => engagement.group(new Group(stack, "g")).member("jo@nova.agency", LATE),
    ],
  ])("%s must not end later", (_what, declare) => {
    expect(() => synthesize((stack) => declare(nova(stack), stack))).toThrow(
      /ends 2027-04-02T00:00:00Z, after its engagement "nova", which ends 2027-04-01T00:00:00Z/,
    );
  });

  it("nothing else does", () => {
    const result = synthesize((stack) => {
      nova(stack);
      new Group(stack, "other", { members: ["lena@acme.com"], engagement: "another" }).may(
        Project.named(stack, "Web"),
      );
    });
    expect(only(result, "amplitude_group")).not.toHaveProperty("member_expires_at");
    expect(only(result, "amplitude_project_role_assignment")).not.toHaveProperty("expires_at");
  });
});

import { Engagement, Group, IdpGroup, Project, Role, type AccessStack } from "amplitude-access";
import { FACTS, nova } from "./nova";
import { only, synthesize, type Synthesized } from "./synthesis";

/** Every address with the addresses that it needs: references and depends_on. */
function edges({ resource = {} }: Synthesized): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [type, byName] of Object.entries(resource)) {
    for (const [name, block] of Object.entries(byName)) {
      const references = JSON.stringify(block).matchAll(/"(?:\$\{)?(amplitude_\w+\.[\w-]+)(?:\.id\})?"/g);
      found.set(
        `${type}.${name}`,
        [...references].map(([, address]) => address!),
      );
    }
  }
  return found;
}

/** Addresses that lie on a circle or need something that nobody declares. */
function unordered(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  for (let before = -1; before < done.size;) {
    before = done.size;
    for (const [address, needs] of graph) if (needs.every((need) => done.has(need))) done.add(address);
  }
  return [...graph.keys()].filter((address) => !done.has(address));
}

describe("what comes first", () => {
  const inBothOrders: [string, (stack: AccessStack) => unknown][] = [
    [
      "person first",
      (stack) => [stack.person("jo@nova.agency"), new Group(stack, "nova", { members: ["JO@nova.agency"] })],
    ],
    [
      "group first",
      (stack) => [new Group(stack, "nova", { members: ["JO@nova.agency"] }), stack.person("jo@nova.agency")],
    ],
  ];

  it.each(inBothOrders)(
    "a person whom the stack invites, before the group that has them (%s)",
    (_order, declare) => {
      const result = synthesize(declare);
      expect(only(result, "amplitude_group")["depends_on"]).toEqual([only(result, "amplitude_user").address]);
    },
  );

  it("a person, before a single membership and a grant", () => {
    const result = synthesize((stack) => {
      new Group(stack, "nova").member("jo@nova.agency");
      stack.person("Jo@nova.agency").may(Project.named(stack, "Web"));
    });
    const person = only(result, "amplitude_user").address;
    expect(only(result, "amplitude_group_membership")["depends_on"]).toEqual([person]);
    expect(only(result, "amplitude_project_role_assignment")["depends_on"]).toEqual([person]);
  });

  it("a group, before its grant: the reference says it, and nothing repeats it", () => {
    const result = synthesize((stack) =>
      new Group(stack, "nova", { members: [] }).may(Project.named(stack, "Web")),
    );
    const grant = only(result, "amplitude_project_role_assignment");
    expect(grant["principal"]).toBe(`\${${only(result, "amplitude_group").address}.id}`);
    expect(grant["depends_on"]).toBeUndefined();
  });

  it("groups of an identity provider, before a leaver: not those of other engagements, and none of ours, which could fail and keep them in", () => {
    const { file } = synthesize((stack) => {
      const agency = nova(stack);
      const other = new Engagement(stack, "brightside", { ...FACTS, domains: ["brightside.io"] });
      agency.left("ana@nova.agency", { on: "2026-11-23" });
      stack.left("leo@acme.com", { on: "2026-11-23" });
      new Group(stack, "writers", { members: [] });
      agency.group(IdpGroup.named(stack, "amp-nova"));
      other.group(IdpGroup.named(stack, "amp-brightside"));
      stack.toTerraform();
      IdpGroup.named(stack, "amp-all");
    });
    const locals = file.locals as unknown as Record<string, string[]>;
    const needs = Object.values(file.resource!["amplitude_leaver"]!).map((block) =>
      (block["depends_on"] as string[]).map((local) =>
        locals[local.replace(/^local\./, "")]?.map(
          (id) => /^\$\{amplitude_idp_group\.idp_group_(.*)_\w+\.id\}$/.exec(id)?.[1],
        ),
      ),
    );
    expect(needs).toEqual([[["amp-all", "amp-nova"]], [["amp-all", "amp-brightside", "amp-nova"]]]);
  });

  it("nobody whom the stack does not invite", () => {
    const result = synthesize((stack) => {
      stack.existing("jo@nova.agency").may(Project.named(stack, "Web"));
      new Group(stack, "nova", { members: ["jo@nova.agency"] });
    });
    expect(only(result, "amplitude_group")["depends_on"]).toBeUndefined();
    expect(only(result, "amplitude_project_role_assignment")["depends_on"]).toBeUndefined();
  });

  it("addresses in depends_on are plain, as Terraform wants them", () => {
    const { file } = synthesize(inBothOrders[0]![1]);
    expect(JSON.stringify(Object.values(file.resource!["amplitude_group"]!)[0]!["depends_on"])).not.toContain(
      "$",
    );
  });

  it("a group is updated before a person of it is deleted", () => {
    const result = synthesize((stack) => [
      stack.person("jo@nova.agency"),
      stack.serviceAccount("sync@acme.com", { purpose: "sync" }),
    ]);
    const lifecycles = Object.values(result.file.resource!["amplitude_user"]!).map(
      (block) => block["lifecycle"],
    );
    expect(lifecycles).toEqual([{ create_before_destroy: true }, { create_before_destroy: true }]);
  });

  it("everything has an order, however people, groups and grants are mixed", () => {
    const { file } = synthesize((stack) => {
      const projects = ["Web", "App"].map((name) => Project.named(stack, name));
      const emails = Array.from({ length: 6 }, (_, i) => `p${i}@nova.agency`);
      const groups = emails.map(
        (_, i) => new Group(stack, `g${i}`, { members: emails.filter((_email, j) => (i + j) % 2 === 0) }),
      );
      emails.forEach((email) => stack.person(email).may(Role.Viewer, projects[0]!));
      groups.forEach((group) => group.may(Role.Member, projects[1]!));
      const loose = new Group(stack, "loose").may(projects[0]!);
      emails.forEach((email) => loose.member(email));
      IdpGroup.named(stack, "pushed", { expects: emails }).may(projects[0]!);
      stack.left("ana@nova.agency", { on: "2026-11-23", contentTo: emails[0]! });
    });
    const graph = edges(file);
    expect([...graph.values()].flat()).toHaveLength(18 + 6 + 6 + 2 * 6 + 1 + 1);
    expect(unordered(graph)).toEqual([]);
  });

  it("synthesizing twice changes nothing", () => {
    let first: unknown;
    const { file } = synthesize((stack) => {
      new Group(stack, "nova", { members: ["jo@nova.agency"], previousName: "old" });
      stack.person("jo@nova.agency", { until: "2027-03-31" });
      first = stack.toTerraform();
    });
    expect(file.resource).toEqual((JSON.parse(JSON.stringify(first)) as Synthesized).resource);
    expect(file.moved).toHaveLength(1);
  });
});

describe("a renamed group", () => {
  const declare = (name: string, previousName?: string) => (stack: AccessStack) =>
    new Group(stack, name, previousName === undefined ? {} : { previousName })
      .may(Project.named(stack, "Web"))
      .member("jo@nova.agency");
  const addresses = ({ resource = {} }: Synthesized): string[] =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.keys(byName).map((name) => `${type}.${name}`),
    );

  it("keeps its grants and memberships in Terraform's state: every address moves", () => {
    const before = synthesize(declare("nova")).file;
    const after = synthesize(declare("nova-implementers", "nova")).file;
    expect(after.moved?.map(({ from }) => from).sort()).toEqual(addresses(before).sort());
    expect(after.moved?.map(({ to }) => to).sort()).toEqual(addresses(after).sort());
    expect(only({ file: after } as never, "amplitude_group")["previous_name"]).toBe("nova");
  });
});

import { App } from "cdktf";
import { AccessStack, Engagement, Group, IdpGroup, type EngagementProps } from "amplitude-access";
import { FACTS, nova } from "./nova";
import { synthesize } from "./synthesis";

describe("an engagement is refused", () => {
  it.each<[string, Partial<Record<keyof EngagementProps, unknown>>, RegExp]>([
    ["without a DPA", { dpa: undefined }, /has no data processing agreement \(dpa\)/],
    ["with an empty DPA", { dpa: " " }, /has no data processing agreement \(dpa\)/],
    ["with a DPA that is still to come", { dpa: "TBD" }, /"TBD" is the reference of nothing that was signed/],
    ["with a SOW that is none", { sow: "n/a" }, /its sow is wrong: "n\/a" is the reference of nothing/],
    [
      "with an owner of the agency",
      { owner: "Jo@nova.agency" },
      /its owner Jo@nova.agency is of the agency, and would review their own access. Name somebody of the client's/,
    ],
    ["with a guest for an owner", { guests: ["priya@acme.com"] }, /priya@acme.com is of the agency/],
    ["without a SOW", { sow: undefined }, /has no statement of work \(sow\)/],
    ["with an empty SOW", { sow: "" }, /has no statement of work \(sow\)/],
    ["without an agency's name", { agency: "" }, /its agency is wrong: it is empty/],
    ["without domains", { domains: [] }, /it has no domains/],
    ["with an address for a domain", { domains: ["jo@nova.agency"] }, /is not an e-mail domain/],
    ["with an owner who is no address", { owner: "priya" }, /"priya" is not an e-mail address/],
    [
      "that ends the day before it begins",
      { until: "2026-11-29" },
      /its until 2026-11-29 is before its from/,
    ],
    ["with a time without an offset", { until: "2027-03-31T18:00:00" }, /its until is wrong/],
    ["with a day that is none", { from: "2026-11-31" }, /its from is wrong/],
  ])("%s", (_how, facts, message) => {
    expect(() => synthesize((stack) => nova(stack, facts as Partial<EngagementProps>))).toThrow(message);
  });

  it("but one of a single day is not", () => {
    expect(() => synthesize((stack) => nova(stack, { until: "2026-11-30" }))).not.toThrow();
  });

  it.each(["", "a/b", "${nova}", "__proto__", "nova ", "-"])("with the name %j", (name) => {
    expect(() => synthesize((stack) => new Engagement(stack, name, FACTS))).toThrow(/its name/);
  });

  it("when there is one of that name", () => {
    expect(() => synthesize((stack) => [nova(stack), nova(stack)])).toThrow(
      /the engagement "nova" is declared at acme\/engagement:nova/,
    );
  });

  it("when something was declared before that names it, and would outlive it", () => {
    expect(() => synthesize((stack) => [new Group(stack, "g", { engagement: "nova" }), nova(stack)])).toThrow(
      /the group "g" at acme\/group:g names it already/,
    );
  });

  it("when its owner left", () => {
    expect(() =>
      synthesize((stack) => [stack.left("priya@acme.com", { on: "2026-11-23" }), nova(stack)]),
    ).toThrow(/priya@acme.com is declared absent/);
  });
});

describe("a group is not taken in", () => {
  const other = { ...FACTS, agency: "Brightside Ltd" };
  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    [
      "by two engagements",
      (stack) => new Engagement(stack, "brightside", other).group(nova(stack).group(new Group(stack, "g"))),
      /it belongs to the engagement "nova"/,
    ],
    [
      "that stands in another engagement",
      (stack) => new Engagement(stack, "brightside", other).group(new Group(nova(stack), "g")),
      /it belongs to the engagement "nova"/,
    ],
    [
      "that names one engagement and stands in another",
      (stack) => new Group(nova(stack), "g", { engagement: "brightside" }),
      /names the engagement "brightside" and stands in "nova"/,
    ],
    [
      "with expectations twice",
      (stack) =>
        nova(stack).group(IdpGroup.named(stack, "g", { expects: [] }), { expects: ["jo@nova.agency"] }),
      /its `expects` is given twice/,
    ],
    [
      "with expectations where code writes the members",
      (stack) => nova(stack).group(new Group(stack, "g") as unknown as IdpGroup, { expects: [] }),
      /`expects` is for groups that an identity provider writes/,
    ],
    [
      "with a leaver",
      (stack) => {
        const engagement = nova(stack);
        engagement.left("ana@nova.agency", { on: "2026-12-01" });
        engagement.group(IdpGroup.named(stack, "g"), { expects: ["Ana@nova.agency"] });
      },
      /Ana@nova.agency is declared absent/,
    ],
  ])("%s", (_how, declare, message) => {
    expect(() => synthesize(declare)).toThrow(message);
  });

  it("from another stack", () => {
    const app = new App();
    const [one, two] = ["one", "two"].map((id) => new AccessStack(app, id, { orgId: 1, region: "us" }));
    expect(() => nova(one!).group(new Group(two!, "g"))).toThrow(/declared in another stack/);
  });
});

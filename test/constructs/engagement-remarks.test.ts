import { Engagement, Group, Project, Role, type AccessStack } from "amplitude-access";
import type { AccessStackProps } from "amplitude-access";
import { synthesize } from "./synthesis";

const nova = (stack: AccessStack): Engagement =>
  new Engagement(stack, "nova", {
    agency: "Nova Analytics GmbH",
    domains: ["Nova.agency", "nova.example"],
    sow: "SOW-2231",
    dpa: "DPA-0917",
    owner: "priya@acme.com",
    from: "2026-11-30",
    until: "2027-03-31",
  });
const warnings = (
  declare: (engagement: Engagement, stack: AccessStack) => unknown,
  props?: Partial<AccessStackProps>,
): string[] =>
  synthesize((stack) => declare(nova(stack), stack), props).annotations.map(
    ({ level, constructPath, message }) => `${level} ${constructPath}: ${message}`,
  );
const ADMINS = ["priya@acme.com", "tom@acme.com", "lena@acme.com"];

describe("an engagement warns of", () => {
  it.each<[string, (engagement: Engagement, stack: AccessStack) => unknown, RegExp]>([
    [
      "a person of it among the administrators",
      (engagement, stack) => {
        stack.admins(...ADMINS, "Jo@nova.agency");
        engagement.person("jo@nova.agency");
      },
      /^@cdktf\/warn acme: Jo@nova.agency of the engagement nova is in admins, and so administers the whole/,
    ],
    [
      "an administrator of its domain whom it does not name",
      (_engagement, stack) => stack.admins(...ADMINS, "jo@nova.example"),
      /jo@nova.example of the engagement nova is in admins/,
    ],
    [
      "a grant that ends before it begins",
      (engagement, stack) =>
        engagement
          .group(new Group(stack, "g"))
          .may(Role.Viewer, Project.named(stack, "Web"), { until: "2026-11-29" }),
      /acme\/group:g\/grant:Web: Access is granted before the engagement nova begins: the grant "g on Web" ends 2026-11-30T00:00:00Z, and the engagement is from 2026-11-30T00:00:00Z/,
    ],
    [
      "a person who leaves before it begins",
      (engagement) => engagement.person("jo@nova.agency", { until: "2026-11-01" }),
      /Access is granted before the engagement nova begins: the person "jo@nova.agency" ends/,
    ],
    [
      "a membership that ends before it begins",
      (engagement, stack) =>
        engagement.group(new Group(stack, "g").member("jo@nova.agency", { until: "2026-11-01" })),
      /Access is granted before the engagement nova begins: the membership of jo@nova.agency ends/,
    ],
    [
      "a domain at which everybody can have an address",
      (_engagement, stack) =>
        new Engagement(stack, "solo", {
          agency: "Solo",
          domains: ["GMail.com", "solo.example"],
          sow: "S",
          dpa: "D",
          owner: "priya@acme.com",
          from: "2026-11-30",
          until: "2027-03-31",
        }),
      /^@cdktf\/warn acme: Everybody can have an address at gmail\.com, a domain of the engagement solo/,
    ],
    [
      "a single client administrator",
      (_engagement, stack) => stack.admins("priya@acme.com"),
      /1 of 1 named administrators are the client's\. The playbook keeps at least 2/,
    ],
    [
      "client administrators without a contact beside them",
      (_engagement, stack) => stack.admins("priya@acme.com", "tom@acme.com"),
      /2 of 2 named administrators are the client's/,
    ],
  ])("%s", (_what, declare, message) => {
    expect(warnings(declare)).toEqual([expect.stringMatching(message)]);
  });

  it("a person of it among the break-glass accounts", () => {
    const props = { breakGlass: ["jo@nova.agency"] };
    expect(warnings((engagement) => engagement.person("jo@nova.agency"), props)).toEqual([
      expect.stringMatching(/jo@nova.agency of the engagement nova is in breakGlass/),
    ]);
  });

  it("an administrator once, also where the domain is a collaborator's by owns.peopleOf", () => {
    const props = { owns: { peopleOf: ["nova.agency"] } };
    expect(warnings((_engagement, stack) => stack.admins(...ADMINS, "jo@nova.agency"), props)).toEqual([
      expect.stringMatching(/jo@nova.agency of the engagement nova is in admins/),
    ]);
  });

  it.each<[string, (engagement: Engagement, stack: AccessStack) => unknown]>([
    ["enough administrators of the client", (_engagement, stack) => stack.admins(...ADMINS)],
    ["administrators that nobody names", (engagement) => engagement.person("jo@nova.agency")],
    ["an end on its first day", (engagement) => engagement.person("jo@nova.agency", { until: "2026-11-30" })],
  ])("but not of %s", (_what, declare) => expect(warnings(declare)).toEqual([]));
});

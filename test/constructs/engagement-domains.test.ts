import { type Engagement, Group, IdpGroup, type AccessStack } from "amplitude-access";
import { nova } from "./nova";
import { problems, file } from "./agency-files";
import { synthesize } from "./synthesis";

type Declare = (engagement: Engagement, stack: AccessStack) => unknown;
const declaring = (declare: Declare, guests: readonly string[] = []) =>
  synthesize((stack) => declare(nova(stack, { domains: ["Nova.agency", "nova.example"], guests }), stack));

describe("somebody of none of the agency's domains", () => {
  const strangers: [string, Declare, RegExp][] = [
    [
      "a person",
      (engagement) => engagement.person("lena@acme.com"),
      /^Cannot declare the person "lena@acme\.com" at acme\/engagement:nova\/person:lena@acme\.com: lena@acme\.com is of none of the domains of the engagement "nova", nova\.agency, nova\.example\. Correct the address, add the domain to the engagement, or name the person in its `guests`\.$/,
    ],
    [
      "a leaver, whom the line would not remove",
      (engagement) => engagement.left("lena@acme.com", { on: "2026-12-01" }),
      /the leaver/,
    ],
    [
      "a member",
      (engagement, stack) => engagement.group(new Group(stack, "g", { members: ["Lena@acme.com"] })),
      /the group "g" at acme\/group:g: lena@acme\.com is of none/,
    ],
    [
      "a member of a group inside",
      (engagement) => new Group(engagement, "g", { members: ["lena@acme.com"] }),
      /lena@acme\.com is of none/,
    ],
    [
      "a member who is added before the group is taken in",
      (engagement, stack) => engagement.group(new Group(stack, "g").member("lena@acme.com")),
      /lena@acme\.com is of none/,
    ],
    [
      "a member who is added later",
      (engagement, stack) => engagement.group(new Group(stack, "g")).member("lena@acme.com"),
      /the membership "lena@acme\.com in g".*is of none/,
    ],
    [
      "somebody who is expected",
      (engagement, stack) => engagement.group(IdpGroup.named(stack, "g"), { expects: ["lena@acme.com"] }),
      /the IdP group "g".*is of none/,
    ],
    [
      "somebody who was expected",
      (engagement, stack) => engagement.group(IdpGroup.named(stack, "g", { expects: ["lena@acme.com"] })),
      /is of none/,
    ],
  ];
  it.each(strangers)("is refused: %s", (_, declare, message) => {
    expect(() => declaring(declare)).toThrow(message);
  });
  it.each(strangers)("is welcome as a guest: %s", (_, declare) => {
    expect(declaring(declare, ["LENA@acme.com"]).file.locals.amplitude_access["engagements"]).toMatchObject({
      nova: { guests: ["LENA@acme.com"] },
    });
  });

  it.each<[string, Declare]>([
    ["people of its domains in whatever case", (engagement) => engagement.person("jo@NOVA.Agency")],
    [
      "a service account, which may be the client's",
      (engagement, stack) => {
        engagement.serviceAccount("sync@acme.com", { purpose: "sync" });
        engagement.group(new Group(stack, "g", { members: ["sync@acme.com"] }));
      },
    ],
    ["a group of others", (_, stack) => new Group(stack, "employees", { members: ["lena@acme.com"] })],
  ])("is not %s", (_, declare) => {
    expect(declaring(declare).annotations).toEqual([]);
  });

  it("is refused in a file, at the line that names them, and welcome as a guest", () => {
    const lena = file({ 10: "    members: [jo@nova.agency, lena@acme.com]" });
    expect(problems(lena)).toEqual([expect.stringMatching(/^nova\.yaml:9:3: .*lena@acme\.com is of none/)]);
    expect(
      problems(file({ 10: "    members: [jo@nova.agency, lena@acme.com]" }, "guests: [lena@acme.com]")),
    ).toEqual([]);
  });
});

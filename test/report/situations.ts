import { viewOf, type PlanView } from "../../src/report";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

/** An agency arrives, somebody leaves, an identity provider is waited for, one person is not to come back. */
export function agencyArrives(): Harness {
  return harness({
    organization: organization()
      .person("ana@nova.agency", { givenName: "Ana" })
      .people("marco@nova.agency")
      .project("Web", "Mobile")
      .group("old", ["ana@nova.agency", "jo@nova.agency"])
      .grant("old", "Web", "Viewer")
      .grant("ana@nova.agency", "Mobile", "Manager")
      .grant("marco@nova.agency", "Mobile", "Manager")
      .grant("jo@nova.agency", "Web", "Member"),
    stack: {
      provider: { owns_people_of: ["nova.agency"], owns_grants_on: ["Mobile"] },
      resources: {
        "amplitude_user.marco": { email: "marco@nova.agency" },
        "amplitude_group.nova": {
          name: "agency-nova",
          members: ["jo@nova.agency", "sam@nova.agency", "tyra@nova.agency"],
        },
        "amplitude_idp_group.x": { name: "amp-analysts", expected_members: ["priya@acme.com"] },
        "amplitude_project_role_assignment.nova": {
          principal_type: "group",
          principal: "${amplitude_group.nova.id}",
          project_id: "501",
          role: "Member",
          expires_at: "2027-03-31",
        },
        "amplitude_project_role_assignment.marco": {
          principal_type: "user",
          principal: "marco@nova.agency",
          project_id: "502",
          role: "Member",
        },
        "amplitude_project_role_assignment.jo": {
          principal_type: "user",
          principal: "jo@nova.agency",
          project_id: "501",
          role: "Viewer",
        },
        "amplitude_leaver.ana": {
          email: "ana@nova.agency",
          left_on: "2026-11-20",
          ticket: "SEC-311",
          content_to: "tom@acme.com",
        },
      },
    },
  });
}

/** Everybody of many groups leaves at once. `people` is a multiple of `groups`. */
function everybodyLeaves(people: number, groups: number): Harness {
  const email = (index: number): string => `person${index}@agency${index % groups}.example`;
  const members = (group: number): string[] =>
    Array.from({ length: people / groups }, (_, index) => email(index * groups + group));
  const seed = organization().project("Web");
  for (let group = 0; group < groups; group++)
    seed.group(`agency-${group}`, members(group)).grant(`agency-${group}`, "Web", "Member");
  return harness({
    organization: seed,
    stack: {
      resources: Object.fromEntries(
        Array.from({ length: people }, (_, index) => [
          `amplitude_leaver.p${index}`,
          { email: email(index), left_on: "2026-11-20", ticket: `SEC-${index % 7}` },
        ]),
      ),
    },
  });
}

/** The view of a plan that removes 5,000 people: what 50 groups lose, a hundred times. */
export async function fiveThousandLeave(): Promise<PlanView> {
  const [groups, times] = [50, 100];
  const view = viewOf(await everybodyLeaves(groups, groups).plan(), "apply");
  const { people, steps, lines, irreversible } = view;
  const repeat = <T>(things: readonly T[], change: (thing: T, time: number, index: number) => T): T[] =>
    Array.from({ length: times }, (_, time) =>
      things.map((thing, index) => change(thing, time, index)),
    ).flat();
  return {
    ...view,
    people: repeat(people, (person, time) => ({ ...person, email: `${time}.${person.email}` })),
    irreversible: repeat(irreversible, (act, time) => ({
      ...act,
      says: act.says.replace("removing ", `removing ${time}.`),
    })),
    steps: repeat(steps, (step, time) => ({ ...step, id: `${time}${step.id}` })),
    lines: repeat(lines, (line, time, index) => ({
      ...line,
      ...(line.number === undefined ? {} : { number: time * lines.length + index + 1 }),
      steps: line.steps.map((id) => `${time}${id}`),
    })),
  };
}

/** Texts that somebody might put into a name: each would do harm where it is interpreted. */
export const hostileNames = [
  "**bold** _it_ `code` ~~gone~~",
  "a | b \\| c",
  "<script>alert(1)</script><img src=x onerror=alert(2)>",
  "</script><!-- --><b>&amp;&lt;",
  "[click](https://evil.example) ![x](https://evil.example/x.png)",
  "https://evil.example www.evil.example",
  "@acme/security #1 GH-2 0123456789abcdef0123456789abcdef01234567 :tada:",
  "\u001b[31mred\u001b[0m\u0007",
  "\u202egnp.exe\u202c \u200b\u2066x\u2069",
  "- [ ] item\n# heading\n\n<!-- amplitude-access:7:acme -->",
  "``` fence ``` `",
  "$x^2$ {{ secrets.TOKEN }} ::set-output name=a::b",
];

/** Projects and groups of such names, a person added, one taken away. */
export function hostile(): Harness {
  const builder = organization()
    .people("jo@x.com", "ana@x.com")
    .project(...hostileNames);
  for (const name of hostileNames) builder.group(name, ["ana@x.com"]);
  const seed = builder.seed();
  const assignments = (seed.groups ?? []).map(({ id }, index) => ({
    principalType: "group" as const,
    principal: id,
    project: seed.projects?.[index]?.id ?? 0,
    role: "Member",
  }));
  return harness({
    organization: { ...seed, assignments },
    stack: {
      resources: Object.fromEntries(
        hostileNames.map((name, index) => [
          `amplitude_group.g${index}`,
          { name, members: ["jo@x.com", "ana@x.com"].slice(0, 1 + (index % 2)) },
        ]),
      ),
    },
  });
}

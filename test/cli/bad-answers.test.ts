import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { rewrite, type AnswerCase } from "./answers";
import { Workplace } from "./command-line";
import { projects, roleFamily, roles, secondLists } from "./role-answers";
import { groups, people } from "./scim-answers";

const seed: Seed = {
  ...acmeSeed,
  assignments: [
    ...(acmeSeed.assignments ?? []),
    { principalType: "user", principal: "mia@acme.com", project: 288503, role: "Member" },
  ],
};

const production = nova()["amplitude_project_role_assignment"];
const roleOn = (principal: string, role: string) => ({
  principal_type: "user",
  principal,
  project_id: "288503",
  role,
});

/** What the stack asks for, each with a letter: somebody comes, one joins, one leaves the group, one gets a role, one's role is lowered. */
const stack = stackFile({
  // Ids of its own: names of projects are not needed.
  provider: {
    ...acmeProvider,
    project_ids: { "Client Production": "288501", "Client Reporting": "288503" },
  },
  resource: {
    ...nova(["ana@nova.agency", "mia@acme.com"]),
    amplitude_user: { jo: { email: "jo@nova.agency" } },
    amplitude_idp_group: {
      analysts: { name: "amp-analysts", expected_members: ["priya@acme.com", "mia@acme.com"] },
    },
    amplitude_project_role_assignment: {
      ...production,
      leo: roleOn("leo@nova.agency", "Viewer"),
      mia: roleOn("mia@acme.com", "Viewer"),
    },
  },
});
const letters: readonly (readonly [letter: string, step: RegExp])[] = [
  ["I", /^ +done +invite jo@nova\.agency$/m],
  ["J", /^ +done +agency-nova gains mia@acme\.com( \(invited by it\))?$/m],
  ["L", /^ +done +agency-nova loses leo@nova\.agency$/im],
  ["G", /^ +done +leo@nova\.agency gets Viewer on Client Reporting$/m],
  ["D", /^ +done +mia@acme\.com: Member → Viewer on Client Reporting$/im],
];

describe("whatever the other side answers, it is said, and nothing goes on a doubt", () => {
  const table = (whose: string, cases: readonly AnswerCase[]) =>
    cases.map(([what, ...rest]) => [`${whose}: ${what}`, ...rest] as const);

  it.each([
    ...table("people", people),
    ...table("groups", groups),
    ...table("roles", roles),
    ...table("the role API", roleFamily),
    ...table("second lists", secondLists),
    ...table("projects", projects),
  ])("%s", async (_, change, says, done, exitCode) => {
    const place = new Workplace();
    const running = await startEmulator({ seed, port: 0, clock: "virtual" });
    try {
      place.write("stack.json", stack);
      rewrite(running.emulator, change);
      const line = "apply --yes --trust-organization --config stack.json --base base.json";
      const printed = await place.run(line, { env: environment(running.url) });
      const all = `${printed.out}\n${printed.err}`;
      expect(all).toMatch(says);
      const did = letters.filter(([, step]) => step.test(printed.out)).map(([letter]) => letter);
      expect([did.join(""), printed.exitCode]).toEqual([done, exitCode]);
      expect(all).not.toMatch(/\n\s+at .*\.ts:\d+|TypeError|\[object Object\]/);
      unharmed(running, done);
    } finally {
      await running.close();
      place.remove();
    }
  });
});

/** Nobody and nothing is gone but what the stack takes, and only where that was done. */
function unharmed({ emulator }: RunningEmulator, done: string): void {
  const now = emulator.state();
  const lost = (before: readonly string[], after: readonly string[]): string[] =>
    before.filter((one) => !after.includes(one));
  const inGroups = (state: Pick<Seed, "groups">): string[] =>
    (state.groups ?? []).flatMap(({ name, members: all = [] }) => all.map((member) => `${name} ${member}`));
  const emails = (state: Pick<Seed, "people">): string[] => (state.people ?? []).map(({ email }) => email);
  expect(lost(emails(seed), emails(now))).toEqual([]);
  expect(lost(inGroups(seed), inGroups(now))).toEqual(
    done.includes("L") ? ["agency-nova leo@nova.agency"] : [],
  );
  expect(now.assignments.length).toBe((seed.assignments ?? []).length + (done.includes("G") ? 1 : 0));
}

import { startEmulator, type RunningEmulator, type Seed } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

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

/** What one apply said and did. */
export interface AskedRun {
  /** Letters of the steps that were done. */
  readonly done: string;
  readonly exitCode: number;
  /** All that people see. */
  readonly all: string;
}

/** Applies the stack to the organization, with its switches and what `prepare` does to it, and sees that nothing is harmed. */
export async function applyAsked(
  switches: NonNullable<Seed["switches"]>,
  prepare: (running: RunningEmulator) => void | Promise<void>,
): Promise<AskedRun> {
  const place = new Workplace();
  const running = await startEmulator({ seed: { ...seed, switches }, port: 0, clock: "virtual" });
  try {
    place.write("stack.json", stack);
    await prepare(running);
    const line = "apply --yes --trust-organization --config stack.json --base base.json";
    const { out, err, exitCode } = await place.run(line, { env: environment(running.url) });
    const all = `${out}\n${err}`;
    const done = letters
      .filter(([, step]) => step.test(out))
      .map(([letter]) => letter)
      .join("");
    expect(all).not.toMatch(/\n\s+at .*\.ts:\d+|TypeError|\[object Object\]/);
    unharmed(running, done);
    return { done, exitCode, all };
  } finally {
    await running.close();
    place.remove();
  }
}

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

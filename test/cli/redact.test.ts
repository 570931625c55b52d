import type { DriftReport } from "../../src/drift";
import type { PlanView } from "../../src/report";
import { planFormats } from "../../src/cli/plan-formats";
import type { Seed } from "../../src/emulator";
import { acmeSeed, at, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";
const people = {
  zelda: "zelda.quist@acme.com",
  obrian: "Obrian+amp@acme.com",
  wanja: "wanja@acme.com",
  ylva: "ylva_ek@nova.agency",
  xaver: "xaver@nova.agency",
  ulrike: "ulrike@else.example",
  ludmila: "ludmila@пример.рф",
  rosalind: "rosalind@[192.0.2.7]",
};
/** Nobody of the organization: a stack, a file or the audit log names them. */
const others = ["vittoria@acme.com", "thorvald@nova.agency", "siegmund@else.example"];
/** What would give somebody away: the part before the `@`, and names. */
const telling = [
  ...[...Object.values(people), ...others].map((email) => email.slice(0, email.indexOf("@"))),
  ...["Zelda", "Quist", "Ylvafornamn", "Ekström", "obrian"],
].map((name) => name.toLowerCase());

const seed: Seed = {
  ...acmeSeed,
  people: [
    { email: people.zelda, givenName: "Zelda", familyName: "Quist", organizationRole: "owner" },
    { email: people.obrian, organizationRole: "admin" },
    { email: people.wanja },
    { email: people.ylva, givenName: "Zelda", familyName: "Quist" },
    { email: people.xaver },
    { email: people.ulrike },
    { email: people.ludmila },
    { email: people.rosalind },
  ],
  groups: [
    { id: 632, name: "agency-nova", members: [people.ylva, people.xaver, people.ludmila, people.rosalind] },
    { id: 633, name: "amp-analysts", members: [people.obrian, people.wanja] },
  ],
  assignments: [
    { principalType: "group", principal: "agency-nova", project: 288501, role: "Member" },
    { principalType: "user", principal: people.ulrike, project: 288503, role: "Viewer" },
  ],
  identityProvider: { name: "okta", groups: [{ name: "amp-analysts", members: [people.wanja] }] },
};

const stack = (more: object = {}) =>
  stackFile({
    provider: {
      org_id: "36958",
      region: "us",
      owns_groups: ["agency-*"],
      owns_grants_on: ["Client *"],
      admins: [people.zelda, others[0]],
    },
    resource: {
      ...nova([people.xaver, others[1]!], "Manager"),
      amplitude_user: {
        user_ylva_ek_nova_agency: at("acme/user:ylva_ek@nova.agency/Resource", {
          email: people.ylva.toUpperCase(),
          given_name: "Ylvafornamn",
          family_name: "Ekström",
        }),
      },
      amplitude_leaver: {
        leaver_ulrike: at("acme/ulrike/Resource", { email: people.ulrike, left_on: "2026-11-20" }),
        leaver_wanja: at("acme/wanja/Resource", {
          email: people.wanja,
          left_on: "2026-11-20",
          content_to: people.zelda,
          ticket: `SEC-311 by ${others[2] ?? ""}`,
        }),
      },
      amplitude_idp_group: {
        analysts: at("acme/amp-analysts/Resource", {
          name: "amp-analysts",
          expected_members: [people.obrian],
        }),
      },
      ...more,
    },
  });

describe("--redact", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", seed);
    place.write("stack.json", stack());
  });
  afterEach(() => place.remove());

  const told = (text: string): string[] => telling.filter((name) => text.toLowerCase().includes(name));

  it("leaves nothing of a person in any rendering of a plan", async () => {
    const files = ["plan.txt", "plan.json", "plan.md", "plan.html", "plan.sarif"];
    const reports = files.map((file) => `--report ${file}`).join(" ");
    const plain = await place.run(`plan ${reports} --everyone --explain-order ${RUN}`);
    // The test would find them.
    expect(told(plain.out)).toHaveLength(new Set(telling).size);
    const { out, err, exitCode } = await place.run(
      `plan --redact ${reports} --everyone --explain-order ${RUN}`,
    );
    expect([exitCode, told(out), told(err)]).toEqual([0, [], []]);
    for (const file of files) expect([file, told(place.read(file))]).toEqual([file, []]);
    expect(files.map((file) => file.split(".")[1]).length).toBe(planFormats.length);
    expect(out).not.toContain("@");
    expect(out).toContain("agency-nova loses");
  });

  it("leaves nothing of a person in what an apply says while it runs", async () => {
    await place.ui("org.json", people.obrian, {
      type: "add_member",
      group: "agency-nova",
      email: people.ulrike,
    });
    const plain = new Workplace();
    for (const file of ["org.json", "stack.json"]) plain.write(file, place.read(file));
    const named = await plain.run(`apply --yes ${RUN}`);
    const { out, err, exitCode } = await place.run(`apply --yes --redact ${RUN}`);
    plain.remove();
    expect(told(named.out).length).toBeGreaterThan(4);
    expect([exitCode, told(out), told(err)]).toEqual([named.exitCode, [], []]);
    expect(out).toContain("done     agency-nova loses");
    expect(out.split("\n").length).toBe(named.out.split("\n").length);
  });

  it("calls one person the same everywhere, and keeps what approvals speak of", async () => {
    const view = async (options: string) =>
      JSON.parse((await place.run(`plan --json ${options} ${RUN}`)).out) as PlanView;
    const [open, hidden] = [await view(""), await view("--redact")];
    expect(hidden.digest).toBe(open.digest);
    expect(hidden.steps.map(({ id }) => id)).toEqual(open.steps.map(({ id }) => id));
    const names = new Map<string, Set<string>>();
    for (const [index, step] of open.steps.entries())
      for (const [place_, email] of step.people.entries()) {
        const known = names.get(email) ?? new Set();
        names.set(email, known.add(hidden.steps[index]?.people[place_] ?? ""));
      }
    const given = [...names.values()].map((all) => [...all]);
    expect(given.every((all) => all.length === 1)).toBe(true);
    expect(new Set(given.flat()).size).toBe(names.size);
    // Four people are of acme.com, and fewer than three of else.example.
    expect(names.get(people.wanja)).toEqual(new Set([expect.stringMatching(/^acme\.com\/person-\d+$/)]));
    expect(hidden.people.map(({ email }) => email)).toContainEqual(expect.stringMatching(/^person-\d+$/));
    const resources = hidden.steps.flatMap(({ addresses }) => addresses);
    expect(resources).toContainEqual(expect.stringMatching(/^acme\/amplitude_leaver\.\d+$/));
  });

  it("leaves nothing of a person in drift, nor in what is accepted", async () => {
    expect((await place.run(`apply --yes ${RUN}`)).err).not.toContain("error");
    await place.control("org.json", "clock/advance", { seconds: 3600 });
    await place.ui("org.json", people.obrian, {
      type: "add_member",
      group: "agency-nova",
      email: people.ulrike,
    });
    await place.ui("org.json", others[2]!, {
      type: "grant",
      person: people.ulrike,
      project: "Client Reporting",
      role: "Admin",
    });
    const plain = await place.run(`drift --json ${RUN}`);
    const { items } = JSON.parse(plain.out) as DriftReport;
    expect(told(plain.out).length).toBeGreaterThan(4);
    const outside = items.find(({ sort }) => sort === "outside")!;
    await place.run([
      ...`accept ${outside.id} --until 2026-12-01 --owner ${people.zelda} ${RUN} --because`.split(" "),
      `${people.wanja} asked`,
    ]);
    for (const line of ["drift", "drift --json", "drift --events-only --since 2h"]) {
      const { out, err } = await place.run(`${line} --redact ${RUN}`);
      expect([line, told(out), told(err)]).toEqual([line, [], []]);
    }
    const hidden = JSON.parse((await place.run(`drift --json --redact ${RUN}`)).out) as DriftReport;
    expect(hidden.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  });

  it("says what is wrong without a name, too", async () => {
    place.write(
      "stack.json",
      stack({ amplitude_user: { wanja: at("acme/wanja/Resource", { email: people.wanja }) } }),
    );
    const { exitCode, out, err } = await place.run(`plan --redact ${RUN}`);
    expect(err).toMatch(/^error: .*person-\d+/);
    expect([exitCode, told(err), out]).toEqual([1, [], ""]);
  });
});

import { startEmulator, type RunningEmulator } from "../../src/emulator";
import { acmeProvider, acmeSeed, environment, stackFile } from "./acme";
import { at, refusing, rewrite } from "./answers";
import { Workplace } from "./command-line";

const LINE = "--config stack.json --base base.json";

/** No pattern takes anything away. */
const provider = {
  ...acmeProvider,
  owns_groups: [],
  owns_grants_on: [],
  role_ids: { Member: "00000000-0000-4000-8000-000000000002" },
};

describe("what groups give, where nobody can read it", () => {
  let place: Workplace;
  let running: RunningEmulator;
  const start = async (served: boolean): Promise<void> => {
    place = new Workplace();
    const switches = served ? ({ management: "served" } as const) : {};
    running = await startEmulator({ seed: { ...acmeSeed, switches }, port: 0, clock: "virtual" });
  };
  afterEach(async () => {
    await running.close();
    place.remove();
  });
  const all = () => ({ ...environment(running.url), AMPLITUDE_MANAGEMENT_URL: running.url });
  const run = (line: string, env: Readonly<Record<string, string>> = all()) => place.run(line, { env });
  const groupNames = (): string[] => running.emulator.state().groups.map(({ name }) => name);
  const membersOf = (name: string): readonly string[] =>
    running.emulator.state().groups.find((group) => group.name === name)?.members ?? [];

  const nova = (members: readonly string[]) => ({ nova: { name: "agency-nova", members } });
  const before = () =>
    stackFile({
      data: {},
      provider,
      resource: {
        amplitude_group: { ...nova(["ana@nova.agency"]), tmp: { name: "tmp", members: ["leo@nova.agency"] } },
        amplitude_project_role_assignment: {
          tmp: {
            principal_type: "group",
            principal: "${amplitude_group.tmp.id}",
            project_id: "288501",
            role: "Member",
          },
        },
      },
    });
  const after = () => stackFile({ data: {}, provider, resource: { amplitude_group: nova([]) } });

  it("a role API that refuses: a group with people in it stays, and who may lose what is told", async () => {
    await start(true);
    place.write("stack.json", before());
    expect((await run(`apply --yes --trust-organization ${LINE}`)).exitCode).toBe(0);
    place.write("stack.json", after());
    const heal = rewrite(running.emulator, refusing("/user-management", 403, { title: "Nope" }));
    const { exitCode, out, err } = await run(`apply --yes ${LINE}`);
    expect(err).toMatch(/amplitude-access approve groups-in-use --subject "tmp"/);
    const text = out.replaceAll(/\s+/g, " ");
    expect(text).not.toMatch(/Nobody gains or loses anything|Nobody's access changes|none gives access/);
    expect(text).toMatch(/leo@nova\.agency loses access/);
    expect(text).toMatch(/what group tmp gives to 1 person is not known: role assignments could not be read/);
    expect(text).toMatch(
      /Not known: what agency-nova and tmp give, because nobody could read role assignments\. ana@nova\.agency and leo@nova\.agency may gain or lose more/,
    );
    expect(text).toMatch(/refused delete group tmp/);
    expect(text).not.toMatch(/left over|\.\.|Read [^:]*, complete/);
    expect(exitCode).toBe(3);
    expect(groupNames()).toContain("tmp");
    heal();
    expect((await run(`apply --yes ${LINE}`)).exitCode).toBe(0);
    expect(groupNames()).not.toContain("tmp");
    expect(running.emulator.state().assignments).toHaveLength(3);
  });

  it("only the key of people and groups: a group goes, and the plan says what is not judged", async () => {
    await start(false);
    const {
      AMPLITUDE_ORG_API_KEY: _key,
      AMPLITUDE_ORG_SECRET_KEY: _secret,
      AMPLITUDE_TOKEN: _token,
      ...scimOnly
    } = environment(running.url);
    place.write("stack.json", before());
    const first = await run(`apply --yes --trust-organization ${LINE}`, scimOnly);
    expect([first.exitCode, first.err]).toEqual([6, ""]);
    place.write("stack.json", after());
    const { exitCode, out, err } = await run(`apply --yes ${LINE}`, scimOnly);
    expect(err).toBe("");
    const text = out.replaceAll(/\s+/g, " ");
    expect(text).toMatch(
      /none gives access that is known \(role assignments and module grants are not judged/,
    );
    expect(text).toMatch(/Not known: what .*agency-nova/);
    expect(text).not.toMatch(/Nobody gains or loses anything|left over/);
    expect(exitCode).toBe(0);
    expect(groupNames()).not.toContain("tmp");
    expect(membersOf("agency-nova")).toEqual([]);
  });

  describe("a list of members that lacks whom SCIM lists", () => {
    const MEMBERS = "/api/2/organizations/36958/members";
    const roles = (line: boolean) =>
      stackFile({
        data: {},
        provider,
        resource: {
          amplitude_group: nova(["ana@nova.agency", "leo@nova.agency"]),
          ...(line && { amplitude_organization_role: { mia: { email: "mia@acme.com", role: "manager" } } }),
        },
      });
    const roleOfMia = () =>
      running.emulator.state().people.find(({ email }) => email === "mia@acme.com")?.organizationRole;
    beforeEach(async () => {
      await start(true);
      place.write("stack.json", roles(true));
      expect((await run(`apply --yes --trust-organization ${LINE}`)).exitCode).toBe(0);
      rewrite(
        running.emulator,
        at(MEMBERS, () => ({ data: [], next_cursor: null })),
      );
    });

    it("is told, and nobody's role has changed outside", async () => {
      const drift = await run(`drift ${LINE}`);
      expect([drift.exitCode, drift.err, drift.out]).toEqual([0, "", expect.any(String)]);
      expect(drift.out).toMatch(/Changed outside \(0\)/);
      const { out } = await run(`plan ${LINE}`);
      expect(out.replaceAll(/\s+/g, " ")).toMatch(
        /list of the organization's members lacks 5 of the 5 people whom SCIM lists: tom@acme\.com/,
      );
      expect(out).not.toMatch(/, complete:|gains access/);
    });

    it("a line that is deleted is not forgotten: the role is not taken before it is known", async () => {
      place.write("stack.json", roles(false));
      const { exitCode, out, err } = await run(`apply --yes ${LINE}`);
      expect([exitCode, err]).toEqual([3, ""]);
      expect(out).toMatch(/refused +mia@acme\.com: organization role/);
      expect(roleOfMia()).toBe("manager");
      expect(place.read("base.json")).toMatch(/mia@acme\.com/);
    });
  });

  it("projects that an administrator's list has and the token's lacks are told", async () => {
    await start(true);
    place.write(
      "stack.json",
      stackFile({ data: {}, provider, resource: { amplitude_group: nova(["ana@nova.agency"]) } }),
    );
    rewrite(
      running.emulator,
      at("/v1/projects", () => ({ data: [], pagination: { next_cursor: null, has_more: false } })),
    );
    const { exitCode, out, err } = await run(`plan ${LINE}`);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /list of projects lacks 2 of the 2 projects .*288501 Client Production/,
    );
    expect(out).not.toMatch(/, complete:/);
  });
});

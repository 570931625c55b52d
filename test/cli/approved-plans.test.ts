import { acmeSeed, at, stackFile, type StackParts } from "../cli/acme";
import { Workplace } from "../cli/command-line";

const RUN = "--config stack.json --emulator org.json";
const users = (emails: readonly string[]): NonNullable<StackParts["resource"]> => ({
  amplitude_user: Object.fromEntries(
    emails.map((email) => [email.replace(/\W/g, "_"), at(`acme/${email}/Resource`, { email })]),
  ),
});

describe("a digest or several plans are approved", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
  });
  afterEach(() => place.remove());

  const stack = (...names: string[]): void =>
    void place.write("stack.json", stackFile({ resource: users(names.map((name) => `${name}@acme.com`)) }));
  const people = (): string[] =>
    place
      .state("org.json")
      .people.map(({ email }) => email)
      .slice(acmeSeed.people?.length ?? 0)
      .sort();
  const digestOf = (file: string): string =>
    (JSON.parse(place.read(file)) as { plan: { digest: string } }).plan.digest;

  it("two pull requests merged together run what each was approved for, and nothing else", async () => {
    stack("ben", "eva");
    await place.run(`plan --out one.json ${RUN}`);
    stack("ida", "eva");
    await place.run(`plan --out two.json ${RUN}`);
    stack("ben", "eva", "ida", "max");
    const { exitCode, out } = await place.run(`apply one.json two.json ${RUN}`);
    expect(out).toMatch(/not run +invite max@acme\.com\n +nobody approved this step/);
    expect(exitCode).toBe(4);
    expect(people()).toEqual(["ben@acme.com", "eva@acme.com", "ida@acme.com"]);
  });

  it("one of them may bring a stack: what the other was approved for runs all the same", async () => {
    const more = "--config more.json";
    place.write("more.json", stackFile({ name: "more", resource: users(["eva@acme.com", "max@acme.com"]) }));
    stack("ben");
    await place.run(`plan --out one.json ${RUN}`);
    stack();
    await place.run(`plan --out two.json ${more} ${RUN}`);
    stack("ben", "ida");
    const { exitCode, out } = await place.run(`apply one.json two.json ${more} ${RUN}`);
    expect(out).toMatch(/not run +invite ida@acme\.com\n +nobody approved this step/);
    expect(exitCode).toBe(4);
    expect(people()).toEqual(["ben@acme.com", "eva@acme.com", "max@acme.com"]);
  });

  it("the whole digest of the plan runs it, a short one is refused, another one runs nothing", async () => {
    stack("ben");
    await place.run(`plan --out one.json ${RUN}`);
    const digest = digestOf("one.json");
    const short = await place.run(`apply --expect ${digest.slice(0, 12)} ${RUN}`);
    expect(short).toMatchObject({ exitCode: 1 });
    expect(short.err).toContain("is not a whole digest");
    stack("eva");
    const other = await place.run(`apply --expect ${digest} ${RUN}`);
    expect(other.err).toContain(
      `${digest} was approved: the stack, the policy or the organization has changed`,
    );
    expect(other.exitCode).toBe(4);
    expect(people()).toEqual([]);
    stack("ben");
    expect((await place.run(`apply --expect ${digest} ${RUN}`)).exitCode).toBe(0);
    expect(people()).toEqual(["ben@acme.com"]);
  });

  it("a plan file that is not the expected one runs nothing", async () => {
    stack("ben");
    await place.run(`plan --out one.json ${RUN}`);
    const { exitCode, err } = await place.run(`apply one.json --expect ${"0".repeat(64)} ${RUN}`);
    expect(err).toContain("which --expect does not name");
    expect(exitCode).toBe(3);
    expect(people()).toEqual([]);
  });

  it("plans of two organizations are not mixed: nothing is run of either", async () => {
    stack("ben");
    await place.run(`plan --out one.json ${RUN}`);
    const other = { ...acmeSeed, organization: { id: 7, name: "Other", region: "us" } };
    place.write("other.json", other);
    place.write(
      "other-stack.json",
      stackFile({ provider: { org_id: "7", region: "us" }, data: {}, resource: users(["ben@acme.com"]) }),
    );
    const planned = await place.run("plan --out two.json --config other-stack.json --emulator other.json");
    expect(planned.exitCode).toBe(0);
    for (const files of ["one.json two.json", "two.json one.json"]) {
      const { exitCode, err } = await place.run(`apply ${files} ${RUN}`);
      expect(err).toMatch(
        /^error: Cannot use the plan file .*two\.json\. It is of organization 7 on .*, and this run is for 36958/m,
      );
      expect(exitCode).toBe(1);
      expect(people()).toEqual([]);
    }
  });

  it("a clock that jumps past an end between plan and apply: what is to be gone by then is not given", async () => {
    const until = { expires_at: "2026-12-01T00:00:00Z" };
    const resource = {
      amplitude_user: {
        ben: at("acme/ben", { email: "ben@acme.com", ...until }),
        eva: at("acme/eva", { email: "eva@acme.com" }),
      },
    };
    place.write("stack.json", stackFile({ resource }));
    await place.run(`plan --out plan.json ${RUN}`);
    await place.control("org.json", "clock/advance", { seconds: 20 * 86_400 });
    const { exitCode, out } = await place.run(`apply plan.json ${RUN}`);
    expect(out).not.toContain("invite ben@acme.com");
    expect(exitCode).toBe(0);
    expect(people()).toEqual(["eva@acme.com"]);
  });

  it("a clock that is set back: nothing is given again that has ended", async () => {
    const resource = {
      amplitude_user: { ben: at("acme/ben", { email: "ben@acme.com", expires_at: "2026-12-01T00:00:00Z" }) },
    };
    place.write("stack.json", stackFile({ resource }));
    await place.run(`plan --out plan.json ${RUN}`);
    expect((await place.run(`apply plan.json ${RUN}`)).exitCode).toBe(0);
    await place.control("org.json", "clock/advance", { seconds: 20 * 86_400 });
    expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(0);
    expect(people()).toEqual([]);
    place.write("org.json", { ...place.state("org.json"), clock: "2026-11-23T10:00:00Z" });
    const before = place.read("org.base.json");
    for (const line of ["apply plan.json", "apply --yes"]) {
      const { exitCode, err } = await place.run(`${line} ${RUN}`);
      expect(err).toMatch(
        /^error: It is 2026-11-23T10:.* by this clock, and the last run ended 2026-12-13T.*Nothing was written/,
      );
      expect(exitCode).toBe(1);
    }
    expect(place.read("org.base.json")).toBe(before);
    expect(people()).toEqual([]);
  });

  it("a fact that moved names who moved it", async () => {
    const resource = {
      amplitude_project_role_assignment: {
        mia: at("acme/mia/Resource", {
          principal_type: "user",
          principal: "mia@acme.com",
          project_id: "288503",
          role: "Member",
        }),
      },
    };
    const ui = async (role: string): Promise<void> =>
      await place.ui("org.json", "tom@acme.com", {
        type: "grant",
        person: "mia@acme.com",
        project: "Client Reporting",
        role,
      });
    await ui("Viewer");
    place.write("stack.json", stackFile({ resource }));
    await place.run(`plan --out plan.json ${RUN}`);
    await ui("Admin");
    const { exitCode, out } = await place.run(`apply plan.json ${RUN}`);
    expect(out).toMatch(/from was "Viewer" and is "Admin".*; tom@acme\.com at 2026-11-23T09:00:0\d/);
    expect(exitCode).toBe(4);
  });
});

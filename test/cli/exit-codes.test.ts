import { exitCodeOf, outcomes } from "../../src/reconcile";
import { acmeProvider, acmeSeed, uninvitable, at, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";
const both = ["ana@nova.agency", "leo@nova.agency"];

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe("the exit code", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova() }));
  });
  afterEach(() => place.remove());

  const stack = (parts: Parameters<typeof stackFile>[0]): string =>
    place.write("stack.json", stackFile(parts));
  const expecting = (...members: string[]): Blocks => ({
    analysts: at("acme/amp-analysts/Resource", { name: "amp-analysts", expected_members: members }),
  });
  const leaving = {
    leo: at("acme/leo/Resource", {
      email: "leo@nova.agency",
      left_on: "2026-11-23",
      content_to: "ana@nova.agency",
    }),
  };

  it("is 0 for a plan, with changes or without", async () => {
    expect(await place.run(`plan ${RUN}`)).toMatchObject({ exitCode: 0, err: "" });
    await place.run(`apply --yes ${RUN}`);
    const { exitCode, out } = await place.run(`plan --detailed-exitcode ${RUN}`);
    expect(out).toContain("No changes.");
    expect(exitCode).toBe(0);
  });

  it("is 0 for an apply that did everything, and for one that has nothing to do", async () => {
    stack({ resource: nova([...both, "jo@nova.agency"]) });
    expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(0);
    expect(place.state("org.json").groups[0]?.members).toContain("jo@nova.agency");
    const again = await place.run(`apply ${RUN}`);
    expect(again).toMatchObject({ exitCode: 0, err: "" });
    expect(again.out).toContain("No changes.");
  });

  it("is 0 for drift when there is none", async () => {
    await place.run(`apply --yes ${RUN}`);
    expect(await place.run(`drift ${RUN}`)).toMatchObject({ exitCode: 0, err: "" });
  });

  it("is 1 for what cannot be used, and for a step that failed", async () => {
    expect((await place.run("plan --config gone.json --emulator org.json")).exitCode).toBe(1);
    expect((await place.run("plan --sideways")).exitCode).toBe(1);
    expect((await place.run(`drift --days 91 ${RUN}`)).exitCode).toBe(1);
    stack({ resource: nova([...both, "jo@nova.agency"]) });
    place.write("org.json", uninvitable);
    const failed = await place.run(`apply --yes ${RUN}`);
    expect(failed.exitCode).toBe(1);
    expect(failed.out).toMatch(
      /FAILED +agency-nova gains jo@nova\.agency.*\n.*POST \/scim\/1\/Users: .* answered 4\d\d/,
    );
  });

  it("is 2 for changes only where plan is asked for it, and for drift always", async () => {
    stack({ resource: nova(["ana@nova.agency"]) });
    expect((await place.run(`plan ${RUN}`)).exitCode).toBe(0);
    expect((await place.run(`plan --detailed-exitcode ${RUN}`)).exitCode).toBe(2);
    expect((await place.run(`drift ${RUN}`)).exitCode).toBe(2);
  });

  it("is 3 without anybody who can approve", async () => {
    stack({ resource: nova(["ana@nova.agency"]) });
    const refused = await place.run(`apply ${RUN}`);
    expect(refused.err).toContain("--yes");
    expect(place.state("org.json").groups[0]?.members).toHaveLength(2);
    expect(refused.exitCode).toBe(3);
  });

  it.each(["n", "", "yess", "no, wait: yes"])("is 3 when the answer is %j", async (answer) => {
    stack({ resource: nova(["ana@nova.agency"]) });
    const refused = await place.run(`apply ${RUN}`, { answer });
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toContain("Nothing was written.");
    expect(place.state("org.json").groups[0]?.members).toHaveLength(2);
    expect(place.files()).not.toContain("org.base.json");
  });

  it.each(["y", "yes", " YES "])("is 0 when the answer is %j", async (answer) => {
    stack({ resource: nova(["ana@nova.agency"]) });
    expect((await place.run(`apply ${RUN}`, { answer })).exitCode).toBe(0);
    expect(place.state("org.json").groups[0]?.members).toEqual(["ana@nova.agency"]);
  });

  it("is 3 when a stack that is in effect is not given", async () => {
    await place.run(`apply --yes ${RUN}`);
    place.write("other.json", stackFile({ name: "other" }));
    for (const command of ["plan", "apply --yes"]) {
      const refused = await place.run(`${command} --config other.json --emulator org.json`);
      expect(refused.out).toContain("The stack acme is in effect and was not given");
      expect(refused.exitCode).toBe(3);
    }
    const retired = await place.run("apply --yes --retire acme --config other.json --emulator org.json");
    expect(retired.exitCode).toBe(0);
    expect(place.state("org.json").groups.map(({ name }) => name)).toEqual(["amp-analysts", "marketing"]);
  });

  it("is 3 for somebody whom others removed and whom a line would invite again", async () => {
    await place.run(`apply --yes ${RUN}`);
    await place.ui("org.json", "priya@acme.com", { type: "remove_person", email: "leo@nova.agency" });
    const refused = await place.run(`apply --yes ${RUN}`);
    expect(refused.out).toContain(
      "leo@nova.agency was removed outside of the stack and is not invited again",
    );
    expect(refused.exitCode).toBe(3);
    expect(place.state("org.json").people.map(({ email }) => email)).not.toContain("leo@nova.agency");
  });

  it("is 3 when nothing proves that the SCIM key is of this organization", async () => {
    place.write("org.json", { ...acmeSeed, switches: { "user-management-group-ids": "different" } });
    stack({ resource: nova(["ana@nova.agency"]) });
    const refused = await place.run(`apply --yes ${RUN}`);
    expect(refused.err).toContain("--trust-organization");
    expect(refused.exitCode).toBe(3);
    expect(place.state("org.json").groups[0]?.members).toHaveLength(2);
  });

  it("is 4 when the facts of an approved plan have moved, and the rest of it runs", async () => {
    stack({ resource: nova([...both, "jo@nova.agency"], "Manager") });
    await place.run(`plan --out plan.json ${RUN}`);
    await place.ui("org.json", "priya@acme.com", {
      type: "grant",
      group: "agency-nova",
      project: "Client Production",
      role: "Viewer",
    });
    const moved = await place.run(`apply plan.json ${RUN}`);
    expect(moved.exitCode).toBe(4);
    expect(moved.out).toMatch(/done +agency-nova gains jo/);
    expect(moved.out).toMatch(/not run +agency-nova: Viewer → Manager.*\n.*was "Member" and is "Viewer"/);
    expect(place.state("org.json").assignments.map(({ role }) => role)).not.toContain("Manager");
  });

  it("is 4 for a step that nobody approved", async () => {
    await place.run(`apply --yes ${RUN}`);
    await place.run(`plan --out plan.json ${RUN}`);
    stack({ resource: nova(["ana@nova.agency"]) });
    const unapproved = await place.run(`apply plan.json ${RUN}`);
    expect(unapproved.exitCode).toBe(4);
    expect(unapproved.out).toContain("nobody approved this step");
    expect(place.state("org.json").groups[0]?.members).toHaveLength(2);
  });

  it("is 6 when something remains that people do by hand", async () => {
    stack({ resource: { ...nova(["ana@nova.agency"]), amplitude_leaver: leaving } });
    const open = await place.run(`apply --yes ${RUN}`);
    expect(open.out).toMatch(
      /by hand +leo@nova\.agency's charts and dashboards to ana@nova\.agency\n.*Transfer content ownership/,
    );
    expect(open.exitCode).toBe(6);
    // The access is gone at once; the person waits for the content.
    expect(place.state("org.json").groups[0]?.members).toEqual(["ana@nova.agency"]);
    expect(place.state("org.json").people.map(({ email }) => email)).toContain("leo@nova.agency");
  });

  it("is 7 when the identity provider has its part to do", async () => {
    stack({
      resource: {
        ...nova(),
        amplitude_idp_group: expecting("priya@acme.com", "mia@acme.com", "tom@acme.com"),
      },
    });
    const waiting = await place.run(`apply --yes ${RUN}`);
    expect(waiting.out).toMatch(
      /waiting +amp-analysts gains tom@acme\.com\n.*add tom@acme\.com to amp-analysts/,
    );
    expect(waiting.exitCode).toBe(7);
  });

  it("is 7 rather than 6, and 4 rather than 7, when all of them hold", async () => {
    stack({
      resource: {
        ...nova(["ana@nova.agency"], "Manager"),
        amplitude_leaver: leaving,
        amplitude_idp_group: expecting("priya@acme.com", "mia@acme.com", "tom@acme.com"),
      },
    });
    await place.run(`plan --out plan.json ${RUN}`);
    await place.ui("org.json", "priya@acme.com", {
      type: "revoke",
      group: "agency-nova",
      project: "Client Production",
    });
    expect((await place.run(`apply plan.json ${RUN}`)).exitCode).toBe(4);
    const { exitCode, out } = await place.run(`apply --yes ${RUN}`);
    expect(out).toMatch(/by hand/);
    expect(exitCode).toBe(7);
  });

  it("is 1 when a step failed, whatever waits beside it", async () => {
    place.write("org.json", uninvitable);
    stack({
      provider: acmeProvider,
      resource: {
        ...nova([...both, "jo@nova.agency"]),
        amplitude_idp_group: expecting("priya@acme.com"),
      },
    });
    const failed = await place.run(`apply --yes ${RUN}`);
    expect(failed.out).toMatch(/waiting/);
    expect(failed.exitCode).toBe(1);
  });
});

it("the first of 1, 5, 4, 3, 7, 6, 2 is the exit code, whatever else holds", () => {
  const order = [1, 5, 4, 3, 7, 6, 2];
  expect(outcomes.map((outcome) => exitCodeOf([outcome]))).toEqual(order);
  for (const [index, code] of order.entries())
    expect(exitCodeOf([...outcomes.slice(index)].reverse())).toBe(code);
  expect(exitCodeOf([])).toBe(0);
});

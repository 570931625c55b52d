import { statSync } from "node:fs";
import { acmeProvider, acmeSeed, uninvitable, at, nova, stackFile, type StackParts } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json";

describe("commands", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"]) }));
  });
  afterEach(() => place.remove());
  const stack = (parts: StackParts): string => place.write("stack.json", stackFile(parts));

  it("plan --json is the plan and nothing else", async () => {
    const { out, err } = await place.run(`plan --json ${RUN}`);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      organization: { orgId: "36958", region: "us" },
      stacks: ["acme"],
      steps: [
        { text: "agency-nova gains jo@nova.agency (invited by it)", people: ["jo@nova.agency"] },
        { text: "agency-nova loses leo@nova.agency" },
        { place: "record" },
        { place: "record" },
        { place: "record" },
      ],
      forecast: { invitations: ["jo@nova.agency"] },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it.each([
    ["plan.txt", /^acme · org 36958/],
    ["plan.json", /^\{\n {2}"format": "amplitude-access\/plan-view"/],
    ["comment.md", /^### Amplitude access · `acme` · plan/],
    ["findings.sarif", /"version": "2\.1\.0"/],
  ])("plan --report %s is one more rendering of the same plan, for its owner only", async (file, begins) => {
    const { out } = await place.run(`plan --report ${file} ${RUN}`);
    expect(out).toMatch(/^acme · org 36958/);
    expect(place.read(file)).toMatch(begins);
    expect(statSync(place.path(file)).mode & 0o777).toBe(0o600);
  });

  it("plan --report with an ending that says nothing reads and writes nothing", async () => {
    const { exitCode, out, err } = await place.run(`plan --report plan.pdf ${RUN}`);
    expect([exitCode, out]).toEqual([1, ""]);
    expect(err).toMatch(/^error: Cannot tell the format of plan\.pdf .*\.md/s);
    expect(place.files()).toEqual(["org.json", "stack.json"]);
  });

  it("plan tells the command that runs what it showed, with its own options", async () => {
    const saved = (await place.run(`plan --out plan.json --format markdown ${RUN}`)).out;
    expect(saved).toContain("`amplitude-access apply plan.json --config stack.json --emulator org.json`");
    const line = /To run exactly this: (.*)/.exec((await place.run(`plan ${RUN}`)).out)?.[1];
    expect(line).toBe(
      "amplitude-access plan --out plan.json --config stack.json --emulator org.json && " +
        "amplitude-access apply plan.json --config stack.json --emulator org.json",
    );
  });

  it("equal organizations and stacks give equal plans, byte for byte", async () => {
    const [one, other] = [await place.run(`plan --json ${RUN}`), await place.run(`plan --json ${RUN}`)];
    expect(one.out).toBe(other.out);
  });

  it("plan writes nothing but what --out names", async () => {
    await place.run(`plan ${RUN}`);
    expect(place.files()).toEqual(["org.json", "stack.json"]);
    await place.run(`plan --out deep/plan.json ${RUN}`);
    expect(place.files()).toEqual(["deep/plan.json", "org.json", "stack.json"]);
    expect(place.state("org.json").audit).toEqual([]);
  });

  it("what holds names and e-mails is readable by its owner only", async () => {
    await place.run(`plan --out plan.json ${RUN}`);
    await place.run(`snapshot --out live.snapshot ${RUN}`);
    await place.run(`apply --yes ${RUN}`);
    for (const name of ["plan.json", "live.snapshot", "org.base.json"])
      expect([name, statSync(place.path(name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it("apply of a saved plan does what it says, and a second time nothing", async () => {
    await place.run(`plan --out plan.json ${RUN}`);
    expect((await place.run(`apply plan.json ${RUN}`)).exitCode).toBe(0);
    expect(place.state("org.json").groups[0]?.members).toEqual(["ana@nova.agency", "jo@nova.agency"]);
    const { length } = place.state("org.json").audit;
    expect(await place.run(`apply plan.json ${RUN}`)).toMatchObject({ exitCode: 0, err: "" });
    expect(place.state("org.json").audit).toHaveLength(length);
  });

  it("a line that is deleted is taken back by the next apply", async () => {
    await place.run(`apply --yes ${RUN}`);
    stack({ resource: { amplitude_group: nova(["ana@nova.agency", "jo@nova.agency"]).amplitude_group! } });
    const { exitCode, out } = await place.run(`apply --yes ${RUN}`);
    expect(out).toMatch(/done +agency-nova loses Member on Client Production/);
    expect(exitCode).toBe(0);
    expect(place.state("org.json").assignments.map(({ principal }) => principal)).not.toContain(632);
  });

  it("--emulator alone is the example organization, and leaves nothing behind", async () => {
    place.write(
      "people.json",
      stackFile({
        data: {},
        provider: { org_id: "4242", region: "eu" },
        resource: { amplitude_user: { ben: at("acme/ben/Resource", { email: "ben@acme.com" }) } },
      }),
    );
    const before = place.files();
    const { exitCode, out } = await place.run("apply --yes --config people.json --emulator");
    expect(out).toMatch(/org 4242 \(eu\)[^]*done +invite ben@acme\.com/);
    expect(exitCode).toBe(0);
    expect(place.files()).toEqual(before);
  });

  it("--stack shows and applies one stack, and still knows the others", async () => {
    place.write(
      "people.json",
      stackFile({
        name: "people",
        data: {},
        resource: { amplitude_user: { ben: at("people/ben/Resource", { email: "ben@acme.com" }) } },
      }),
    );
    const line = `--stack people --config people.json ${RUN}`;
    const { exitCode, out } = await place.run(`apply --yes ${line}`);
    expect(out).toMatch(/done +invite ben@acme\.com/);
    expect(out).not.toMatch(/done +agency-nova/);
    expect(exitCode).toBe(0);
    expect(place.state("org.json").groups[0]?.members).toContain("leo@nova.agency");
    const all = await place.run(`plan --detailed-exitcode --config people.json ${RUN}`);
    expect(all.out).toContain("agency-nova loses leo@nova.agency");
    expect(all.exitCode).toBe(2);
  });

  it("--retire of a stack that there never was is a mistake, not a wish", async () => {
    await place.run(`apply --yes ${RUN}`);
    const { exitCode, err } = await place.run(`plan --retire acne ${RUN}`);
    expect(err).toContain("acne");
    expect(exitCode).toBe(1);
  });

  it("an end that is moved together with the role is shown", async () => {
    const grant = (role: string, until: string): StackParts["resource"] => ({
      amplitude_project_role_assignment: {
        mia: at("acme/mia/Resource", {
          principal_type: "user",
          principal: "mia@acme.com",
          project_id: "${data.amplitude_project.reporting.id}",
          role,
          expires_at: until,
        }),
      },
    });
    stack({
      provider: { ...acmeProvider, owns_groups: [], owns_grants_on: [] },
      resource: grant("Viewer", "2026-12-31"),
    });
    const first = await place.run(`plan ${RUN}`);
    // A date is the end of that day.
    expect(first.out).toMatch(/2026-12-31|2027-01-01T00:00/);
    await place.run(`apply --yes ${RUN}`);
    stack({
      provider: { ...acmeProvider, owns_groups: [], owns_grants_on: [] },
      resource: grant("Member", "2031-12-31"),
    });
    expect((await place.run(`plan ${RUN}`)).out).toMatch(/2031-12-31|2032-01-01T00:00/);
  });

  it("a person whom nobody put there by code loses access without waiting for the identity provider's part elsewhere", async () => {
    await place.run(`apply --yes ${RUN}`);
    await place.ui("org.json", "priya@acme.com", {
      type: "add_member",
      group: "agency-nova",
      email: "mia@acme.com",
    });
    stack({
      resource: {
        ...nova(["ana@nova.agency", "jo@nova.agency"]),
        amplitude_idp_group: {
          analysts: at("acme/amp-analysts/Resource", {
            name: "amp-analysts",
            expected_members: ["priya@acme.com"],
          }),
        },
      },
    });
    // Nothing is to come instead: both are losses, in any order.
    const { exitCode, out } = await place.run(`apply --yes ${RUN}`);
    expect(out).toMatch(/waiting +amp-analysts loses mia@acme\.com/);
    expect(out).toMatch(/done +agency-nova loses mia@acme\.com/);
    expect(exitCode).toBe(7);
  });

  it("does not say that all is as planned when something is not", async () => {
    place.write("org.json", uninvitable);
    const { exitCode, out } = await place.run(`apply --yes ${RUN}`);
    expect(out).toContain("1 failed");
    expect(exitCode).toBe(1);
    expect(out).not.toContain("as planned");
  });

  it.each([
    ["plan --out", /--out.*argument missing/],
    ["snapshot", /--out.*not specified/],
    ["approve removals", /--by.*not specified/],
    ["drift --days 0", /1 to 90/],
    ["plan --detailed", /unknown option/],
    ["deploy", /unknown command/],
  ])("%s: what is wrong with the line, on stderr", async (line, wording) => {
    const { exitCode, out, err } = await place.run(line);
    expect(out).toBe("");
    expect(err).toMatch(wording);
    expect(exitCode).toBe(1);
  });
});

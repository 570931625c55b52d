import { acmeSeed, stackFile } from "./acme";
import { Workplace } from "./command-line";

const RUN = "--config stack.json --emulator org.json --base base.json";
const LEO = "leo@nova.agency";
const REMOVAL = `remove ${LEO} from the organization`;

describe("somebody whom no line names any more, and whom somebody made an administrator", () => {
  const place = new Workplace();
  afterAll(() => place.remove());
  const promotion = {
    timestamp: "2026-11-19T16:20:00Z",
    domain: "user",
    feature: "role",
    action: "update",
    target: LEO,
    actor: "mia@acme.com",
    properties: { from: "member", to: "admin" },
  };

  it("stays, and whoever reads the plan learns when that was, and how to go on", async () => {
    place.write("org.json", { ...acmeSeed, audit: [promotion] });
    const provider = {
      org_id: "36958",
      admins: ["tom@acme.com", "priya@acme.com"],
      owns_people_of: ["nova.agency"],
    };
    const resource = { amplitude_user: { ana: { email: "ana@nova.agency" } } };
    place.write("stack.json", stackFile({ provider, resource }));
    const { out } = await place.run(`plan --explain-order ${RUN}`);
    expect(out).toMatch(new RegExp(`write +${REMOVAL}.*refused`));
    expect(out).toContain(
      `1 would go who might be an administrator, says the audit log (${LEO}, 2026-11-19); limit 0`,
    );
    expect(out).toContain("1 audit log event");
    expect(out).toMatch(/declared +priya@acme\.com, tom@acme\.com: administers the organization/);
    expect((await place.run(`apply --yes ${RUN}`)).out).toMatch(new RegExp(`refused +${REMOVAL}`));
  });

  it("a snapshot has no log, and the plan of it says so", async () => {
    await place.run(`snapshot --out live.json ${RUN}`);
    const line = `plan --explain-order --config stack.json --base base.json --live live.json`;
    const { out, err } = await place.run(line, { env: { AMPLITUDE_BASE_URL: "http://127.0.0.1" } });
    expect(err + out).toMatch(
      /assumed +nobody else: administers the organization +the audit log was not read/,
    );
    expect(out).not.toMatch(/refused +administrators/);
  });

  it("goes once somebody has looked who administers, and the log is read from then on only", async () => {
    const { out } = await place.run(`plan --json ${RUN}`);
    const { steps } = JSON.parse(out) as { steps: { id: string; text: string }[] };
    const step = steps.find(({ text }) => text.startsWith("the administrators are"));
    await place.run(`confirm ${step?.id ?? ""} --by tom@acme.com ${RUN}`);
    const planned = await place.run(`plan --explain-order ${RUN}`);
    expect(planned.out).not.toMatch(/refused +administrators/);
    expect(planned.out).toContain("0 audit log events");
    expect(planned.out).toMatch(/confirmed +priya@acme\.com, tom@acme\.com: administers the organization/);
  });
});

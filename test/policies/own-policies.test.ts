import { join } from "node:path";
import { ask, type AskedPerson } from "../../src/policies";
import { Policy, playbook } from "../../src/policies/own";
import { checkedList } from "../../src/policies/own/checked-list";
import type { PlanView } from "../../src/report";
import { acmeSeed, credentials, nova, stackFile } from "../cli/acme";
import { Workplace } from "../cli/command-line";

const web = { id: "501", name: "Web", environment: "production" };
const jo = { email: "jo@nova.agency", kind: "person", collaborator: true, engagement: "nova" } as const;
const member = {
  project: web,
  role: "member",
  capabilities: [],
  ways: [{ via: "direct", role: "Member" }],
} as const;
const admin = {
  project: web,
  role: "admin",
  capabilities: ["export_data"],
  ways: [
    { via: "direct", role: "Member" },
    { via: "group", group: "leads", role: "Admin" },
  ],
} as const;
const raised: AskedPerson = { person: jo, before: [member], after: { person: jo, projects: [admin] } };
const because = "because";

describe("a policy of one's own", () => {
  it("is asked about every way to a project, after the plan and before it", () => {
    const policy = Policy.deny("p", { because, when: ({ after }) => after === "admin" });
    expect(ask(policy, [raised])).toMatchObject({
      before: 0,
      hits: [
        { path: "jo@nova.agency on Web: Member direct", wasSo: false },
        { path: "jo@nova.agency on Web: Admin via group leads", wasSo: false },
      ],
    });
  });

  it("tells what was so before", () => {
    const policy = Policy.warn("p", { because, when: ({ via }) => via === "direct" });
    expect(ask(policy, [raised])).toMatchObject({ before: 1, hits: [{ wasSo: true }] });
  });

  it("sees a change as a change: it was not so before", () => {
    const policy = Policy.deny("p", {
      because,
      when: ({ before, after }) => before === "member" && after === "admin",
    });
    expect(ask(policy, [raised]).hits.map(({ wasSo }) => wasSo)).toEqual([false, false]);
    expect(ask(policy, [{ person: jo, before: [admin] }]).hits).toEqual([]);
  });

  it("sees what somebody loses", () => {
    const policy = Policy.warn("p", { because, when: ({ after }) => after === undefined });
    const leaves = { person: jo, before: [member], after: { person: jo, projects: [] } };
    expect(ask(policy, [leaves]).hits).toMatchObject([{ path: "jo@nova.agency on Web: no access any more" }]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("no such field");
      },
      "it threw about jo@nova.agency on Web: no such field",
    ],
    [
      "answers a promise",
      () => Promise.resolve(false),
      "it answered a promise about jo@nova.agency on Web, and must answer true or false",
    ],
    [
      "answers nothing",
      () => undefined,
      "it answered undefined about jo@nova.agency on Web, and must answer true or false",
    ],
  ])("that %s says so", (_name, when, thrown) => {
    expect(ask(Policy.warn("p", { because, when: when as () => boolean }), [raised])).toMatchObject({
      thrown,
    });
  });
});

const own = Policy.deny("one", { because, when: () => true });
it.each<[string, unknown, readonly string[]]>([
  ["a list of policies", [...playbook(), own], []],
  ["no list", {}, ["its default export is no list of policies"]],
  [
    "what is no policy",
    [1, {}],
    [1, 2].map((n) => `entry ${n} is no policy: make it with Policy.deny, Policy.warn or playbook()`),
  ],
  ["two of one name", [own, own], ["two policies are called one"]],
  ["no reason", [{ ...own, because: " " }], ["one does not say `because`"]],
  ["no function", [{ ...own, when: true }], ["one has no function `when`"]],
  ["another level", [{ ...own, level: "off" }], ["one has the level off: deny or warn"]],
])("a policies file may export %s, or is told what is wrong", (_name, list, problems) => {
  expect(checkedList(list).problems).toEqual(problems);
});

describe("policies.ts", () => {
  let place: Workplace;
  const RUN = "--config stack.json --emulator org.json";
  /** As in a project that has the package installed. */
  const from = JSON.stringify(join(__dirname, "..", "..", "src", "policies", "own", "index.ts"));
  const write = (list: string, more = ""): string =>
    place.write(
      "policies.ts",
      `import { Policy, playbook, type Subject } from ${from};\n${more}\nexport default ${list};\n`,
    );
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
    place.write("stack.json", stackFile({ resource: nova(["ana@nova.agency", "jo@nova.agency"], "Admin") }));
  });
  afterEach(() => place.remove());
  const because = 'because: "SOC 2 CC6.3: agencies change nothing in production"';

  it("refuses what a policy denies, and leaves the rest to be reviewed", async () => {
    write(
      `[...playbook({ dormant: "off" }), Policy.deny("agencies-never-admin", { ${because}, when: isAdmin }), Policy.warn("leaks", { ${because}, when })]`,
      `const isAdmin = ({ person, after }: Subject): boolean => person.email.endsWith("@nova.agency") && after === "admin";
       const when = (): boolean => Object.values(process.env).some((value) => /${credentials.scimKey}|${credentials.orgSecretKey}/.test(value ?? ""));
       console.log("a file may print");`,
    );
    const { exitCode, out } = await place.run(`plan --json ${RUN}`);
    expect(exitCode).toBe(3);
    const { policies } = JSON.parse(out) as PlanView;
    const { findings, outcomes } = policies;
    expect(
      findings.filter(({ rule }) => rule === "agencies-never-admin").map(({ path, isNew }) => [path, isNew]),
    ).toEqual([
      ["ana@nova.agency on Client Production: Admin via group agency-nova", true],
      ["jo@nova.agency on Client Production: Admin via group agency-nova", true],
    ]);
    expect(outcomes.map(({ rule }) => rule)).toContain("too-many-owners");
    expect(outcomes.map(({ rule }) => rule)).not.toContain("dormant");
    expect(outcomes.find(({ rule }) => rule === "leaks")).toMatchObject({ after: 0, judged: "whole" });
    expect((await place.run(`apply --yes ${RUN}`)).exitCode).toBe(3);
  });

  it("denies where a policy throws", async () => {
    write(`[Policy.warn("broken", { ${because}, when: () => { throw new Error("no such field"); } })]`);
    const { exitCode, out } = await place.run(`plan ${RUN}`);
    expect(out).toContain("no such field");
    expect(exitCode).toBe(3);
  });

  it("that does not load is an error, with what it said", async () => {
    write('playbook({ "no-rule": "off" } as never)');
    const { exitCode, err } = await place.run(`plan ${RUN}`);
    expect(err).toMatch(/Cannot use the policies in .*policies\.ts.*ended with 1 and said:/);
    expect(err).toContain('there is no rule "no-rule"');
    expect(exitCode).toBe(1);
  });

  it("must be there where it is named", async () => {
    const { exitCode, err } = await place.run(`plan --policies no.ts ${RUN}`);
    expect(err).toMatch(/Cannot use the policies in .*no\.ts\. There is no such file/);
    expect(exitCode).toBe(1);
  });
});

import { declare, file, GOOD, inFolder, problems } from "./agency-files";

const MORE = [
  "  amp-nova:", // 12
  "    from: okta",
  "    may: { reporting: { role: viewer, until: 2027-01-15, because: SOW-2231 section 3 } }",
  "    modules: { production: [govern_consumer] }", // 15
  "service_accounts:",
  "  sync@acme.com:",
  "    purpose: cohorts to Braze",
  "    may: { reporting: member }",
  "people:", // 20
  "  kim@nova.agency:",
  "    given_name: Kim",
  "    until: 2027-02-28",
  "    may: { production: viewer }",
  "    modules: { production: { experiment_analyst: 2027-01-15 } }", // 25
  "keys:",
  "  nova-sync:",
  "    kind: secret",
  "    project: reporting",
  "    used_by: [sync@acme.com]", // 30
  "    generation: 2",
  "    known_to: [kim@nova.agency]",
  "    rotate_every: 180 days",
  "    store: nova-vault",
  "  nova-admin: { kind: organization, until: 2027-01-15 }", // 35
];
const whole = (changes: Readonly<Record<number, string>> = {}): string =>
  file({}, ...MORE.map((line, index) => changes[index + 12] ?? line));

describe("an agency's file says what an engagement can", () => {
  const blocks = (type: string): Readonly<Record<string, unknown>>[] => {
    const { file: read } = inFolder({ "nova.yaml": whole() }, (folder) => declare(folder));
    return Object.values(read.resource?.[type] ?? {});
  };

  it("grants and modules with ends of their own, and reasons", () => {
    expect(blocks("amplitude_project_role_assignment")).toContainEqual(
      expect.objectContaining({ role: "Viewer", expires_at: "2027-01-16T00:00:00Z", engagement: "nova" }),
    );
    expect(
      blocks("amplitude_module_grant").map(
        ({ module, expires_at: end }) => `${String(module)} ${String(end)}`,
      ),
    ).toEqual(
      expect.arrayContaining([
        "govern_consumer 2027-04-01T00:00:00Z",
        "experiment_analyst 2027-01-16T00:00:00Z",
      ]),
    );
    const { file: read } = inFolder({ "nova.yaml": whole() }, (folder) => declare(folder));
    expect(Object.values(read.locals.amplitude_access["reasons"] as object)).toEqual(["SOW-2231 section 3"]);
  });

  it("people with names and an end, and service accounts", () => {
    expect(blocks("amplitude_user")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          email: "kim@nova.agency",
          given_name: "Kim",
          expires_at: "2027-03-01T00:00:00Z",
        }),
        expect.objectContaining({ email: "sync@acme.com", expires_at: "2027-04-01T00:00:00Z" }),
      ]),
    );
  });

  it("keys, which end with it", () => {
    expect(blocks("amplitude_api_key")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          key_type: "secret",
          label: "nova-sync",
          generation: 2,
          owners: ["sync@acme.com"],
          known_to: ["kim@nova.agency"],
          rotate_every: "180 days",
          store: "nova-vault",
          expires_at: "2027-04-01T00:00:00Z",
        }),
        expect.objectContaining({ key_type: "organization", expires_at: "2027-01-16T00:00:00Z" }),
      ]),
    );
  });
});

describe("what is wrong in it is named with line and column", () => {
  it.each<[Readonly<Record<number, string>>, RegExp]>([
    [
      { 15: "    modules: { production: [govern_boss] }" },
      /^nova\.yaml:15:29: .*"govern_boss" is not one of govern_data_manager/,
    ],
    [
      { 15: "    modules: { live: [govern_consumer] }" },
      /^nova\.yaml:15:16: the stack gives no project "live"/,
    ],
    [
      { 25: "    modules: { production: { experiment_analyst: soon } }" },
      /^nova\.yaml:25:50: experiment_analyst is wrong: "soon" is not a date/,
    ],
    [
      { 25: "    modules: { production: { analyst: 2027-01-15 } }" },
      /^nova\.yaml:25:30: "analyst" is not one of/,
    ],
    [
      { 14: "    may: { reporting: { until: 2027-01-15 } }" },
      /^nova\.yaml:14:12: reporting has no role: add it/,
    ],
    [
      { 14: "    may: { reporting: { role: viewer, since: 2027-01-15 } }" },
      /^nova\.yaml:14:39: there is no field "since" here/,
    ],
    [
      { 14: "    may: { reporting: { role: viewer, until: 2027-01-15T10:00 } }" },
      /^nova\.yaml:14:46: until is wrong: .*offset/,
    ],
    [
      { 14: "    may: { reporting: { role: viewer, until: 2028-01-15 } }" },
      /^nova\.yaml:14:12: .*after its engagement "nova"/,
    ],
    [{ 18: "    note: cohorts" }, /^nova\.yaml:(17|18):.*(no purpose|no field)/],
    [
      { 28: "    kind: private" },
      /^nova\.yaml:28:11: kind is wrong: "private" is not one of project, organization, govern, secret/,
    ],
    [{ 28: "    kind: organization" }, /^nova\.yaml:27:3: .*a key of the organization has no project/],
    [{ 29: "    project: live" }, /^nova\.yaml:29:5: the stack gives no project "live"/],
    [{ 31: "    generation: 0" }, /^nova\.yaml:31:17: generation is wrong: "0" is not a whole number from 1/],
    [{ 33: "    rotate_every: monthly" }, /^nova\.yaml:33:19: rotate_every is wrong/],
    [{ 21: "  kim@other.example:" }, /^nova\.yaml:21:3: .*kim@other\.example is of none of the domains/],
  ])("%j", (changes, message) => {
    expect(problems(whole(changes))[0]).toMatch(message);
  });

  it("and nothing is where nothing is", () => {
    expect(problems(whole())).toEqual([]);
    expect(problems(GOOD)).toEqual([]);
  });
});

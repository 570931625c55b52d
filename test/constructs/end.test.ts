import { Group, Project, Role, type AccessStack } from "amplitude-access";
import { only, synthesize, the } from "./synthesis";

const endIn = (timeZone: string, until: string): unknown =>
  only(
    synthesize((stack) => stack.person("jo@nova.agency", { until }), { timeZone }),
    "amplitude_user",
  )["expires_at"];

describe("a date ends with its day in the stack's time zone", () => {
  it.each([
    ["UTC", "2027-03-31", "2027-04-01T00:00:00Z"],
    ["Europe/Berlin", "2027-01-15", "2027-01-16T00:00:00+01:00"],
    ["Europe/Berlin", "2027-03-31", "2027-04-01T00:00:00+02:00"],
    ["America/Los_Angeles", "2026-12-31", "2027-01-01T00:00:00-08:00"],
    ["Asia/Kathmandu", "2027-03-31", "2027-04-01T00:00:00+05:45"],
    ["Europe/Berlin", "2028-02-29", "2028-03-01T00:00:00+01:00"],
  ])("%s %s", (timeZone, until, end) => expect(endIn(timeZone, until)).toBe(end));

  it.each([
    ["the day before clocks go forward", "2027-03-27", "2027-03-28T00:00:00+01:00"],
    ["the day when they do, of 23 hours", "2027-03-28", "2027-03-29T00:00:00+02:00"],
    ["the day before clocks go back", "2027-10-30", "2027-10-31T00:00:00+02:00"],
    ["the day when they do, of 25 hours", "2027-10-31", "2027-11-01T00:00:00+01:00"],
  ])("in Berlin on %s", (_day, until, end) => expect(endIn("Europe/Berlin", until)).toBe(end));

  it("where the next day has no midnight", () => {
    // Cairo's clocks go forward at midnight, 30 April 2027.
    expect(endIn("Africa/Cairo", "2027-04-29")).toBe("2027-04-30T01:00:00+03:00");
  });

  it("UTC where the stack has no time zone", () => {
    const result = synthesize((stack) => stack.person("jo@nova.agency", { until: "2027-03-31" }));
    expect(only(result, "amplitude_user")["expires_at"]).toBe("2027-04-01T00:00:00Z");
    expect(result.file.locals.amplitude_access["time_zone"]).toBe("UTC");
  });
});

describe("a time", () => {
  it.each(["2027-03-31T18:00:00+02:00", "2027-03-31T18:00Z"])("keeps its own offset: %s", (until) => {
    expect(endIn("America/Los_Angeles", until)).toBe(until);
  });

  it.each(["2027-03-31T18:00:00", "31.03.2027", "2027-02-30", "2027-3-31", "tomorrow", ""])(
    "is refused: %s",
    (until) => {
      expect(() => endIn("UTC", until)).toThrow(
        /its until is wrong: .* is not a date \(2027-03-31\) or a time with an offset/,
      );
    },
  );
});

describe("nothing outlives who has it", () => {
  const person = (stack: AccessStack): void => void stack.person("jo@nova.agency", { until: "2027-03-31" });
  const END = "2027-04-01T00:00:00Z";

  it("a grant without an end takes its person's", () => {
    const result = synthesize((stack) =>
      stack.person("jo@nova.agency", { until: "2027-03-31" }).may(Project.named(stack, "Web")),
    );
    expect(only(result, "amplitude_project_role_assignment")["expires_at"]).toBe(END);
  });

  it("a grant may end earlier, not later", () => {
    const until = (day: string) => (stack: AccessStack) =>
      stack
        .person("jo@nova.agency", { until: "2027-03-31" })
        .may(Role.Viewer, Project.named(stack, "Web"), { until: day });
    expect(only(synthesize(until("2027-01-15")), "amplitude_project_role_assignment")["expires_at"]).toBe(
      "2027-01-16T00:00:00Z",
    );
    expect(() => synthesize(until("2027-04-01"))).toThrow(
      /the grant .* at acme\/person:jo@nova.agency\/grant:Web: it ends .*, after its principal/,
    );
  });

  it.each<[string, (stack: AccessStack) => unknown]>([
    [
      "after",
      (stack) => [
        person(stack),
        new Group(stack, "nova", { members: ["Jo@nova.agency", "sam@nova.agency"] }),
      ],
    ],
    [
      "before",
      (stack) => [
        new Group(stack, "nova", { members: ["Jo@nova.agency", "sam@nova.agency"] }),
        person(stack),
      ],
    ],
  ])(
    "a member of a group takes the person's end, also where the group is declared %s the person",
    (_when, declare) => {
      expect(only(synthesize(declare), "amplitude_group")["member_expires_at"]).toEqual({
        "Jo@nova.agency": END,
      });
    },
  );

  it.each<[string, (stack: AccessStack) => unknown]>([
    ["after", (stack) => [person(stack), new Group(stack, "nova").member("Jo@nova.agency")]],
    ["before", (stack) => [new Group(stack, "nova").member("Jo@nova.agency"), person(stack)]],
  ])("a single membership takes it as well, declared %s the person", (_when, declare) => {
    expect(only(synthesize(declare), "amplitude_group_membership")["expires_at"]).toBe(END);
  });

  it("a membership may end earlier, not later", () => {
    const group = (until: string) => (stack: AccessStack) => [
      new Group(stack, "nova", { members: ["jo@nova.agency"], memberUntil: { "JO@nova.agency": until } }),
      person(stack),
    ];
    expect(only(synthesize(group("2027-01-15")), "amplitude_group")["member_expires_at"]).toEqual({
      "jo@nova.agency": "2027-01-16T00:00:00Z",
    });
    expect(() => synthesize(group("2027-05-01"))).toThrow(
      /the membership of jo@nova.agency ends .*, after the person/,
    );
    expect(() =>
      synthesize((stack) => [
        person(stack),
        new Group(stack, "nova").member("jo@nova.agency", { until: "2027-05-01" }),
      ]),
    ).toThrow(/after the person/);
  });

  it("a group's grant has its own end", () => {
    const result = synthesize((stack) => {
      const web = Project.named(stack, "Web");
      new Group(stack, "nova", { members: [] })
        .may(Role.Member, web, { until: "2027-01-15" })
        .may(Role.Viewer, Project.named(stack, "App"));
    });
    expect(the(result, "amplitude_project_role_assignment", "role", "Member")["expires_at"]).toBe(
      "2027-01-16T00:00:00Z",
    );
    expect(the(result, "amplitude_project_role_assignment", "role", "Viewer")["expires_at"]).toBeUndefined();
  });
});

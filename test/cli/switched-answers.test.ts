import { z } from "zod";
import { switchesSchema } from "../../src/emulator/switches";
import { applyAsked } from "./asked-world";

/** Values of a switch beside its default, where they are few. */
function others(schema: z.ZodType): unknown[] {
  const inner = schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
  const standard: unknown = schema.parse(undefined);
  const all: unknown[] =
    inner instanceof z.ZodEnum
      ? [...inner.options]
      : inner instanceof z.ZodUnion
        ? inner.options.flatMap((option) => (option instanceof z.ZodLiteral ? [...option.values] : []))
        : inner instanceof z.ZodBoolean
          ? [true, false]
          : [];
  return all.filter((value) => value !== standard);
}

const asked = /^(?:scim|user-management|developer|removing|deleting|rate-limit)-/;
const cases = Object.entries(switchesSchema.shape).flatMap(([name, schema]) =>
  asked.test(name) ? others(schema).map((value) => [`${name}: ${String(value)}`, name, value] as const) : [],
);

/** What is not done in full, or not as declared: the line that says so, what is done all the same, and the exit code. */
const exceptions: Readonly<Record<string, readonly [says: RegExp, done: string, exitCode: number]>> = {
  "user-management-enrolled: false": [/Not checked: .*not enrolled/, "IJL", 6],
  "user-management-group-ids: different": [/no id is in both lists, so that roles of groups/, "IJLGD", 3],
  "user-management-built-in-roles-listed: false": [/lacks 4 of its own 4: Viewer, Member/, "IL", 3],
};

it("there are as many as the emulator has", () => {
  expect(cases.length).toBeGreaterThan(50);
});

it.each(cases)("an Amplitude with %s is applied to all the same", async (row, name, value) => {
  const run = await applyAsked({ [name]: value }, () => undefined);
  const [says, done, exitCode] = exceptions[row] ?? [/complete: 5 people/, "IJLGD", 0];
  expect([run.done, run.exitCode]).toEqual([done, exitCode]);
  expect(run.all).toMatch(says);
});

const USERS = "/scim/1/Users";
const GROUPS = "/scim/1/Groups";
const ASSIGNMENTS = "/user-management/1/project-role-assignments";
const again = (fault: object, path: string, times: number, method = "GET") => ({
  match: { method, path },
  times,
  fault,
});
const lost = { type: "reset", when: "after" };
const failing = { type: "status", status: 503 };

/** A fault, the line that people see, what is done all the same, and the exit code. */
const faults: readonly (readonly [
  what: string,
  order: object,
  says: RegExp,
  done: string,
  exitCode: number,
])[] = [
  [
    "a page of people that came short, once",
    again({ type: "short-page" }, USERS, 1),
    /complete: 5 people/,
    "IJLGD",
    0,
  ],
  [
    "pages of people that come short",
    again({ type: "short-page" }, USERS, 4),
    /people \(scim\) was not whole/,
    "",
    5,
  ],
  [
    "a page of groups that came short, once",
    again({ type: "short-page" }, GROUPS, 1),
    /complete/,
    "IJLGD",
    0,
  ],
  [
    "pages of groups that come short",
    again({ type: "short-page" }, GROUPS, 4),
    /groups \(scim\) was not whole/,
    "",
    5,
  ],
  [
    "a page of assignments that came short",
    again({ type: "short-page" }, ASSIGNMENTS, 1),
    /no role .*and it met Member|met Member/,
    "IJLG",
    4,
  ],
  [
    "a page of roles that came short",
    again({ type: "short-page" }, "/user-management/1/roles", 1),
    /./,
    "IJLGD",
    0,
  ],
  [
    "a page of listed groups that came short",
    again({ type: "short-page" }, "/user-management/1/groups", 1),
    /the role API does not list group 634 \(marketing\)/,
    "IJLGD",
    0,
  ],
  [
    "a second list that came short",
    again({ type: "short-page" }, "/user-management/1/groups/632/members", 1),
    /the role API, asked for this group, does not/,
    "IJGD",
    3,
  ],
  ["people that are answered after two failures", again(failing, USERS, 2), /complete/, "IJLGD", 0],
  ["people that are never answered", again(failing, USERS, 9), /answered 503/, "", 1],
  [
    "a connection that breaks while groups are read",
    again({ type: "reset" }, GROUPS, 1),
    /complete/,
    "IJLGD",
    0,
  ],
  ["an invitation whose answer is lost", again(lost, USERS, 1, "POST"), /./, "IJLGD", 0],
  ["a change of members whose answer is lost", again(lost, `${GROUPS}/632`, 1, "PATCH"), /./, "IJLGD", 0],
  ["a role whose answer is lost", again(lost, ASSIGNMENTS, 1, "POST"), /./, "IJLGD", 0],
  [
    "a change of members that is refused",
    again({ type: "status", status: 403 }, `${GROUPS}/632`, 9, "PATCH"),
    /answered 403/,
    "IGD",
    1,
  ],
  [
    "a limit that is reached once",
    again({ type: "status", status: 429, retryAfter: 5 }, USERS, 1),
    /complete/,
    "IJLGD",
    0,
  ],
];

it.each(faults)("with %s", async (_, order, says, done, exitCode) => {
  const run = await applyAsked({}, async ({ url }) => {
    const headers = { "content-type": "application/json" };
    await fetch(`${url}/_emulator/faults`, { method: "POST", headers, body: JSON.stringify(order) });
  });
  expect([run.done, run.exitCode]).toEqual([done, exitCode]);
  expect(run.all).toMatch(says);
});

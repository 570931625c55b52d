import { anything, at, byId, refusing, renamed, rows, without, type AnswerCase, type Row } from "./answers";

const ROLE_API = "/user-management/1";
const ASSIGNMENTS = `${ROLE_API}/project-role-assignments`;
const ROLES = `${ROLE_API}/roles`;
const LISTED_GROUPS = `${ROLE_API}/groups`;
const PROJECTS = "/v1/projects";
const unlisted = "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01";

const problem = (status: number, code: string) => ({
  type: "about:blank",
  title: "No",
  status,
  error_code: code,
  retryable: false,
});

/** What the role API may answer for its lists. */
export const roles: readonly AnswerCase[] = [
  [
    "principals by ids",
    rows(ASSIGNMENTS, (row) =>
      row["principalType"] === "user" ? { ...row, principalId: byId(row["principalId"]) } : row,
    ),
    /The role API names 1 person by something that is no e-mail address: id-miaacmecom on project 288503\. SCIM lists 5 people\. Blocks 2 steps/,
    "IJL",
    3,
  ],
  [
    "a principal who is nobody",
    rows(ASSIGNMENTS, (row) =>
      row["principalType"] === "user" ? { ...row, principalId: "old@acme.com" } : row,
    ),
    /lacks 1 address that other lists name: old@acme\.com on project 288503/,
    "IJLG",
    1,
  ],
  [
    "a group's id as a number",
    rows(ASSIGNMENTS, (row) =>
      row["principalType"] === "group" ? { ...row, principalId: Number(row["principalId"]) } : row,
    ),
    anything,
    "IJLGD",
    0,
  ],
  [
    "a project's id as text",
    rows(ASSIGNMENTS, (row) => ({ ...row, projectId: String(row["projectId"]) })),
    anything,
    "IJLGD",
    0,
  ],
  [
    "fields of no use",
    rows(ASSIGNMENTS, (row) => ({ ...row, createdAt: null, extra: [1] })),
    anything,
    "IJLGD",
    0,
  ],
  [
    "a group of no list",
    rows(ASSIGNMENTS, (row, index) => (index === 2 ? { ...row, principalId: "999" } : row)),
    /1 group with a role is in no list of groups: group 999 on project 288503/,
    "IJLGD",
    0,
  ],
  [
    "a role of no list",
    rows(ASSIGNMENTS, (row) => (row["principalId"] === "mia@acme.com" ? { ...row, roleId: unlisted } : row)),
    /1 role assignment has a role that Amplitude's list of roles lacks: 7f0c5f4e\S+ of mia@acme\.com on project 288503\. Blocks 1 step/,
    "IJLG",
    3,
  ],
  [
    "two roles of one person on one project",
    at(ASSIGNMENTS, (body) => ({
      ...body,
      data: [...(body["data"] as Row[]), { ...(body["data"] as Row[]).at(-1), id: "another" }],
    })),
    /1 person or group has more than one role assignment .*: mia@acme\.com on project 288503\. Blocks 1 step/,
    "IJLG",
    3,
  ],
  [
    "one row twice",
    at(ASSIGNMENTS, (body) => ({ ...body, data: [...(body["data"] as Row[]), (body["data"] as Row[])[0]] })),
    /role assignments .*came twice/,
    "",
    5,
  ],
  [
    "more, and not where",
    at(ASSIGNMENTS, (body) => ({ ...body, pagination: { nextCursor: null, hasMore: true } })),
    /a page said that there is more, and not where/,
    "",
    5,
  ],
  [
    "a list of roles without the built-in ones",
    rows(ROLES, () => undefined),
    /Amplitude's list of roles lacks 4 of its own 4: Viewer, Member, Manager, Admin.*Blocks 3 steps/,
    "IL",
    3,
  ],
  [
    "roles in capitals",
    rows(ROLES, (row) => ({ ...row, name: String(row["name"]).toUpperCase() })),
    anything,
    "IJLGD",
    0,
  ],
  ["roles without tags", rows(ROLES, (row) => ({ ...row, tags: null })), anything, "IJLGD", 0],
  [
    "one group less",
    rows(LISTED_GROUPS, (row) => (row["name"] === "marketing" ? undefined : row)),
    /the role API does not list group 634 \(marketing\), which SCIM lists/,
    "IJLGD",
    0,
  ],
  [
    "no group at all",
    rows(LISTED_GROUPS, () => undefined),
    /the role API does not list 3 groups, among them 632 \(agency-nova\)/,
    "IGD",
    3,
  ],
  [
    "groups by other ids",
    rows(LISTED_GROUPS, (row) => ({ ...row, groupId: Number(row["groupId"]) + 1000 })),
    /SCIM lists 3 groups and the role API 3, and no id is in both lists/,
    "IJLGD",
    0,
  ],
  [
    "groups without names",
    rows(LISTED_GROUPS, (row) => ({ groupId: row["groupId"] })),
    /complete/,
    "IJLGD",
    0,
  ],
  [
    "not enrolled",
    refusing(ROLE_API, 403, problem(403, "org_not_enrolled")),
    /Not checked: .*not enrolled/,
    "IJL",
    6,
  ],
];

/** What the role API may answer when it is asked for one group or project alone. */
export const secondLists: readonly AnswerCase[] = [
  [
    "members refused",
    refusing(`${LISTED_GROUPS}/632/members`, 403, problem(403, "insufficient_permissions")),
    /no second list of group agency-nova: .*insufficient_permissions/,
    "IJLGD",
    0,
  ],
  [
    "members as a page of HTML",
    (path) => (path.endsWith("/632/members") ? "<html>" : undefined),
    /no second list of group agency-nova: .*no JSON/,
    "IJLGD",
    0,
  ],
  [
    "one member less",
    rows(`${LISTED_GROUPS}/632/members`, (member) =>
      (member as unknown) === "leo@nova.agency" ? undefined : member,
    ),
    /SCIM lists leo@nova\.agency in agency-nova, and the role API, asked for this group, does not/,
    "IJGD",
    3,
  ],
  [
    "members in capitals",
    rows(
      `${LISTED_GROUPS}/632/members`,
      (member) => JSON.parse(JSON.stringify(member).toUpperCase()) as unknown,
    ),
    anything,
    "IJLGD",
    0,
  ],
  [
    "access lacks a role",
    rows(`${ROLE_API}/projects/288503/access`, (row) =>
      row["principalType"] === "user" && row["accessVia"] === "Direct" ? undefined : row,
    ),
    /has Member of mia@acme\.com on Client Reporting, and the role API, asked for this project's access, does not/,
    "IJLG",
    3,
  ],
  [
    "access by ids",
    rows(`${ROLE_API}/projects/288503/access`, (row) =>
      row["principalType"] === "user" ? { ...row, principalId: byId(row["principalId"]) } : row,
    ),
    anything,
    "IJLGD",
    0,
  ],
  [
    "access 500",
    refusing(`${ROLE_API}/projects`, 500),
    /no second list of project Client Reporting: .*500/,
    "IJLGD",
    0,
  ],
];

/** Rows of one assignment that this program does not understand; what the role API answers to everything. */
export const roleFamily: readonly AnswerCase[] = [
  [
    "a third type of principal",
    rows(ASSIGNMENTS, (row, index) =>
      index === 1 ? { ...row, principalType: "service_account", principalId: "svc-1" } : row,
    ),
    /svc-1|service_account/,
    "IJLGD",
    0,
  ],
  [
    "a type in capitals",
    rows(ASSIGNMENTS, (row) => ({ ...row, principalType: String(row["principalType"]).toUpperCase() })),
    anything,
    "IJLGD",
    0,
  ],
  [
    "no project",
    rows(ASSIGNMENTS, (row, index) => (index === 1 ? { ...row, projectId: null } : row)),
    /projectId/,
    "IJLGD",
    0,
  ],
  [
    "no role",
    rows(ASSIGNMENTS, (row, index) => (index === 1 ? { ...row, roleId: null } : row)),
    /roleId/,
    "IJLGD",
    0,
  ],
  ["no id", rows(ASSIGNMENTS, (row, index) => (index === 1 ? without(row, "id") : row)), /id/, "IJLGD", 0],
  [
    "a key in another case",
    rows(ASSIGNMENTS, (row) => renamed(row, "roleId", "roleid")),
    /4 rows that are not understood|roleId/,
    "IJL",
    6,
  ],
  ["another envelope", at(ASSIGNMENTS, (body) => ({ items: body["data"] })), /Not checked/, "IJL", 6],
  ["no rows", at(ASSIGNMENTS, (body) => ({ ...body, data: null })), /Not checked/, "IJL", 6],
  ["no pagination", at(ASSIGNMENTS, (body) => without(body, "pagination")), /Not checked/, "IJL", 6],
  ["roles without ids", rows(ROLES, (row) => without(row, "uuid")), anything, "IJL", 6],
  [
    "groups 404",
    (path) =>
      path === LISTED_GROUPS ? Response.json(problem(404, "not_found"), { status: 404 }) : undefined,
    /Not checked: .*lists held against each other: GET \/user-management\/1\/groups: .*404/,
    "IJLGD",
    0,
  ],
  ["401", refusing(ROLE_API, 401, problem(401, "authentication_required")), /Not checked: .*401/, "IJL", 6],
  [
    "403 insufficient_permissions",
    refusing(ROLE_API, 403, problem(403, "insufficient_permissions")),
    /Not checked: .*insufficient_permissions/,
    "IJL",
    6,
  ],
  ["404", refusing(ROLE_API, 404), /Not checked: .*404/, "IJL", 6],
  [
    "429",
    refusing(ROLE_API, 429, { ...problem(429, "rate_limited"), retry_after_seconds: 7 }),
    /answered 429: .*asks to wait 7 seconds/,
    "",
    1,
  ],
  ["500", refusing(ROLE_API, 500), /answered 500/, "", 1],
  ["a page of HTML", (path) => (path.startsWith(ROLE_API) ? "<html>" : undefined), /no JSON/, "IJL", 6],
];

/** What the Developer API may answer. */
export const projects: readonly AnswerCase[] = [
  ["ids as numbers", rows(PROJECTS, (row) => ({ ...row, id: Number(row["id"]) })), anything, "IJLGD", 0],
  ["fields of no use", rows(PROJECTS, (row) => ({ ...row, object: null, extra: 1 })), anything, "IJLGD", 0],
  [
    "a token of another organization",
    at("/v1/context", () => ({ data: { org: { id: "1" } } })),
    /its token belongs to the organization 1, and the stack to 36958/,
    "",
    1,
  ],
  ["401", refusing(PROJECTS, 401), /401/, "IJLGD", 0],
  ["403", refusing(PROJECTS, 403), /403/, "IJLGD", 0],
  ["404", refusing(PROJECTS, 404), /404/, "IJLGD", 0],
  ["500", refusing(PROJECTS, 500), /answered 500/, "", 1],
  ["a context that is not served", refusing("/v1/context", 404), anything, "IJLGD", 0],
  ["a page of HTML", at(PROJECTS, () => "<html>"), /no JSON/, "IJLGD", 0],
  ["no project of the stack", rows(PROJECTS, () => undefined), anything, "IJLGD", 0],
  ["a name that is null", rows(PROJECTS, (row) => ({ ...row, name: null })), anything, "IJLGD", 0],
];

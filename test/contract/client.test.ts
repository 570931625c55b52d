/* eslint max-lines: ["error", { "max": 320, "skipBlankLines": true, "skipComments": true }] -- one table: every documented pair and the call that makes it */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { connected, failureOf, everyFamily, type OtherSide } from "../api/connected";
import { propertyUnused, propertyUses } from "../api/property-pairs";
import { managementUnused, managementUses } from "../api/management-pairs";
import type { Use } from "../api/pair-use";

/** One request and its answer: written from Amplitude's documentation, or for `management` from the playbook and by us. */
interface Pair {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Record<string, string>;
    readonly headers?: Record<string, string>;
    readonly body?: Record<string, unknown>;
    readonly form?: Record<string, string>;
  };
  readonly response: { readonly status: number; readonly body?: Record<string, unknown> };
}

const families = ["scim", "user-management", "audit-log", "developer", "taxonomy", "management"] as const;
const pairs: ReadonlyMap<string, Pair> = new Map(
  families.flatMap((family) => {
    const text = readFileSync(join(__dirname, "pairs", `${family}.json`), "utf8");
    return (JSON.parse(text) as Pair[]).map((pair) => [`${family}: ${pair.name}`, pair] as const);
  }),
);

const reporting = "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01";
const first = {
  id: "aaaaaaaaaaaaaaaaaaaaaa",
  principalType: "user",
  principal: "bo@acme.com",
  projectId: "288501",
  roleId: reporting,
};
const november = ["2026-11-01T00:00:00.000Z", "2026-11-23T00:00:00.000Z"] as const;
const firstPage = { startIndex: "1", itemsPerPage: "100" };

const uses: Readonly<Record<string, Use>> = {
  ...managementUses,
  ...propertyUses,
  "scim: lists people, those who were invited and those who joined alike": {
    call: async (api) => (await api.people()).items,
    gives: [{ email: "bo@acme.com", givenName: "Bo", familyName: "Berg" }, { email: "cy@acme.com" }],
  },
  "scim: gets one person by e-mail, with empty groups": {
    call: (api) => api.person("bo@acme.com"),
    gives: { email: "bo@acme.com", givenName: "Bo", familyName: "Berg" },
  },
  "scim: answers 404 for somebody who is not there": {
    call: (api) => api.person("nobody@acme.com"),
    gives: undefined,
  },
  "scim: invites a person and answers the request body": {
    call: (api) => api.invite({ email: "eva@nova.agency", givenName: "Eva", familyName: "Ek" }),
    gives: undefined,
  },
  "scim: refuses to invite somebody whose invitation is pending": {
    call: (api) => api.invite({ email: "cy@acme.com", givenName: "Cy", familyName: "Carr" }),
    gives: { status: 409, happened: "no" },
  },
  "scim: renames a person with PUT and a whole user": {
    call: (api) => api.rename({ email: "bo@acme.com", givenName: "Bodil", familyName: "Berg" }),
    gives: undefined,
  },
  "scim: deletes a person or revokes the invitation": {
    call: (api) => api.removePerson("cy@acme.com"),
    gives: undefined,
  },
  "scim: lists groups with ids that are numbers": {
    call: async (api) => (await api.groups()).items,
    gives: [{ id: "632", name: "analysts", members: ["bo@acme.com"] }],
  },
  "scim: gets one group with an id that is a string": {
    call: (api) => api.group("632"),
    gives: { id: "632", name: "analysts", members: ["bo@acme.com"] },
  },
  "scim: creates a group, inviting a member whom nobody had invited": {
    call: (api) => api.createGroup("agency-nova", ["bo@acme.com", "fay@nova.agency"]),
    gives: { id: "671", name: "agency-nova", members: ["bo@acme.com", "fay@nova.agency"] },
  },
  "scim: adds members to a group": {
    call: (api) => api.addMembers("632", ["bo@acme.com"]),
    gives: ["bo@acme.com"],
  },
  "scim: removes members from a group": {
    call: (api) => api.removeMembers("632", ["bo@acme.com"]),
    gives: undefined,
  },
  "scim: renames a group": { call: (api) => api.renameGroup("632", "analysts-emea"), gives: undefined },
  "scim: deletes a group": { call: (api) => api.deleteGroup("632"), gives: undefined },
  "scim: answers 404 for a group that is not there": { call: (api) => api.group("999"), gives: undefined },
  "scim: rejects a key that is not the organization's": {
    call: (api) => api.people(),
    gives: { status: 401, happened: "no" },
    query: firstPage,
  },
  "user-management: lists explicit assignments of people and groups": {
    call: async (api) => (await api.assignments()).items,
    gives: [first, { ...first, id: "bbbbbbbbbbbbbbbbbbbbbb", principalType: "group", principal: "632" }],
  },
  "user-management: lists the assignments of one principal": {
    call: async (api) => (await api.assignments({ principal: "di@acme.com" })).items,
    gives: [{ ...first, id: "bbbbbbbbbbbbbbbbbbbbbb", principal: "di@acme.com" }],
    whole: {
      data: [
        {
          id: "bbbbbbbbbbbbbbbbbbbbbb",
          principalType: "user",
          principalId: "di@acme.com",
          projectId: 288501,
          roleId: reporting,
        },
      ],
    },
  },
  "user-management: gets one assignment": { call: (api) => api.assignment(first.id), gives: first },
  "user-management: creates an assignment of a person, named by e-mail": {
    call: (api) =>
      api.createAssignment(
        { principalType: "user", principal: "bo@acme.com", projectId: "288501" },
        reporting,
      ),
    gives: first,
    whole: { id: first.id },
  },
  "user-management: creates an assignment of a group, named by a number": {
    call: (api) =>
      api.createAssignment({ principalType: "group", principal: "632", projectId: "288501" }, reporting),
    gives: { ...first, principalType: "group", principal: "632" },
    whole: { id: first.id },
  },
  "user-management: refuses a second assignment of one principal on one project": {
    call: (api) =>
      api.createAssignment(
        { principalType: "user", principal: "bo@acme.com", projectId: "288501" },
        reporting,
      ),
    gives: { status: 409, happened: "no" },
  },
  "user-management: changes the role of an assignment": {
    call: (api) => api.updateAssignment(first.id, reporting),
    gives: undefined,
  },
  "user-management: deletes an assignment and answers it with 200": {
    call: (api) => api.deleteAssignment(first.id),
    gives: undefined,
  },
  "user-management: answers 404 for an assignment that is not there": {
    call: (api) => api.assignment("zzzzzzzzzzzzzzzzzzzzzz"),
    gives: undefined,
  },
  "user-management: lists roles": {
    call: async (api) => (await api.roles()).items,
    gives: [{ id: reporting, name: "Reporting", custom: true }],
  },
  "user-management: lists groups": {
    call: async (api) => (await api.listedGroups()).items,
    gives: [{ id: "632", name: "analysts" }],
  },
  "user-management: lists the members of a group as strings": {
    call: async (api) => (await api.groupMembers("632")).items,
    gives: ["bo@acme.com"],
  },
  "user-management: reads who reaches a project, which it calls an app here": {
    call: async (api) => (await api.effectiveAccess("288501")).items,
    gives: [
      {
        principalType: "group",
        principal: "632",
        projectId: "288501",
        roleId: reporting,
        roleName: "Reporting",
      },
      {
        principalType: "user",
        principal: "bo@acme.com",
        projectId: "288501",
        roleId: reporting,
        roleName: "Reporting",
      },
    ],
  },
  "user-management: rejects credentials that are not the organization's": {
    call: (api) => api.roles(),
    gives: { status: 401, happened: "no" },
  },
  "user-management: refuses an organization that is not enrolled in early access": {
    call: (api) => api.roles(),
    gives: { status: 403, advice: expect.stringContaining("ask Amplitude Support to enroll it") as unknown },
  },
  "user-management: refuses an orgId that is not the key's organization": {
    call: (api) => api.roles(),
    gives: { status: 403, advice: expect.stringContaining("belong to another organization") as unknown },
    query: { orgId: "36958", limit: "200" },
  },
  "audit-log: reads the events of a range, newest first": {
    call: async (api) => (await api.events(...november)).items,
    gives: [
      {
        at: "2026-11-20T08:00:00.000Z",
        actor: "bo@acme.com",
        domain: "auth",
        feature: "auth",
        action: "login",
        target: "bo@acme.com",
        properties: {},
      },
      {
        at: "2026-11-21T08:00:00.000Z",
        actor: "tom@acme.com",
        domain: "group",
        feature: "group",
        action: "create",
        target: "analysts",
        userAgent: "browser",
        properties: { group_id: 632 },
      },
    ],
    whole: { events: [{}, { timestamp: "2026-11-20T08:00:00.000Z" }] },
  },
  "audit-log: rejects credentials that are not the organization's": {
    call: (api) => api.events(...november),
    gives: { status: 401, happened: "no" },
  },
  "developer: lists projects with ids that are digit strings": {
    call: async (api) => (await api.projects()).items,
    gives: [
      { id: "288501", name: "Client Production" },
      { id: "288502", name: "Client Staging" },
    ],
  },
  "developer: tells whose token it is and of which organization": {
    call: async (api) => (await api.projects()).items,
    gives: [],
  },
  "developer: rejects a token that is not the organization's": {
    call: (api) => api.projects(),
    gives: { status: 401, advice: expect.stringContaining("AMPLITUDE_TOKEN was not accepted") as unknown },
  },
};

const unused: Readonly<Record<string, string>> = {
  ...managementUnused,
  ...propertyUnused,
  "scim: lists the second page of people by startIndex and itemsPerPage":
    "pages of two: this client asks for 100; test/api/scim.test.ts follows pages",
  "scim: finds a person by a SCIM filter": "which filters work is undocumented: people are looked up by path",
  "scim: gets one person whatever the case of the e-mail in the path":
    "the @ is percent-encoded by this client; test/api/scim.test.ts ignores case",
  "scim: removes a person with PATCH, a whole user and active false":
    "DELETE says the same, and cannot be mistaken for a rename",
  "user-management: gets one role": "roles are few: they are listed",
  "user-management: adds one member to a group": "the same, and SCIM adds many at once",
  "user-management: removes one member from a group": "the same, and SCIM removes many at once",
  "user-management: refuses a body that misses the role": "the client cannot leave the role out",
  "audit-log: filters by domain, feature and action": "the client reads whole ranges",
  "audit-log: refuses a range of more than 30 days": "the client splits longer ranges",
  "developer: says that more projects follow":
    "pages of one: this client asks for 200; test/api/developer.test.ts follows cursors",
};

describe("the client keeps to the pairs that the emulator keeps to", () => {
  it("uses every pair, or says why not", () => {
    expect([...Object.keys(uses), ...Object.keys(unused)].sort()).toEqual([...pairs.keys()].sort());
  });

  it.each(Object.entries(uses))("%s", async (name, use) => {
    const pair = pairs.get(name)!;
    const otherSide: OtherSide = (request) => {
      // A token's organization is looked at before its projects: that is a request of its own.
      const other = request.path !== decodeURI(pair.request.path) && request.path !== pair.request.path;
      if (other && request.path === "/v1/context") return Response.json({ data: { org: { id: "36958" } } });
      if (other && request.path === "/v1/projects")
        return Response.json({ data: [], pagination: { next_cursor: null } });
      // Whom the route for one does not know, the list does not have either.
      if (other && /\/(?:members|api-keys|module-grants|projects)$/.test(request.path))
        return Response.json({ data: [], next_cursor: null });
      if (other && /^\/scim\/1\/(?:Users|Groups)$/.test(request.path))
        return Response.json({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });
      const body = merged(pair.response.body, use.whole);
      return new Response(body === undefined ? null : JSON.stringify(body), { status: pair.response.status });
    };
    const { api, received } = connected(otherSide, { env: everyFamily });

    if (pair.response.status >= 400 && use.gives !== undefined) {
      expect(await failureOf(use.call(api))).toMatchObject(use.gives as object);
    } else {
      expect(await use.call(api)).toEqual(use.gives);
    }

    const sent = received.filter(({ path }) => path === pair.request.path);
    expect(sent).toHaveLength(1);
    expect(sent[0]!.method).toBe(pair.request.method);
    expect(sent[0]!.query).toEqual(use.query ?? pair.request.query ?? {});
    // The audit log's page size is ours to choose; every other body is exactly the documented one.
    if (name.startsWith("audit-log:")) expect(sent[0]!.body).toMatchObject(pair.request.body!);
    else expect(sent[0]!.body).toEqual(pair.request.body ?? pair.request.form);
  });
});

/** A pair's answer, completed. */
function merged(part: unknown, rest: unknown): unknown {
  if (rest === undefined) return part;
  if (Array.isArray(part) && Array.isArray(rest))
    return part.map((item: unknown, index) => merged(item, rest[index] as unknown));
  if (typeof part === "object" && part !== null && typeof rest === "object" && rest !== null) {
    const names = new Set([...Object.keys(part), ...Object.keys(rest)]);
    const [a, b] = [part as Record<string, unknown>, rest as Record<string, unknown>];
    return Object.fromEntries(
      [...names].map((name) => [name, name in a ? merged(a[name], b[name]) : b[name]]),
    );
  }
  return part;
}

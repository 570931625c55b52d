import type { WriteApi } from "../../src/api";
import { connected, type OtherSide } from "./connected";

const bodies: [string, string | null][] = [
  ["nothing", null],
  ["SCIM's own form", JSON.stringify({ schemas: [], status: "404", detail: "not found" })],
  ["a gateway's words", "404 page not found"],
  ["a web page", "<!DOCTYPE html><title>404</title>"],
];

const user = (email: string) => ({ id: email, userName: email, active: true });
const group = (id: number) => ({ id, displayName: `group ${id}`, members: [] });
const page = (Resources: unknown[]) => Response.json({ totalResults: Resources.length, Resources });

/** Lists these; answers everything single with `refusal`. */
function listing(
  refusal: () => Response,
  { people = [], groups = [] }: { people?: string[]; groups?: number[] } = {},
) {
  const otherSide: OtherSide = ({ method, path }) => {
    if (method === "GET" && path === "/scim/1/Users") return page(people.map(user));
    if (method === "GET" && path === "/scim/1/Groups") return page(groups.map(group));
    return refusal();
  };
  const { api, received } = connected(otherSide);
  return { api, asked: () => received.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`) };
}

describe("SCIM says that somebody is not there, and documents no errors", () => {
  const single: [string, (api: WriteApi) => Promise<unknown>, string, string][] = [
    ["a person", (api) => api.person("ana@nova.agency"), "GET /scim/1/Users/ana@nova.agency", "Users"],
    ["a group", (api) => api.group("632"), "GET /scim/1/Groups/632", "Groups"],
    [
      "a removal",
      (api) => api.removePerson("ana@nova.agency"),
      "DELETE /scim/1/Users/ana@nova.agency",
      "Users",
    ],
    ["a deletion", (api) => api.deleteGroup("632"), "DELETE /scim/1/Groups/632", "Groups"],
  ];
  const answers = [404, 400].flatMap((status) =>
    bodies.flatMap(([body, text]) =>
      single.map(([what, act, request, list]) => ({ what, status, body, text, act, request, list })),
    ),
  );

  it.each(answers)("$what, $status with $body: gone where the whole list lacks it too", async (row) => {
    const { api, asked } = listing(() => new Response(row.text, { status: row.status }));
    await expect(row.act(api)).resolves.toBeUndefined();
    expect(asked()).toEqual([row.request, `GET /scim/1/${row.list}`]);
  });

  it.each(answers.filter(({ what }) => what === "a removal" || what === "a deletion"))(
    "$what, $status with $body: not done where the list has it",
    async (row) => {
      const { api, asked } = listing(() => new Response(row.text, { status: row.status }), {
        people: ["Ana@nova.agency"],
        groups: [632],
      });
      await expect(row.act(api)).rejects.toMatchObject({
        status: row.status,
        happened: "no",
        message: expect.stringContaining("has") as string,
      });
      expect(asked()).toEqual([row.request, `GET /scim/1/${row.list}`]);
    },
  );

  it("what the list has is read from it", async () => {
    const { api } = listing(() => new Response(null, { status: 404 }), {
      people: ["Ana@nova.agency"],
      groups: [632],
    });
    expect(await api.person("ana@nova.agency")).toEqual({ email: "Ana@nova.agency" });
    expect(await api.group("632")).toMatchObject({ id: "632", name: "group 632" });
  });

  it("nobody knows where the list cannot be read either", async () => {
    const { api } = connected(() => new Response("404 page not found", { status: 404 }));
    await expect(api.removePerson("ana@nova.agency")).rejects.toMatchObject({
      happened: "maybe",
      message: expect.stringContaining("is not known") as string,
    });
    await expect(api.person("ana@nova.agency")).rejects.toMatchObject({ status: 404 });
  });

  it("one list serves every doubt of a run", async () => {
    const { api, asked } = listing(() => new Response(null, { status: 404 }), {
      people: ["leo@nova.agency"],
    });
    const gone = ["ana@nova.agency", "jo@nova.agency", "sam@nova.agency"];
    await Promise.all(gone.map((email) => api.removePerson(email)));
    expect(await api.person("kim@nova.agency")).toBeUndefined();
    await expect(api.removePerson("leo@nova.agency")).rejects.toMatchObject({ happened: "no" });
    expect(asked().filter((request) => request === "GET /scim/1/Users")).toHaveLength(1);
  });

  it("a list from before our own write proves nothing about what it wrote", async () => {
    const people: string[] = [];
    const { api, received } = connected(({ method, path, body }) => {
      if (method === "POST") people.push((body as { id: string }).id);
      if (method === "POST") return Response.json({}, { status: 201 });
      return path === "/scim/1/Users" ? page(people.map(user)) : new Response(null, { status: 404 });
    });
    expect(await api.person("jo@nova.agency")).toBeUndefined();
    await api.invite({ email: "jo@nova.agency" });
    expect(await api.person("jo@nova.agency")).toEqual({ email: "jo@nova.agency" });
    expect(received.filter(({ path }) => path === "/scim/1/Users")).toHaveLength(3);
  });

  it("whoever is about to create asks for no list", async () => {
    const { api, asked } = listing(() => new Response(null, { status: 404 }));
    expect(await api.person("jo@nova.agency", { proof: "unproved" })).toBeUndefined();
    expect(asked()).toHaveLength(1);
  });
});

describe("the User Management API says so, and documents how", () => {
  const problem = (error_code: string) => Response.json({ error_code, status: 404 }, { status: 404 });

  it("in its documented body it is believed", async () => {
    const { api, received } = connected(() => problem("not_found"));
    expect(await api.assignment("a1")).toBeUndefined();
    await expect(api.deleteAssignment("a1")).resolves.toBeUndefined();
    expect(received).toHaveLength(2);
  });

  it.each([...bodies, ["another code", JSON.stringify({ error_code: "no_route", status: 404 })]] as const)(
    "with %s it is a failure",
    async (_, body) => {
      const { api } = connected(() => new Response(body, { status: 404 }));
      await expect(api.assignment("a1")).rejects.toMatchObject({ status: 404 });
      await expect(api.deleteAssignment("a1")).rejects.toMatchObject({ status: 404, happened: "no" });
    },
  );
});

describe("a limit that waiting does not get below", () => {
  it.each<[string, Record<string, string>, unknown, string]>([
    ["in a header", { "Retry-After": "400" }, {}, "Amplitude asks to wait 400 seconds"],
    ["in its body", {}, { error_code: "rate_limited", retry_after_seconds: 301 }, "asks to wait 301 seconds"],
    ["nowhere", {}, {}, "did not say how long"],
  ])("says how long Amplitude asked to wait, %s", async (_, headers, body, says) => {
    const { api } = connected(() => Response.json(body, { status: 429, headers }));
    await expect(api.roles()).rejects.toMatchObject({
      status: 429,
      message: expect.stringContaining(says) as string,
    });
  });
});

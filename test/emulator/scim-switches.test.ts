import { at, client } from "./acme";

const patch = (...Operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});

const list = "/scim/1/Users";
const add = (value: string) => patch({ op: "add", path: "members", value: [{ value }] });
const remove = (value: string) => patch({ op: "remove", path: "members", value: [{ value }] });

describe("where Amplitude does not say, a switch does", () => {
  it.each<[string, unknown, string, string, unknown, object]>([
    ["scim-unknown-id-status", 400, "GET", "/scim/1/Users/no@acme.com", undefined, { status: 400 }],
    ["scim-duplicate-user-status", 422, "POST", list, { userName: "TOM@acme.com" }, { status: 422 }],
    [
      "scim-error-body",
      "plain",
      "GET",
      "/scim/1/Users/no@acme.com",
      undefined,
      { body: "no@acme.com is not in the organization." },
    ],
    ["scim-error-body", "empty", "GET", "/scim/1/Users/no@acme.com", undefined, { status: 404, body: "" }],
    [
      "scim-patch-user-patchop",
      false,
      "PATCH",
      "/scim/1/Users/ana@nova.agency",
      patch({ op: "replace", path: "active", value: false }),
      { status: 400 },
    ],
    [
      "scim-write-answer",
      "resource",
      "POST",
      list,
      { userName: "x@acme.com" },
      { body: { id: "x@acme.com", name: { givenName: "NO_GIVEN_NAME" } } },
    ],
    [
      "scim-filter",
      "ignored",
      "GET",
      `${list}?filter=userName%20eq%20%22x%22`,
      undefined,
      { body: { totalResults: 3 } },
    ],
    [
      "scim-filter",
      "username-eq",
      "GET",
      `${list}?filter=name.givenName%20sw%20%22x%22`,
      undefined,
      { status: 400 },
    ],
    ["scim-items-per-page-over-max", "400", "GET", `${list}?itemsPerPage=101`, undefined, { status: 400 }],
    [
      "scim-user-groups-filled",
      true,
      "GET",
      "/scim/1/Users/tom@acme.com",
      undefined,
      { body: { groups: [{ value: "40", display: "analysts" }] } },
    ],
    [
      "scim-placeholder-names",
      false,
      "GET",
      "/scim/1/Users/leo@nova.agency",
      undefined,
      { body: { name: { givenName: "" } } },
    ],
    ["scim-post-group-status", 201, "POST", "/scim/1/Groups", { displayName: "x" }, { status: 201 }],
    ["scim-group-ids", "string", "POST", "/scim/1/Groups", { displayName: "x" }, { body: { id: "631" } }],
    ["scim-group-ids", "number", "GET", "/scim/1/Groups/40", undefined, { body: { id: 40 } }],
    [
      "scim-groups-paging",
      false,
      "GET",
      "/scim/1/Groups?startIndex=2",
      undefined,
      { body: { startIndex: 1, totalResults: 2 } },
    ],
    [
      "scim-groups-filter",
      false,
      "GET",
      "/scim/1/Groups?filter=displayName%20eq%20%22nova%22",
      undefined,
      { body: { totalResults: 2 } },
    ],
    [
      "scim-groups-filter",
      true,
      "GET",
      "/scim/1/Groups?filter=displayName%20eq%20%22nova%22",
      undefined,
      { body: { totalResults: 1 } },
    ],
    [
      "scim-group-rename",
      false,
      "PATCH",
      "/scim/1/Groups/40",
      patch({ op: "replace", path: "displayName", value: "x" }),
      { status: 400 },
    ],
    [
      "scim-group-replace-members",
      false,
      "PATCH",
      "/scim/1/Groups/40",
      patch({ op: "replace", path: "members", value: [] }),
      { status: 400 },
    ],
    ["scim-put-group", "405", "PUT", "/scim/1/Groups/40", { displayName: "x" }, { status: 405 }],
    [
      "scim-put-group",
      "accepted",
      "PUT",
      "/scim/1/Groups/40",
      { displayName: "x", members: [{ value: "leo@nova.agency" }] },
      { status: 200, body: { displayName: "x", members: [{ value: "leo@nova.agency" }] } },
    ],
    ["scim-duplicate-group", "409", "POST", "/scim/1/Groups", { displayName: "nova" }, { status: 409 }],
    ["scim-duplicate-group", "400", "POST", "/scim/1/Groups", { displayName: "nova" }, { status: 400 }],
    [
      "scim-duplicate-group",
      "allowed",
      "POST",
      "/scim/1/Groups",
      { displayName: "nova" },
      { status: 200, body: { id: 631 } },
    ],
    [
      "scim-add-existing-member",
      "ignored",
      "PATCH",
      "/scim/1/Groups/40",
      add("tom@acme.com"),
      { status: 200 },
    ],
    ["scim-add-existing-member", "409", "PATCH", "/scim/1/Groups/40", add("tom@acme.com"), { status: 409 }],
    [
      "scim-remove-non-member",
      "ignored",
      "PATCH",
      "/scim/1/Groups/40",
      remove("leo@nova.agency"),
      { status: 200 },
    ],
    [
      "scim-remove-non-member",
      "404",
      "PATCH",
      "/scim/1/Groups/40",
      remove("leo@nova.agency"),
      { status: 404 },
    ],
    ["scim-patch-invites-unknown", false, "PATCH", "/scim/1/Groups/40", add("new@acme.com"), { status: 400 }],
    ["last-admin-protected", false, "DELETE", "/scim/1/Users/tom@acme.com", undefined, { status: 204 }],
  ])("%s = %j: %s %s", async (name, value, method, path, body, expected) => {
    const { send, switch: set } = client();
    await set({ [name]: value });
    expect(await send(method, path, body)).toMatchObject(expected);
  });

  it("scim-content-type", async () => {
    const { send } = client({ switches: { "scim-content-type": "application/scim+json" } });
    expect((await send("GET", list)).headers.get("content-type")).toBe("application/scim+json");
  });

  it("scim-group-list-members", async () => {
    const { send } = client({ switches: { "scim-group-list-members": false } });
    expect(at(await send("GET", "/scim/1/Groups"), "Resources", 0)).not.toHaveProperty("members");
  });

  it("scim-reinvite-after-removal and scim-invited-organization-role", async () => {
    const {
      send,
      switch: set,
      emulator,
    } = client({ switches: { "scim-invited-organization-role": "no_access" } });
    await send("DELETE", "/scim/1/Users/ana@nova.agency");
    await set({ "scim-reinvite-after-removal": false });
    expect((await send("POST", list, { userName: "ana@nova.agency" })).status).toBe(409);
    await set({ "scim-reinvite-after-removal": true });
    expect((await send("POST", list, { userName: "ana@nova.agency" })).status).toBe(201);
    expect(emulator.state().people.at(-1)?.organizationRole).toBe("no_access");
  });

  it("deleting-group-deletes-assignments", async () => {
    const { send, emulator } = client({ switches: { "deleting-group-deletes-assignments": false } });
    await send("DELETE", "/scim/1/Groups/41");
    expect(emulator.state().assignments).toHaveLength(2);
  });
});

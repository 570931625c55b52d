import { admin, at, client, viewer } from "./acme";

const base = "/user-management/1";
const assignments = `${base}/project-role-assignments`;
const group = (principalId: number, projectId = 502, roleId = viewer) => ({
  principalType: "group",
  principalId,
  projectId,
  roleId,
});
const user = (principalId: string, projectId = 501, roleId = viewer) => ({
  principalType: "user",
  principalId,
  projectId,
  roleId,
});

describe("where Amplitude does not say, a switch does", () => {
  const member = (email: string) => `${base}/groups/41/members/${encodeURIComponent(email)}`;
  it.each<[string, unknown, string, string, unknown, object]>([
    [
      "user-management-enrolled",
      false,
      "GET",
      `${base}/roles`,
      undefined,
      { body: { error_code: "org_not_enrolled" } },
    ],
    ["user-management-missing-org-id-status", 403, "GET", `${base}/roles?orgId=`, undefined, { status: 403 }],
    [
      "user-management-org-id-mismatch-status",
      400,
      "GET",
      `${base}/roles?orgId=8`,
      undefined,
      { status: 400, body: { error_code: "org_id_mismatch" } },
    ],
    ["user-management-create-status", 200, "POST", assignments, group(40), { status: 200 }],
    [
      "user-management-user-ids",
      "opaque",
      "GET",
      `${base}/groups/40/members`,
      undefined,
      { body: { data: [expect.stringMatching(/^[0-9a-f]{12}$/)] } },
    ],
    [
      "user-management-group-ids",
      "different",
      "GET",
      `${base}/groups`,
      undefined,
      { body: { data: [{ groupId: 700_040 }, { groupId: 700_041 }] } },
    ],
    [
      "user-management-group-ids",
      "different",
      "POST",
      assignments,
      group(700_040),
      { status: 201, body: { principalId: "700040" } },
    ],
    ["user-management-group-ids", "different", "POST", assignments, group(40), { status: 404 }],
    ["user-management-limit-over-max", "clamp", "GET", `${base}/roles?limit=201`, undefined, { status: 200 }],
    ["user-management-limit-over-max", "400", "GET", `${base}/roles?limit=201`, undefined, { status: 400 }],
    [
      "user-management-pagination-extra",
      true,
      "GET",
      `${base}/roles?limit=2`,
      undefined,
      { body: { pagination: { hasMore: true, limit: 2 } } },
    ],
    [
      "user-management-built-in-roles-listed",
      false,
      "GET",
      `${base}/roles/${viewer}`,
      undefined,
      { status: 404 },
    ],
    ["user-management-built-in-roles-listed", false, "POST", assignments, group(40), { status: 404 }],
    ["user-management-admin-assignable", true, "POST", assignments, group(40, 502, admin), { status: 201 }],
    ["user-management-admin-assignable", false, "POST", assignments, group(40, 502, admin), { status: 400 }],
    ["user-management-unknown-reference-status", 400, "POST", assignments, group(40, 999), { status: 400 }],
    [
      "user-management-unknown-principal",
      "accepted",
      "POST",
      assignments,
      user("no@acme.com"),
      { status: 201 },
    ],
    [
      "user-management-extra-fields",
      "ignored",
      "PATCH",
      `${assignments}/first-assignment-000001`,
      { roleId: viewer, projectId: 1 },
      { status: 200, body: { projectId: 501 } },
    ],
    [
      "user-management-extra-fields",
      "400",
      "PATCH",
      `${assignments}/first-assignment-000001`,
      { roleId: viewer, projectId: 1 },
      { status: 400 },
    ],
    [
      "user-management-add-existing-member",
      "200",
      "POST",
      member("Ana@nova.agency"),
      undefined,
      { status: 200 },
    ],
    [
      "user-management-add-existing-member",
      "409",
      "POST",
      member("Ana@nova.agency"),
      undefined,
      { status: 409 },
    ],
    ["user-management-add-unknown-member", "404", "POST", member("no@acme.com"), undefined, { status: 404 }],
    [
      "user-management-add-unknown-member",
      "invites",
      "POST",
      member("no@acme.com"),
      undefined,
      { status: 200 },
    ],
    [
      "user-management-remove-non-member",
      "404",
      "DELETE",
      member("tom@acme.com"),
      undefined,
      { status: 404 },
    ],
    [
      "user-management-remove-non-member",
      "200",
      "DELETE",
      member("tom@acme.com"),
      undefined,
      { status: 200 },
    ],
  ])("%s = %j: %s %s", async (name, value, method, path, body, expected) => {
    const { send, switch: set } = client();
    await set({ [name]: value });
    expect(await send(method, path, body)).toMatchObject(expected);
  });

  it("user-management-user-ids: the opaque id that a list shows is the one that a path takes", async () => {
    const { send } = client({ switches: { "user-management-user-ids": "opaque" } });
    const id = at(await send("GET", `${base}/groups/40/members`), "data", 0) as string;
    expect((await send("DELETE", `${base}/groups/40/members/${id}`)).status).toBe(200);
    expect(at(await send("GET", `${base}/groups/40/members`), "data")).toEqual([]);
  });

  it("user-management-access-via", async () => {
    const { send } = client({ switches: { "user-management-access-via": false } });
    expect(at(await send("GET", `${base}/projects/501/access`), "data", 0)).not.toHaveProperty("accessVia");
  });

  it("user-management-error-content-type", async () => {
    const { send } = client({
      switches: { "user-management-error-content-type": "application/problem+json" },
    });
    expect((await send("GET", `${base}/roles/x`)).headers.get("content-type")).toBe(
      "application/problem+json",
    );
  });
});

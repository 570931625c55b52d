import { at } from "./acme";
import { codes, moduleGrant, org, served } from "./managed";

describe("what is refused changes nothing", () => {
  const keys = Array.from({ length: 50 }, (_, index) => ({
    id: `k${index}`,
    label: `label ${index}`,
    scope: "project" as const,
    projectId: 501,
  }));
  const key = (type: string, project_id?: number, label = "etl") => ({ type, label, project_id });
  const grant = { email: "tom@acme.com", role: "Viewer" };
  const modules = `${org}/module-grants`;
  it.each<[string, string, string, unknown, number]>([
    ["an unknown setting", "PATCH", org, { sso: true }, 400],
    ["the organization's name", "PATCH", org, { name: "Other" }, 400],
    ["a range with bits too many", "PATCH", org, { ip_allowlist: ["203.0.113.0/33"] }, 400],
    ["a JIT role that is none", "PATCH", org, { jit_default_role: "chief" }, 400],
    ["text that is no JSON", "PATCH", org, "{", 400],
    ["an invitation without a role", "POST", `${org}/members`, { email: "x@acme.com" }, 400],
    ["an invitation of no address", "POST", `${org}/members`, { email: "x", role: "member" }, 400],
    [
      "an invitation of a member, in other case",
      "POST",
      `${org}/members`,
      { email: "TOM@acme.com", role: "member" },
      409,
    ],
    ["a role for a stranger", "PATCH", `${org}/members/no%40acme.com`, { role: "admin" }, 404],
    ["no organization role at all", "PATCH", `${org}/members/leo%40nova.agency`, { role: "chief" }, 400],
    ["demoting the only owner", "PATCH", `${org}/members/tom%40acme.com`, { role: "member" }, 403],
    ["removing the only owner", "DELETE", `${org}/members/tom%40acme.com`, undefined, 403],
    ["removing a stranger", "DELETE", `${org}/members/no%40acme.com`, undefined, 404],
    ["a role by its id", "POST", "/api/2/projects/501/members", { ...grant, role: "7f0c5f4e" }, 404],
    [
      "a stranger on a project",
      "POST",
      "/api/2/projects/501/members",
      { ...grant, email: "no@acme.com" },
      404,
    ],
    ["an unknown project", "POST", "/api/2/projects/999/members", grant, 404],
    ["a member of an archived project", "POST", "/api/2/projects/503/members", grant, 409],
    ["a project without a name", "POST", "/api/2/projects", {}, 400],
    ["an add-on that is none", "POST", "/api/2/projects", { name: "x", add_ons: ["ai"] }, 400],
    ["an add-on twice", "POST", "/api/2/projects", { name: "x", add_ons: ["govern", "govern"] }, 400],
    ["a name that an archived project has", "POST", "/api/2/projects", { name: "Retired" }, 409],
    ["a new name that is taken", "PATCH", "/api/2/projects/501", { name: "Staging" }, 409],
    ["a change of no project", "PATCH", "/api/2/projects/x", { archived: true }, 404],
    ["a module for a stranger", "POST", modules, moduleGrant("no@acme.com", "govern_consumer"), 404],
    ["a module for no group", "POST", modules, moduleGrant("99", "govern_consumer"), 404],
    ["a module for a group by name", "POST", modules, moduleGrant("nova", "govern_consumer"), 400],
    ["a module that is none", "POST", modules, moduleGrant("41", "govern_admin"), 400],
    ["a module on no project", "POST", modules, moduleGrant("41", "govern_consumer", 9), 404],
    ["a module without its add-on", "POST", modules, moduleGrant("41", "govern_consumer", 502), 400],
    ["a module on an archived project", "POST", modules, moduleGrant("41", "govern_consumer", 503), 409],
    ["revoking no module", "DELETE", `${modules}/none`, undefined, 404],
    ["a key of no type", "POST", `${org}/api-keys`, key("scim", 501), 400],
    ["a key of the organization on a project", "POST", `${org}/api-keys`, key("organization", 501), 400],
    ["a project key without a project", "POST", `${org}/api-keys`, key("project"), 400],
    ["a secret key without a project", "POST", `${org}/api-keys`, key("secret"), 400],
    ["a Govern key without the add-on", "POST", `${org}/api-keys`, key("govern", 502), 400],
    ["a key on no project", "POST", `${org}/api-keys`, key("project", 9), 404],
    ["the same key twice", "POST", `${org}/api-keys`, key("project", 501, "label 3"), 409],
    ["the 51st key", "POST", `${org}/api-keys`, key("secret", 501), 409],
    ["deleting no key", "DELETE", `${org}/api-keys/none`, undefined, 404],
  ])("%s: %s %s", async (_name, method, path, body, status) => {
    const { send, emulator } = served({ apiKeys: keys });
    const before = emulator.state();
    const answer = await send(method, path, body);
    const code = {
      400: "invalid_request",
      403: "insufficient_permissions",
      404: "not_found",
      409: "conflict",
    };
    expect(codes(answer)).toEqual({ status, code: code[status as keyof typeof code] });
    expect(at(answer, "retryable")).toBe(false);
    expect(emulator.state()).toEqual(before);
  });
});

import {
  builtInRole,
  compareOrganizationRoles,
  compareProjectRoles,
  highestProjectRole,
  organizationRoleName,
  organizationRoleNamed,
  organizationRoles,
  projectRoleName,
  projectRoleNamed,
  projectRoles,
} from "../../src/access";

describe("roles by name", () => {
  it.each([
    ["Owner", "owner"],
    ["ADMIN", "admin"],
    [" manager ", "manager"],
    ["Member", "member"],
    ["viewer", "viewer"],
    ["No Access", "no_access"],
    ["no_access", "no_access"],
    ["NO-ACCESS", "no_access"],
    ["User", undefined],
    ["", undefined],
  ])("organization role %p is %p", (name, role) => expect(organizationRoleNamed(name)).toBe(role));

  it.each([
    ["Viewer", "viewer"],
    ["member", "member"],
    [" MANAGER ", "manager"],
    ["Admin", "admin"],
    ["Owner", undefined],
    ["Data steward", undefined],
  ])("project role %p is %p", (name, role) => expect(projectRoleNamed(name)).toBe(role));

  it("shows every role under the name that finds it again", () => {
    expect(organizationRoles.map((role) => organizationRoleNamed(organizationRoleName(role)))).toEqual(
      organizationRoles,
    );
    expect(projectRoles.map((role) => projectRoleNamed(projectRoleName(role)))).toEqual(projectRoles);
    expect(projectRoles.map(projectRoleName)).toEqual(["Viewer", "Member", "Manager", "Admin"]);
    expect(organizationRoleName("no_access")).toBe("No Access");
  });
});

describe("which role is higher", () => {
  it("orders project roles Viewer < Member < Manager < Admin", () => {
    const shuffled = ["manager", "viewer", "admin", "member"] as const;
    expect([...shuffled].sort(compareProjectRoles)).toEqual(["viewer", "member", "manager", "admin"]);
    expect(highestProjectRole(shuffled)).toBe("admin");
    expect(highestProjectRole(["member", "viewer"])).toBe("member");
    expect(highestProjectRole([])).toBeUndefined();
  });

  it("orders organization roles from no access to owner", () => {
    const shuffled = ["member", "owner", "no_access", "admin", "viewer", "manager"] as const;
    expect([...shuffled].sort(compareOrganizationRoles)).toEqual([
      "no_access",
      "viewer",
      "member",
      "manager",
      "admin",
      "owner",
    ]);
  });
});

describe("a role of Amplitude's list", () => {
  it.each([
    [{ name: "Viewer", custom: false }, "viewer"],
    [{ name: "admin", custom: false }, "admin"],
    [{ name: "Admin", custom: true }, undefined],
    [{ name: "Analyst", custom: false }, undefined],
  ])("%p is the built-in role %p", (role, builtIn) => expect(builtInRole(role)).toBe(builtIn));
});

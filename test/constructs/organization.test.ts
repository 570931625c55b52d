import {
  collaboratorSettings,
  Engagement,
  type AccessStack,
  type OrganizationSettingsProps,
} from "amplitude-access";
import { FACTS } from "./nova";
import { only, synthesize, type Result } from "./synthesis";

const ROLE = "amplitude_organization_role";
const roles = ({ file }: Result): unknown[] =>
  Object.values(file.resource?.[ROLE] ?? {})
    .map(({ email, role, expires_at: end }) => [email, role, end].filter(Boolean).join(" "))
    .sort();

describe("administrators", () => {
  it("are the provider block's, and have a role each", () => {
    const result = synthesize((stack) =>
      stack.owners("priya@acme.com").admins("Tom@acme.com", "lena@acme.com"),
    );
    expect(result.file.provider.amplitude[0]["admins"]).toEqual([
      "priya@acme.com",
      "Tom@acme.com",
      "lena@acme.com",
    ]);
    expect(roles(result)).toEqual(["Tom@acme.com admin", "lena@acme.com admin", "priya@acme.com owner"]);
  });

  it("come after the person whom the stack invites, whichever stands first", () => {
    const result = synthesize((stack) => {
      stack.admins("tom@acme.com");
      stack.person("tom@acme.com");
    });
    expect(only(result, ROLE)["depends_on"]).toEqual([only(result, "amplitude_user").address]);
  });

  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    ["twice", (stack) => stack.owners("tom@acme.com").admins("TOM@acme.com"), /one person twice/],
    [
      "with another role as well",
      (stack) => [stack.admins("tom@acme.com"), stack.existing("tom@acme.com").organizationRole("member")],
      /the organization role "tom@acme\.com".*is declared at acme/,
    ],
  ])("are refused %s", (_, declare, message) => {
    expect(() => synthesize(declare)).toThrow(message);
  });
});

describe("a role in the organization", () => {
  it("ends with the person's engagement, or before", () => {
    const result = synthesize((stack) => {
      const nova = new Engagement(stack, "nova", FACTS);
      nova.person("jo@nova.agency").organizationRole("manager");
      nova.person("sam@nova.agency").organizationRole("manager", { until: "2027-01-15" });
      stack.existing("lena@acme.com").organizationRole("no_access");
    });
    expect(roles(result)).toEqual([
      "jo@nova.agency manager 2027-04-01T00:00:00Z",
      "lena@acme.com no_access",
      "sam@nova.agency manager 2027-01-16T00:00:00Z",
    ]);
  });

  it.each([
    ["that is none", "boss" as "owner", /"boss" is not one of no_access, viewer/],
    ["of somebody who left", "member" as const, /declared absent/],
  ])("is refused %s", (_, role, message) => {
    expect(() =>
      synthesize((stack) => {
        if (role === "member") stack.left("lena@acme.com", { on: "2026-11-01" });
        stack.existing("lena@acme.com").organizationRole(role);
      }),
    ).toThrow(message);
  });
});

describe("settings of the organization", () => {
  const settings = (props: OrganizationSettingsProps) => synthesize((stack) => stack.organization(props));

  it("are those that are given, and nothing else", () => {
    const {
      "//": _,
      address: _address,
      ...block
    } = only(
      settings({
        ssoEnforced: true,
        scimEnabled: false,
        ipAllowlist: ["203.0.113.0/24", "2001:db8::/32"],
        runnerAddresses: ["203.0.113.7", "2001:db8::7"],
      }),
      "amplitude_organization",
    );
    expect(block).toEqual({
      org_id: "36958",
      sso_enforced: true,
      scim_enabled: false,
      ip_allowlist: ["203.0.113.0/24", "2001:db8::/32"],
      runner_addresses: ["203.0.113.7", "2001:db8::7"],
    });
  });

  it("may be the playbook's before collaborators come in", () => {
    const result = synthesize((stack) => collaboratorSettings(stack, { ssoEnforced: true }));
    expect(only(result, "amplitude_organization")).toMatchObject({
      jit_default_role: "member",
      mfa_required: true,
      sso_enforced: true,
    });
    expect(result.annotations).toEqual([]);
  });

  it("are a warning where a first login makes administrators", () => {
    expect(settings({ jitDefaultRole: "admin" }).annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Everybody whom a first login creates becomes admin/),
    ]);
  });

  it.each<[OrganizationSettingsProps, RegExp]>([
    [{ ipAllowlist: ["203.0.113.0/33"] }, /"203\.0\.113\.0\/33" is not a range of addresses/],
    [{ ipAllowlist: ["203.0.113.0/24"] }, /`ipAllowlist` is given and `runnerAddresses` is not/],
    [
      { ipAllowlist: ["203.0.113.0/24"], runnerAddresses: ["203.0.113.7", "198.51.100.1"] },
      /its ipAllowlist locks out 198\.51\.100\.1, from where applies run/,
    ],
    [{ runnerAddresses: ["acme.com"] }, /"acme\.com" is not an address/],
    [{ jitDefaultRole: "boss" as "member" }, /"boss" is not one of/],
  ])("are refused: %j", (props, message) => {
    expect(() => settings(props)).toThrow(message);
  });

  it("are declared once", () => {
    expect(() => synthesize((stack) => [stack.organization({}), collaboratorSettings(stack)])).toThrow(
      /the organization "settings".*is declared at acme/,
    );
  });
});

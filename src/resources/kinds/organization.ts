import { organizationRoles, type Organization } from "../../access";
import {
  address,
  addressesOutside,
  addressRange,
  bool,
  oneOf,
  optional,
  problem,
  required,
  setOf,
  string,
  type StateOf,
} from "../../schema";
import { deletionProtection } from "../attributes";
import { defineKind } from "../kind";
import { changeSetting, type SettingName } from "../operations/organization";

const attributes = {
  org_id: required(string, "Amplitude's id of the organization, as in the provider block.", {
    requiresReplace: true,
  }),
  sso_enforced: optional(bool, "Whether everybody must log in through single sign-on."),
  jit_default_role: optional(
    oneOf(organizationRoles),
    "Role of people whom their first login creates. Member, says the playbook.",
  ),
  scim_enabled: optional(bool, "Whether an identity provider may push people and groups."),
  mfa_required: optional(bool, "Whether everybody needs a second factor."),
  ip_allowlist: optional(
    setOf(addressRange),
    "Ranges of addresses that may reach the organization; empty: all.",
  ),
  runner_addresses: optional(
    setOf(address),
    "Addresses from which applies run. All of them must be in `ip_allowlist`, where there is one.",
    { origin: "declared" },
  ),
  deletion_protection: deletionProtection,
};

const settings = [
  "sso_enforced",
  "jit_default_role",
  "scim_enabled",
  "mfa_required",
  "ip_allowlist",
] as const satisfies SettingName[];

function state(live: Organization, orgId: string): StateOf<typeof attributes> | undefined {
  const known = new Map(live.settings());
  if (known.size === 0) return undefined;
  const flag = (name: SettingName): boolean | undefined =>
    known.has(name) ? known.get(name) === "true" : undefined;
  const ranges = known.get("ip_allowlist");
  return {
    org_id: orgId,
    sso_enforced: flag("sso_enforced"),
    jit_default_role: organizationRoles.find((role) => role === known.get("jit_default_role")),
    scim_enabled: flag("scim_enabled"),
    mfa_required: flag("mfa_required"),
    ip_allowlist: ranges === undefined ? undefined : (JSON.parse(ranges) as string[]),
  };
}

/** A setting's value as one text, the same for equal values. */
function settingText(value: string | boolean | readonly string[] | undefined): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  return typeof value === "boolean" ? String(value) : JSON.stringify(value.toSorted());
}

/** Settings of the organization itself. By hand on Amplitude today. */
export const organization = defineKind({
  type: "amplitude_organization",
  description:
    "Settings of the organization: single sign-on, just-in-time role, SCIM, second factor, allowed addresses. By hand on Amplitude today: no documented API reads or writes them. Deleted, it is forgotten.",
  attributes,
  key: ["org_id"],
  family: "management",
  reads: ["settings"],
  nature: "given",
  can: { create: true, update: true, delete: true },
  find: (live, config) => state(live, config.org_id),
  list: () => [],
  id: (found) => found.org_id,
  organization: ({ org_id: orgId }) => orgId,
  label: () => "organization settings",
  names: () => ({ present: [], absent: [] }),
  validate({ ip_allowlist: ranges = [], runner_addresses: runners = [] }) {
    if (ranges.length === 0) return [];
    const attribute = "ip_allowlist";
    if (runners.length === 0)
      return [
        problem(
          "ip_allowlist without runner_addresses",
          "Say from where applies run, so that they are not locked out.",
          { attribute },
        ),
      ];
    return addressesOutside(runners, ranges).map((runner) =>
      problem(
        `ip_allowlist locks out ${runner}, from where applies run`,
        "Add a range that has it, or correct runner_addresses.",
        { attribute },
      ),
    );
  },
  steps({ action, prior, config }) {
    if (action === "delete" || config === undefined) return [];
    return settings.flatMap((setting) => {
      const [from, value] = [settingText(prior?.[setting]), settingText(config[setting])];
      return value === undefined || value === from ? [] : [changeSetting.draft({ setting, value }, { from })];
    });
  },
  example: { create: { org_id: "36958", mfa_required: true }, update: { jit_default_role: "member" } },
});

import type { Seed } from "../../src/emulator";
import { today } from "../support/organization";
import { groups, here, projects, type Found, type Holding, type Settings, type Side } from "./pair";

/* Pairs as parts of one organization, each in names and ids of its own. */

type Block = Readonly<Record<string, unknown>>;
/** Blocks by type and name, as both hosts read them. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Block>>>>;

const email = (slice: number, person: string): string => `${person}@s${slice}.agency`;
const groupId = (slice: number): number => 1000 + slice;
const projectId = (slice: number, project: string): number =>
  100_000 + 10 * slice + projects.indexOf(project as (typeof projects)[number]);
const isGroup = (holder: string): boolean => (groups as readonly string[]).includes(holder);

/** Which slice a text is about, by the names in it. */
export function sliceIn(text: string): number | undefined {
  const [, slice] = /(?:@|\b)s(\d+)(?:\.agency|[- _])/.exec(text) ?? [];
  return slice === undefined ? undefined : Number(slice);
}

/** The organization that all slices are parts of. */
export function seedOf(slices: readonly Found[]): Seed {
  return {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: today,
    credentials: {
      scimKey: "scim-us-acme",
      orgApiKey: "org-us-acme",
      orgSecretKey: "secret-us-acme",
      token: "token-us-acme",
    },
    people: [
      { email: "tom@acme.com", organizationRole: "owner" },
      { email: "priya@acme.com", organizationRole: "admin" },
      ...slices.flatMap((_, slice) => here.map((person) => ({ email: email(slice, person) }))),
    ],
    groups: slices.map(({ members }, slice) => ({
      id: groupId(slice),
      name: `s${slice}-old`,
      members: members.map((person) => email(slice, person)),
    })),
    projects: slices.flatMap((_, slice) =>
      ["Web", "App"].map((name) => ({
        id: projectId(slice, name),
        name: `s${slice} ${name}`,
        addOns: ["experiment" as const],
      })),
    ),
    assignments: slices.flatMap(({ grants }, slice) =>
      grants.map(({ holder, project, gives }) => ({
        principalType: isGroup(holder) ? ("group" as const) : ("user" as const),
        principal: isGroup(holder) ? groupId(slice) : email(slice, holder),
        project: projectId(slice, project),
        role: gives,
      })),
    ),
    properties: slices.map((_, slice) => ({
      project: projectId(slice, "Web"),
      type: "user" as const,
      name: "gp:email",
    })),
    switches: { management: "served" },
  };
}

/** What the stacks of all slices say together. */
export function resourcesOf(sides: readonly Side[], settings: Settings): Resources {
  const all: Record<string, Record<string, Block>> = {};
  if (settings !== undefined) all["amplitude_organization"] = { it: organizationBlock(settings) };
  for (const [slice, side] of sides.entries()) {
    for (const [address, block] of blocks(slice, side)) {
      const [type = "", name = ""] = address.split(".");
      (all[type] ??= {})[name] = block;
    }
  }
  return all;
}

function organizationBlock({ sso, jit, mfa, ranges }: NonNullable<Settings>): Block {
  return {
    org_id: "7",
    deletion_protection: false,
    sso_enforced: sso,
    jit_default_role: jit,
    mfa_required: mfa,
    // An allowlist must let in where applies run.
    ...(ranges === undefined ? {} : { ip_allowlist: ranges, runner_addresses: runnersIn(ranges) }),
  };
}

const runnersIn = (ranges: readonly string[]): string[] =>
  ranges.slice(0, 1).map((range) => range.replace(/0\/\d+$/, "9"));

function* blocks(slice: number, side: Side): Iterable<readonly [string, Block]> {
  const local = (name: string): string => `s${slice}_${name}`;
  const address = (person: string): string => email(slice, person);
  const reference = (group: string): string =>
    group === "old" ? String(groupId(slice)) : `\${amplitude_group.${local(group)}.id}`;
  // As the constructs do: whoever is invited comes before what names them.
  const after = (...people: readonly string[]): Block => {
    const lines = Object.entries(side.users).filter(([, { who }]) => people.includes(who));
    return lines.length === 0
      ? {}
      : { depends_on: lines.map(([slot]) => `amplitude_user.${local(slot)}`).sort() };
  };
  const held = ({ holder, project }: Holding): Block => ({
    principal_type: isGroup(holder) ? "group" : "user",
    principal: isGroup(holder) ? reference(holder) : address(holder),
    project_id:
      project === "Lab" ? `\${amplitude_project.${local("lab")}.id}` : String(projectId(slice, project)),
    ...after(holder),
  });

  for (const [slot, { who, name }] of Object.entries(side.users))
    yield [
      `amplitude_user.${local(slot)}`,
      {
        email: address(who),
        ...(name === null ? {} : { given_name: name }),
        lifecycle: { create_before_destroy: true },
      },
    ];
  for (const person of side.leavers)
    yield [`amplitude_leaver.${local(person)}`, { email: address(person), left_on: "2026-11-20" }];
  for (const [group, { name, members }] of Object.entries(side.groups))
    yield [
      `amplitude_group.${local(group)}`,
      {
        name: `s${slice}-${name}`,
        ...(members === undefined ? {} : { members: members.map(address) }),
        deletion_protection: false,
        ...after(...(members ?? [])),
      },
    ];
  for (const [slot, [group, person]] of Object.entries(side.memberships))
    yield [
      `amplitude_group_membership.${local(slot)}`,
      { group_id: reference(group), email: address(person), ...after(person) },
    ];
  for (const [slot, grant] of Object.entries(side.grants))
    yield [`amplitude_project_role_assignment.${local(slot)}`, { role: grant.gives, ...held(grant) }];
  for (const [slot, grant] of Object.entries(side.modules))
    yield [`amplitude_module_grant.${local(slot)}`, { module: grant.gives, ...held(grant) }];
  for (const [person, role] of Object.entries(side.roles))
    yield [
      `amplitude_organization_role.${local(person)}`,
      { email: address(person), role, ...after(person) },
    ];
  if (side.lab !== undefined)
    yield [
      `amplitude_project.${local("lab")}`,
      {
        name: `s${slice} ${side.lab.name}`,
        environment: side.lab.environment,
        deletion_protection: false,
      },
    ];
  const web = { project_id: String(projectId(slice, "Web")) };
  if (side.key !== undefined)
    yield [
      `amplitude_api_key.${local("key")}`,
      { ...web, key_type: "secret", label: `s${slice} ${side.key}`, generation: 1, value_in_state: true },
    ];
  if (side.hidden !== undefined)
    yield [
      `amplitude_property_visibility.${local("email")}`,
      { ...web, property_type: "user", name: "gp:email", hidden: side.hidden },
    ];
}

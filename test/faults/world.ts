import * as fc from "fast-check";
import type { Seed } from "../../src/emulator";
import { today } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/* Two organizations of few people, close enough to each other that most steps between them meet. */

export const people = ["ana", "jo", "kim", "lee"].map((name) => `${name}@nova.agency`);
export const projects = ["Web", "App"] as const;
const TOM = "tom@acme.com";
const PRIYA = "priya@acme.com";
const ANA = "ana@nova.agency";
/** A group that only the identity provider writes. */
export const IDP_GROUP = "okta-nova";
const GROUPS = ["analysts", "builders"] as const;
const HOLDERS = [...GROUPS, IDP_GROUP];

/** How everything is, or is to be. */
export interface Side {
  readonly present: readonly string[];
  /** A group that is left out is not there. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** `analysts Web` or `ana@nova.agency Web`: the name of a role. */
  readonly grants: Readonly<Record<string, string>>;
  readonly admins: readonly string[];
  /** Holders of a module on Web, the data manager of Govern: `analysts` or an address. */
  readonly modules: readonly string[];
}

export interface World {
  readonly before: Side;
  readonly after: Side;
  /** Whoever goes has a line that says so; else their lines are deleted. */
  readonly leaverLines: boolean;
  /** The role on App that the identity provider sets for its people. */
  readonly mapped: string | undefined;
  readonly deprovisions: boolean;
  /** Single sign-on is enforced at the end, for which everybody is in the identity provider's group. */
  readonly sso: boolean;
  /** People and administrators have a stack of their own. */
  readonly apart: boolean;
  /** A grant that goes is not deleted from the stack: it has ended. */
  readonly ends: boolean;
  /** Whether there is a token of the Developer API; without it projects are read where they are managed. */
  readonly token: boolean;
  readonly minimum: number;
  readonly maximumRemovals: number | undefined;
  readonly maximumInvitations: number | undefined;
}

const role = fc.constantFrom("Viewer", "Member", "Manager", "Auditor");
function sides(mostProvided: number) {
  return fc.record({
    present: fc.subarray(people, { minLength: 2 }),
    groups: fc.tuple(...GROUPS.map(() => fc.option(fc.subarray(people), { nil: undefined, freq: 6 }))),
    provided: fc.subarray(people, { maxLength: mostProvided }),
    held: fc.array(fc.tuple(fc.constantFrom(...HOLDERS), fc.constantFrom(...projects), role), {
      maxLength: 4,
    }),
    direct: fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...projects), role), {
      maxLength: 2,
    }),
    admins: fc.subarray([PRIYA, ANA]),
    modules: fc.option(fc.subarray([...HOLDERS, ...people], { maxLength: 2 }), { nil: [], freq: 1 }),
  });
}
type Drawn = ReturnType<typeof sides> extends fc.Arbitrary<infer T> ? T : never;

/** Worlds with an identity provider that has somebody to give or to take, or without. */
export const provided: fc.Arbitrary<World> = worlds(2);
export const unprovided: fc.Arbitrary<World> = worlds(0);

function worlds(mostProvided: number): fc.Arbitrary<World> {
  return fc
    .record({
      sides: fc.tuple(sides(mostProvided), sides(mostProvided)),
      leaverLines: fc.boolean(),
      mapped: fc.option(fc.constantFrom("Viewer", "Member"), { nil: undefined, freq: 2 }),
      deprovisions: fc.boolean(),
      sso: fc.boolean().map((sso) => sso && mostProvided > 0),
      apart: fc.boolean(),
      ends: fc.boolean(),
      token: fc.constantFrom(true, false, false),
      minimum: fc.constantFrom(1, 2),
      maximumRemovals: fc.option(fc.constant(1), { nil: undefined }),
      maximumInvitations: fc.option(fc.constant(1), { nil: undefined }),
    })
    .map(({ sides: [first, second], minimum, ...drawn }) => {
      // What a mapping sets for administrators would be on no side.
      const rest = drawn.sso ? { ...drawn, mapped: undefined } : drawn;
      // Who stays must keep a group of a provider that deprovisions; whom it provides has what it maps and nothing else there.
      const kept = rest.deprovisions ? first.provided.filter((email) => first.present.includes(email)) : [];
      const provided = new Set([...first.provided, ...(rest.sso ? second.present : second.provided)]);
      const isMapped = (email: string, project: string): boolean =>
        rest.mapped !== undefined && project === "App" && provided.has(email);
      const both = new Set(first.present.filter((email) => second.present.includes(email)));
      const made = (drawn: Drawn): Side => sideOf(drawn, isMapped, both, rest.sso ? [TOM, PRIYA] : []);
      const before = made(first);
      const after = made({
        ...second,
        provided: rest.sso ? second.present : [...new Set([...second.provided, ...kept])],
      });
      const enough = Math.min(minimum, 1 + before.admins.length, 1 + after.admins.length);
      return { ...rest, before, after, minimum: enough };
    });
}

function sideOf(
  { present, groups, provided, held, direct, admins, modules }: Drawn,
  isMapped: (email: string, project: string) => boolean,
  staying: ReadonlySet<string>,
  always: readonly string[],
): Side {
  const here = (emails: readonly string[]): string[] => emails.filter((email) => present.includes(email));
  const named = GROUPS.flatMap((name, index) => {
    const members = groups[index];
    return members === undefined ? [] : [[name, here(members)] as const];
  });
  const all = Object.fromEntries([...named, [IDP_GROUP, [...always, ...here(provided)]] as const]);
  const grants = [...held, ...direct].flatMap(([holder, project, name]) =>
    (all[holder] === undefined && !present.includes(holder)) || isMapped(holder, project)
      ? []
      : [[`${holder} ${project}`, name]],
  );
  return {
    present,
    groups: all,
    grants: Object.fromEntries(grants) as Record<string, string>,
    admins: admins.filter((email) => email === PRIYA || staying.has(email)),
    modules: modules.filter((holder) => all[holder] !== undefined || present.includes(holder)),
  };
}

/** What the identity provider has. */
export function providerOf({ deprovisions, mapped }: World, members: readonly string[]) {
  return {
    name: "okta",
    deprovisions,
    groups: [
      {
        name: IDP_GROUP,
        members: [...members],
        ...(mapped === undefined ? {} : { mapping: { projectRoles: { App: mapped } } }),
      },
    ],
  };
}

/** An organization that is as a side says. */
export function seedOf(world: World, { present, groups, grants, admins, modules }: Side): Seed {
  const names = Object.keys(groups);
  // What a mapping has set stays when the identity provider takes somebody out.
  const earlier = present === world.after.present ? (world.before.groups[IDP_GROUP] ?? []) : [];
  const mapped = [...new Set([...(groups[IDP_GROUP] ?? []), ...earlier])].flatMap((email) =>
    world.mapped === undefined || !present.includes(email) ? [] : [[`${email} App`, world.mapped] as const],
  );
  return {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: today,
    people: [
      { email: TOM, organizationRole: "owner" },
      ...[PRIYA, ...present].map((email) => ({
        email,
        organizationRole: admins.includes(email) ? ("admin" as const) : ("member" as const),
      })),
    ],
    groups: names.map((name, index) => ({ id: 601 + index, name, members: [...(groups[name] ?? [])] })),
    projects: projects.map((name, index) => ({ id: 501 + index, name, addOns: ["govern"] })),
    settings: { ssoEnforced: world.sso && present === world.after.present },
    modules: modules.map((holder) => ({
      principalType: holder.includes("@") ? ("user" as const) : ("group" as const),
      principal: holder.includes("@") ? holder : 601 + names.indexOf(holder),
      project: 501,
      module: "govern_data_manager" as const,
    })),
    roles: [{ id: "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c00", name: "Auditor" }],
    assignments: [...mapped, ...Object.entries(grants)].map(([place, name]) => {
      const [principal = "", project = ""] = place.split(" ");
      const principalType = principal.includes("@") ? ("user" as const) : ("group" as const);
      return { principalType, principal, project: project === "Web" ? 501 : 502, role: name };
    }),
    identityProvider: providerOf(world, groups[IDP_GROUP] ?? []),
    switches: { management: "served" },
  };
}

/** A stack that says what a side says. */
export function stackOf(world: World, side: Side, goes: readonly string[] = []): StackContent[] {
  const { present, groups, grants, admins, modules } = side;
  const resources: Record<string, Record<string, unknown>> = {};
  const others: Record<string, Record<string, unknown>> = {};
  const isEnd = side === world.after;
  if (world.sso) others["amplitude_organization.acme"] = { org_id: "7", sso_enforced: isEnd };
  const local = (text: string): string => text.replace(/\W/g, "_");
  for (const email of present) others[`amplitude_user.${local(email)}`] = { email };
  for (const email of world.leaverLines ? goes : [])
    others[`amplitude_leaver.${local(email)}`] = { email, left_on: "2026-11-20" };
  for (const [name, members] of Object.entries(groups))
    resources[`${typeOf(name)}.${local(name)}`] =
      name === IDP_GROUP
        ? {
            name,
            expected_members: members,
            deprovisions: world.deprovisions,
            ...(world.mapped === undefined ? {} : { maps_project_roles: { App: world.mapped } }),
          }
        : { name, members };
  const ended = Object.entries(isEnd && world.ends ? world.before.grants : {}).filter(
    ([place]) => grants[place] === undefined && isHere(place.split(" ")[0] ?? "", side),
  );
  for (const [place, name] of [...Object.entries(grants), ...ended]) {
    const [holder = "", project = ""] = place.split(" ");
    const isPerson = holder.includes("@");
    resources[`amplitude_project_role_assignment.${local(place)}`] = {
      principal_type: isPerson ? "user" : "group",
      principal: isPerson ? holder : `\${${typeOf(holder)}.${local(holder)}.id}`,
      project_id: project === "Web" ? "501" : "502",
      role: name,
      ...(grants[place] === undefined ? { expires_at: "2026-11-22" } : {}),
    };
  }
  for (const holder of modules) {
    const isPerson = holder.includes("@");
    resources[`amplitude_module_grant.${local(holder)}`] = {
      principal_type: isPerson ? "user" : "group",
      principal: isPerson ? holder : `\${${typeOf(holder)}.${local(holder)}.id}`,
      project_id: "501",
      module: "govern_data_manager",
    };
  }
  const ranked = [
    PRIYA,
    ...(world.before.present.includes(ANA) && world.after.present.includes(ANA) ? [ANA] : []),
  ];
  for (const email of ranked)
    others[`amplitude_organization_role.${local(email)}`] = {
      email,
      role: admins.includes(email) ? "admin" : "member",
    };
  const { minimum, maximumRemovals, maximumInvitations } = world;
  const provider = {
    break_glass: [TOM],
    minimum_admins: minimum,
    ...(maximumRemovals === undefined ? {} : { maximum_removals: maximumRemovals }),
    ...(maximumInvitations === undefined ? {} : { maximum_invitations: maximumInvitations }),
  };
  return world.apart
    ? [
        { provider, resources },
        { name: "people", provider, resources: others },
      ]
    : [{ provider, resources: { ...others, ...resources } }];
}

const isHere = (holder: string, { present, groups }: Side): boolean =>
  present.includes(holder) || groups[holder] !== undefined;

const typeOf = (group: string): string => (group === IDP_GROUP ? "amplitude_idp_group" : "amplitude_group");

/** Who is there before and is not to be there after. */
export function going({ before, after }: World): string[] {
  return before.present.filter((email) => !after.present.includes(email));
}

import * as fc from "fast-check";

/*
 * One slice of an organization that nothing else touches: a few people, groups and projects of its own, and two stacks about them.
 * Slices are independent, so that many pairs are tried in one run of terraform.
 */

/** p: here from the beginning. n: invited by a line of their own. v: invited by a group alone. */
export const here = ["p1", "p2", "p3"] as const;
export const lined = ["n1", "n2"] as const;
export const drawn = [...here, ...lined, "v1"] as const;
export type Person = (typeof drawn)[number];
export const slots = ["a", "b", "c"] as const;
export type Slot = (typeof slots)[number];
/** `old` is there from the beginning, and no stack declares it. */
export const groups = ["eng", "ops", "old"] as const;
export type GroupName = (typeof groups)[number];
export const projects = ["Web", "App", "Lab"] as const;
/** `Lab` is a project of the stack itself. */
export type ProjectName = (typeof projects)[number];

export interface Holding {
  readonly holder: Person | GroupName;
  readonly project: ProjectName;
  /** A role on the project, or a module. */
  readonly gives: string;
}

/** What one stack says. */
export interface Side {
  /** Who is invited, by address, with the given name; null: none is declared. */
  readonly users: Readonly<Partial<Record<Slot, { readonly who: Person; readonly name: string | null }>>>;
  readonly leavers: readonly Person[];
  readonly groups: Readonly<Partial<Record<GroupName, { name: string; members?: readonly Person[] }>>>;
  readonly memberships: Readonly<Partial<Record<Slot, readonly [GroupName, Person]>>>;
  readonly grants: Readonly<Partial<Record<Slot, Holding>>>;
  readonly modules: Readonly<Partial<Record<Slot, Holding>>>;
  readonly roles: Readonly<Partial<Record<Person, string>>>;
  readonly lab?: { readonly name: string; readonly environment: string };
  /** Label of a key. */
  readonly key?: string;
  readonly hidden?: boolean;
}

/** What is there before any stack is. */
export interface Found {
  readonly members: readonly Person[];
  readonly grants: readonly Holding[];
}

export interface Pair {
  readonly found: Found;
  readonly before: Side;
  readonly after: Side;
}

/** What one stack says of the organization as a whole: one line, which no slice can have for itself. undefined: there is none. */
export type Settings =
  | {
      readonly sso?: boolean;
      readonly jit?: string;
      readonly mfa?: boolean;
      readonly ranges?: readonly string[];
    }
  | undefined;

export interface SettingsPair {
  readonly before: Settings;
  readonly after: Settings;
}

export const nothing: Side = {
  users: {},
  leavers: [],
  groups: {},
  memberships: {},
  grants: {},
  modules: {},
  roles: {},
};
export const unfound: Found = { members: [], grants: [] };

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 3): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq });
const person = fc.constantFrom(...drawn);
const group = fc.constantFrom(...groups);
const role = fc.constantFrom("Viewer", "Member", "Manager");
const holding = (gives: fc.Arbitrary<string>, on: readonly ProjectName[]): fc.Arbitrary<Holding> =>
  fc.record({ holder: fc.oneof(person, group), project: fc.constantFrom(...on), gives });
const bySlot = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.record({ a: arbitrary, b: arbitrary, c: arbitrary }, { requiredKeys: [] });
const written = (name: GroupName) =>
  fc.record(
    { name: fc.constantFrom<string>(name, name, `${name}-too`), members: fc.subarray([...drawn]) },
    { requiredKeys: ["name"] },
  );

const side: fc.Arbitrary<Side> = fc
  .record({
    users: bySlot(
      fc.record({ who: fc.constantFrom<Person>(...lined), name: fc.constantFrom("Ann", "Bea", null) }),
    ),
    leavers: fc.subarray<Person>(["p3", "n1"]),
    groups: fc.record({ eng: written("eng"), ops: written("ops") }, { requiredKeys: [] }),
    memberships: bySlot(fc.tuple(group, person)),
    grants: bySlot(holding(role, projects)),
    modules: bySlot(holding(fc.constantFrom("experiment_admin", "experiment_analyst"), ["Web", "App"])),
    roles: fc.record(
      Object.fromEntries(
        [...here, ...lined].map((name) => [name, fc.constantFrom("viewer", "manager", "member")] as const),
      ),
      { requiredKeys: [] },
    ),
    lab: maybe(
      fc.record({
        name: fc.constantFrom("Lab", "Lab too"),
        environment: fc.constantFrom("staging", "development"),
      }),
    ),
    key: maybe(fc.constantFrom("sync", "sync too"), 2),
    hidden: maybe(fc.boolean(), 2),
  })
  .map(({ lab, key, hidden, ...rest }) => ({
    ...rest,
    ...(lab === undefined ? {} : { lab }),
    ...(key === undefined ? {} : { key }),
    ...(hidden === undefined ? {} : { hidden }),
  }));

const found: fc.Arbitrary<Found> = fc.record({
  members: fc.subarray<Person>([...here]),
  grants: fc.array(
    fc.record({
      holder: fc.constantFrom<Holding["holder"]>("p1", "p3", "old"),
      project: fc.constantFrom<ProjectName>("Web", "App"),
      gives: role,
    }),
    { maxLength: 2 },
  ),
});

/** Two stacks, one after the other, that each could be applied. */
export const pair: fc.Arbitrary<Pair> = fc
  .record({ found, before: side, after: side })
  .map(({ found: drawnFound, before: first, after: second }) => {
    const there = { ...drawnFound, grants: unique(drawnFound.grants) };
    const before = possible(first, there);
    return { found: there, before, after: possible(second, there, before) };
  });

const line: fc.Arbitrary<Settings> = maybe(
  fc.record(
    {
      // Enforcing it is for the command line alone to block, until somebody says who can log in.
      sso: fc.constant(false),
      jit: fc.constantFrom("viewer", "member", "no_access"),
      mfa: fc.boolean(),
      ranges: fc.subarray(["127.0.0.0/8", "203.0.113.0/24", "198.51.100.0/24"]),
    },
    { requiredKeys: [] },
  ),
  4,
);

export const settingsPair: fc.Arbitrary<SettingsPair> = fc.record({ before: line, after: line });

const place = ({ holder, project }: Holding): string => `${holder} ${project}`;
const unique = (holdings: readonly Holding[]): Holding[] => [
  ...new Map(holdings.map((each) => [place(each), each])).values(),
];

/**
 * What of a stack can be: it names nobody who is not there, and nothing that something else than itself made, which terraform would have to
 * import. An address is about the same thing on both sides, or about a thing that is new.
 */
function possible(drawnSide: Side, found: Found, before: Side = nothing): Side {
  const { leavers, groups: declared } = drawnSide;
  const users = kept(
    drawnSide.users,
    before.users,
    ({ who }) => who,
    ({ who }) => !leavers.includes(who),
  );
  const invited = new Set(Object.values(users).map(({ who }) => who));
  const isHere = (name: Person): boolean =>
    name === "v1" || (here as readonly Person[]).includes(name)
      ? !leavers.includes(name) && !before.leavers.includes(name)
      : invited.has(name);
  const isThere = (name: GroupName): boolean => name === "old" || declared[name] !== undefined;
  const holds = ({ holder, project }: Holding): boolean =>
    (project !== "Lab" || drawnSide.lab !== undefined) &&
    ((groups as readonly string[]).includes(holder)
      ? isThere(holder as GroupName)
      : holder !== "v1" && isHere(holder as Person));
  const wasMember = (name: GroupName, who: Person): boolean =>
    name === "old" ? found.members.includes(who) : (before.groups[name]?.members?.includes(who) ?? false);
  const given = new Set(found.grants.map(place));
  return {
    ...drawnSide,
    users,
    groups: Object.fromEntries(
      Object.entries(declared).map(([name, { members, ...rest }]) => [
        name,
        { ...rest, ...(members === undefined ? {} : { members: members.filter(isHere) }) },
      ]),
    ),
    memberships: kept(
      drawnSide.memberships,
      before.memberships,
      (each) => each.join(),
      ([name, who]) =>
        isHere(who) && isThere(name) && declared[name]?.members === undefined && !wasMember(name, who),
    ),
    grants: kept(drawnSide.grants, before.grants, place, (each) => holds(each) && !given.has(place(each))),
    modules: kept(drawnSide.modules, before.modules, place, holds),
    roles: Object.fromEntries(Object.entries(drawnSide.roles).filter(([who]) => isHere(who as Person))),
  };
}

type BySlot<T> = Readonly<Partial<Record<Slot, T>>>;

/** What can be, each thing under one address, and under none that is not the one it had before. */
function kept<T>(
  of: BySlot<T>,
  before: BySlot<T>,
  keyOf: (each: T) => string,
  can: (each: T) => boolean = () => true,
): BySlot<T> {
  const taken = new Set<string>();
  return Object.fromEntries(
    slots.flatMap((slot) => {
      const each = of[slot];
      if (each === undefined || !can(each)) return [];
      const key = keyOf(each);
      const elsewhere = slots.some((other) => {
        const earlier = before[other];
        return other !== slot && earlier !== undefined && keyOf(earlier) === key;
      });
      if (elsewhere || taken.has(key)) return [];
      taken.add(key);
      return [[slot, each] as const];
    }),
  );
}

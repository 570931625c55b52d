import * as fc from "fast-check";
import { ANA, GROUPS, IDP_GROUP, LAB, people, PRIYA, TOM, type Side, type World } from "./world";

const HOLDERS = [...GROUPS, IDP_GROUP];
const PROJECTS = ["Web", "Web", "App", "App", LAB];

const role = fc.constantFrom("Viewer", "Member", "Manager", "Auditor");
const keys = fc.dictionary(fc.constantFrom("sync", "etl"), fc.constantFrom(1, 2), { maxKeys: 2 });

function sides(mostProvided: number) {
  return fc.record({
    present: fc.subarray(people, { minLength: 2 }),
    groups: fc.tuple(...GROUPS.map(() => fc.option(fc.subarray(people), { nil: undefined, freq: 6 }))),
    provided: fc.subarray(people, { maxLength: mostProvided }),
    held: fc.array(fc.tuple(fc.constantFrom(...HOLDERS), fc.constantFrom(...PROJECTS), role), {
      maxLength: 4,
    }),
    direct: fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...PROJECTS), role), {
      maxLength: 2,
    }),
    admins: fc.subarray([PRIYA, ANA]),
    modules: fc.option(fc.subarray([...HOLDERS, ...people], { maxLength: 2 }), { nil: [], freq: 1 }),
    lab: fc.constantFrom("absent", "absent", "open", "archived"),
    keys: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: keys }),
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
      visited: fc.boolean(),
      knowers: fc.subarray(people, { maxLength: 2 }),
      mapped: fc.option(fc.constantFrom("Viewer", "Member"), { nil: undefined, freq: 2 }),
      deprovisions: fc.boolean(),
      forgets: fc.constantFrom(true, false, false, false, false),
      sso: fc.boolean().map((sso) => sso && mostProvided > 0),
      apart: fc.boolean(),
      ends: fc.boolean(),
      token: fc.constantFrom(true, false, false),
      minimum: fc.constantFrom(1, 2),
      maximumRemovals: fc.option(fc.constant(1), { nil: undefined }),
      maximumInvitations: fc.option(fc.constant(1), { nil: undefined }),
    })
    .map(({ sides: [first, second], minimum, forgets, ...drawn }) => {
      // What a mapping sets for administrators would be on no side.
      const rest = drawn.sso ? { ...drawn, mapped: undefined } : drawn;
      // Who stays must keep a group of a provider that deprovisions; whom it provides has what it maps and nothing else there.
      const last = rest.deprovisions ? first.provided.filter((email) => first.present.includes(email)) : [];
      // Unless the stack forgets that: then it is refused, and the provider keeps them.
      const kept = forgets && !rest.sso ? [] : last;
      const refused = last.filter(
        (email) =>
          !kept.includes(email) && second.present.includes(email) && !second.provided.includes(email),
      );
      const provided = new Set([...first.provided, ...(rest.sso ? second.present : second.provided)]);
      const isMapped = (email: string, project: string): boolean =>
        rest.mapped !== undefined && project === "App" && provided.has(email);
      const both = new Set(first.present.filter((email) => second.present.includes(email)));
      const made = (drawn: Drawn): Side => sideOf(drawn, isMapped, both, rest.sso ? [TOM, PRIYA] : []);
      const before = made(first);
      // Whoever takes a project's line away archives it.
      const gone = first.lab === "absent" ? "absent" : "archived";
      const after = made({
        ...second,
        lab: second.lab === "open" ? "open" : gone,
        // Generations only rise.
        keys: raised(first.keys, second.keys),
        provided: rest.sso ? second.present : [...new Set([...second.provided, ...kept])],
      });
      const enough = Math.min(minimum, 1 + before.admins.length, 1 + after.admins.length);
      return { ...rest, ...(refused.length === 0 ? {} : { kept: refused }), before, after, minimum: enough };
    });
}

function raised(first: Side["keys"], second: Side["keys"]): Side["keys"] {
  return Object.fromEntries(
    Object.entries(second).map(([label, generation]) => [label, Math.max(generation, first[label] ?? 1)]),
  );
}

function sideOf(
  { present, groups, provided, held, direct, admins, modules, lab, keys }: Drawn,
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
    (all[holder] === undefined && !present.includes(holder)) ||
    isMapped(holder, project) ||
    (project === LAB && lab !== "open")
      ? []
      : [[`${holder} ${project}`, name]],
  );
  return {
    present,
    groups: all,
    grants: Object.fromEntries(grants) as Record<string, string>,
    admins: admins.filter((email) => email === PRIYA || staying.has(email)),
    modules: modules.filter((holder) => all[holder] !== undefined || present.includes(holder)),
    lab,
    keys,
  };
}

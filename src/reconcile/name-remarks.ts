import { attributesOf } from "../lifecycle";
import { canonicalName } from "../schema";
import { nameRemarks, type NamedThing } from "../schema/look-alike";
import type { Kind, Lookup, Snapshot } from "../resources";
import type { Desired } from "./desired/desired";
import type { EvaluatedLookup } from "./desired/evaluate";
import type { Instance } from "./instance";

/** What a reader of the plan does not see in the names of stacks and of the organization. Nothing is decided by it. */
export function planNameRemarks(
  desired: Pick<Desired, "stacks">,
  instances: readonly Instance[],
  lookups: readonly EvaluatedLookup[],
  snapshot: Snapshot,
): string[] {
  const declared = distinct([...instances.flatMap(namesIn), ...lookedUp(desired)]);
  const live = liveNames(snapshot);
  // What is the same object by its id is no other one that looks alike.
  const renamed = new Map([...instances.flatMap(renamedNames), ...lookups.flatMap(renamedLookup)]);
  const others = live.map(({ what, name }) => ({
    what,
    name: renamed.get(`${what} ${canonicalName(name)}`) ?? name,
  }));
  return [...nameRemarks(declared, others), ...spelledOtherwise(declared, live)];
}

/** The name that Amplitude shows, to the declared one. */
type RenamedName = readonly [shown: string, declared: string];

function renamedNames({ declaration: { kind }, config, identity }: Instance): RenamedName[] {
  if (identity.answer !== "renamed") return [];
  return kind.key.flatMap((attribute): RenamedName[] => {
    const [shown, declared] = [identity.shown[attribute], config[attribute]];
    if (typeof shown !== "string" || typeof declared !== "string") return [];
    return [[`${whatOf(kind)} ${canonicalName(shown)}`, declared]];
  });
}

function renamedLookup({ declaration: { lookup }, name, identity }: EvaluatedLookup): RenamedName[] {
  if (identity.answer !== "renamed") return [];
  return [[`${whatIsLookedUp(lookup)} ${canonicalName(String(identity.shown[lookup.by]))}`, name]];
}

const whatIsLookedUp = ({ by, type }: Lookup): string =>
  by === "email" ? "person" : type.replace(/^[^_]+_/, "");

/** A name is declared as often as a line uses it, and looked at once. */
function distinct(things: readonly NamedThing[]): NamedThing[] {
  return [...new Map(things.map((thing) => [`${thing.what} ${thing.name}`, thing])).values()];
}

/** What a kind's objects are called in a sentence. */
function whatOf(kind: Kind): string {
  if (kind.referent !== undefined) return kind.referent;
  return kind.group === undefined ? kind.type.replace(/^[^_]+_/, "").replaceAll("_", " ") : "group";
}

function namesIn({ declaration: { kind }, config, naming }: Instance): NamedThing[] {
  const people = [...naming.present, ...naming.absent].map((name) => ({ what: "person", name }));
  const names = attributesOf(kind).flatMap(([attribute, { type }]): NamedThing[] => {
    const name = config[attribute];
    if (typeof name !== "string") return [];
    if (type.name === "role") return [{ what: "role", name }];
    return type.name === "name" && kind.key.includes(attribute) ? [{ what: whatOf(kind), name }] : [];
  });
  return [...people, ...names];
}

function lookedUp({ stacks }: Pick<Desired, "stacks">): NamedThing[] {
  return stacks
    .flatMap(({ lookups }) => lookups)
    .flatMap(({ lookup, raw }) => {
      const name = raw[lookup.by];
      if (typeof name !== "string") return [];
      return [{ what: whatIsLookedUp(lookup), name }];
    });
}

function liveNames(snapshot: Snapshot): NamedThing[] {
  const named = (what: string, rows: readonly { readonly name: string }[] = []): NamedThing[] =>
    rows.map(({ name }) => ({ what, name }));
  return [
    ...named("group", snapshot.groups),
    ...named("project", snapshot.projects),
    ...named("project", snapshot.managedProjects),
    ...named("role", snapshot.roles),
    ...(snapshot.keys ?? []).map(({ label }) => ({ what: "api key", name: label })),
    ...(snapshot.people ?? []).map(({ email }) => ({ what: "person", name: email })),
  ];
}

/** What Amplitude writes with blanks or in another form of Unicode, and is the same all the same. */
function spelledOtherwise(declared: readonly NamedThing[], live: readonly NamedThing[]): string[] {
  const unlike = live.filter(({ name }) => canonicalName(name) !== name);
  if (unlike.length === 0) return [];
  const own = new Set(declared.map(({ what, name }) => `${what} ${canonicalName(name)}`));
  const odd = unlike.filter(({ what, name }) => own.has(`${what} ${canonicalName(name)}`));
  return [
    ...new Set(
      odd.map(
        ({ what, name }) =>
          `Amplitude spells the ${what} ${JSON.stringify(canonicalName(name))} with outer blanks or in another form of Unicode: it is the same one, and nothing needs to change.`,
      ),
    ),
  ];
}

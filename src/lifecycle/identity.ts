import type { Organization } from "../access";
import type { Family } from "../api";
import type { Kind, Lookup } from "../resources";
import { DiagnosticError, type Attribute } from "../schema";
import type { Values } from "./compare";
import { keyOf } from "./key";
import { idsReferredTo } from "./references";
import { isReadable, wasRead } from "./support";

/**
 * What the live object of a declaration, a reference or a state entry is:
 *
 * - `present`: it is there, under the key by which code knows it.
 * - `renamed`: the same id has another key, by somebody else's hand.
 * - `re-made`: the same key has another id; the object of the id that code knows is gone.
 * - `archived`: it is archived, or it is of an archived project: kept, and not in effect.
 * - `hidden`: others refer to its id, and the list of its like lacks it.
 * - `gone`: nothing is there: it was taken away, or was never made.
 * - `unknown`: nobody could read whether it is there.
 */
export type Identity =
  | { readonly answer: "present"; readonly state: Values }
  | {
      readonly answer: "renamed";
      /** Where code cannot rename it back, under the key that is declared: nothing is planned for what nobody can do. */
      readonly state: Values;
      /** As Amplitude shows it now. */
      readonly shown: Values;
      /** Id of another object that has the declared name by now. */
      readonly namesakeId?: string;
    }
  | { readonly answer: "re-made"; readonly state: Values; readonly goneId: string }
  | { readonly answer: "archived"; readonly state: Values | undefined; readonly projectId: string }
  | { readonly answer: "hidden"; readonly id: string }
  | { readonly answer: "gone" }
  | { readonly answer: "unknown" };

export type IdentityAnswer = Identity["answer"];

/** What code knows of an object from before: an entry of the state. */
export interface KnownObject {
  /** Amplitude's id, where the object has one. */
  readonly id?: string | undefined;
  /** The declaration last in effect. */
  readonly config?: Values;
}

/** What the look-up looks at beside the declaration. */
export interface IdentityContext {
  readonly live: Organization;
  readonly known?: KnownObject | undefined;
  /** Families that answered. Left out: all that the kind needs. */
  readonly families?: ReadonlySet<Family>;
}

/**
 * The one look-up of a live object, for both hosts: nothing else asks a kind to find one.
 *
 * @param config what is declared, references followed; or the entry's own declaration
 * @throws DiagnosticError when the key matches two live objects
 */
export function identify(kind: Kind, config: Values, context: IdentityContext): Identity {
  const { live, known, families } = context;
  if ((families !== undefined && !isReadable(kind, families)) || !wasRead(kind, config, live))
    return { answer: "unknown" };
  const found = foundBy(kind, config, context);
  const projectId = archivedProject(kind, config, found?.state, live);
  if (projectId !== undefined) return { answer: "archived", state: found?.state, projectId };
  if (found !== undefined) return found;
  const id = known?.id;
  // Its own row may be the one that is not understood.
  if (id !== undefined && live.isMentioned(id)) return { answer: "unknown" };
  return id !== undefined && kind.isReferredTo?.(live, id) === true
    ? { answer: "hidden", id }
    : { answer: "gone" };
}

/** What a lookup found before, under the name that it says. */
export interface KnownReference {
  readonly name: string;
  readonly id: string;
}

/**
 * The same for a lookup. What it found before is found by its id, whatever it is called by now: a name that moves from one object to
 * another does not move what the stack says of it.
 *
 * @throws DiagnosticError when two live objects have the name
 */
export function identifyReference(
  lookup: Lookup,
  config: Values,
  { live, known }: { readonly live: Organization; readonly known?: KnownReference | undefined },
): Identity {
  const value = String(config[lookup.by]);
  const id = known?.name === value ? known.id : undefined;
  const byId = id === undefined ? undefined : (lookup.findById?.(live, id) as Values | undefined);
  if (byId !== undefined) {
    const { type } = lookup.attributes[lookup.by] as Attribute<never>;
    return type.canonical(byId[lookup.by] as never) === type.canonical(value as never)
      ? { answer: "present", state: byId }
      : {
          answer: "renamed",
          state: { ...byId, [lookup.by]: value },
          shown: byId,
          ...namesake(() => (lookup.find(live, value, config) as Values | undefined)?.["id"]),
        };
  }
  const state = lookup.find(live, value, config) as Values | undefined;
  if (state !== undefined)
    return id === undefined || lookup.findById === undefined || state["id"] === id
      ? { answer: "present", state }
      : { answer: "re-made", state, goneId: id };
  return id !== undefined && lookup.isReferredTo?.(live, id) === true
    ? { answer: "hidden", id }
    : { answer: "gone" };
}

/** What is live of it, as far as anything is. */
export function liveState(identity: Identity): Values | undefined {
  return "state" in identity ? identity.state : undefined;
}

/** Amplitude's id of what is live. */
export function liveId(kind: Kind, identity: Identity): string | undefined {
  if (identity.answer === "hidden") return identity.id;
  const state = liveState(identity);
  return state === undefined ? undefined : kind.id(state as never);
}

/** A declaration under the key that Amplitude shows it by now. */
export function asShown(kind: Kind, config: Values, identity: Identity): Values {
  return identity.answer === "renamed" ? { ...config, ...keyIn(kind, identity.shown) } : config;
}

/** Whether nothing is live of it, as far as its lists say. */
export function isMissing(identity: Identity): boolean {
  return identity.answer === "gone" || (identity.answer === "archived" && identity.state === undefined);
}

type Found = Extract<Identity, { answer: "present" | "renamed" | "re-made" }>;

function foundBy(kind: Kind, config: Values, { live, known }: IdentityContext): Found | undefined {
  const id = known?.id;
  const byId = id === undefined ? undefined : (kind.findById?.(live, id) as Values | undefined);
  if (byId !== undefined) {
    const [is, declared] = [keyOf(kind, byId), keyOf(kind, config)];
    if (is === declared) return { answer: "present", state: byId };
    const before = known?.config === undefined ? declared : keyOf(kind, known.config);
    const renames = canRename(kind);
    // Whoever moves a line on to another object changes the line, and leaves the object as it was.
    if (is === before && renames) return { answer: "present", state: byId };
    if (is !== before && (renames || declared === before))
      return {
        answer: "renamed",
        state: renames ? byId : { ...byId, ...keyIn(kind, config) },
        shown: byId,
        ...namesake(() => {
          const other = kind.find(live, config) as Values | undefined;
          return other === undefined ? undefined : kind.id(other as never);
        }),
      };
  }
  const state = kind.find(live, config) as Values | undefined;
  if (state === undefined) return undefined;
  const isSameLine = known?.config === undefined || keyOf(kind, known.config) === keyOf(kind, config);
  const isOther =
    id !== undefined && byId === undefined && kind.findById !== undefined && kind.id(state as never) !== id;
  return isOther && isSameLine ? { answer: "re-made", state, goneId: id } : { answer: "present", state };
}

/** Who else has the name: it decides nothing, and several of them are no problem. */
function namesake(find: () => unknown): { readonly namesakeId?: string } {
  try {
    const id = find();
    return typeof id === "string" ? { namesakeId: id } : {};
  } catch (error) {
    if (error instanceof DiagnosticError) return {};
    throw error;
  }
}

/**
 * For a host that keeps state of its own: attributes of the key whose new value makes a line be about another object, because code cannot
 * rename the one that it was about. Empty where the object of the known id has the new name itself: the line follows a rename.
 */
export function movedKey(kind: Kind, prior: Values, config: Values, live: Organization): string[] {
  if (!mayMove(kind, prior, config)) return [];
  const id = kind.id(prior as never);
  const identity = identify(kind, config, { live, known: { id, config: prior } });
  if (identity.answer === "unknown" || liveId(kind, identity) === id) return [];
  return kind.key.filter((name) => prior[name] !== config[name]);
}

/** Whether it takes a look at what is live to know that. */
export function mayMove(kind: Kind, prior: Values, config: Values): boolean {
  return (
    kind.findById !== undefined &&
    !canRename(kind) &&
    kind.key.every((name) => kind.attributes[name]?.requiresReplace !== true) &&
    keyOf(kind, prior) !== keyOf(kind, config)
  );
}

/** Whether a plan gives what was renamed its declared name again. */
export function isRenamedBack(kind: Kind, identity: Identity): boolean {
  return identity.answer === "renamed" && canRename(kind);
}

/** Whether another key in the stack gives the same object another name: else it is about another object. */
export function canRename({ nature, key, attributes }: Kind): boolean {
  return nature === "made" && key.some((name) => attributes[name]?.requiresReplace !== true);
}

function keyIn(kind: Kind, config: Values): Values {
  return Object.fromEntries(kind.key.map((name) => [name, config[name]]));
}

/** The id of the archived project that it is, or is of. */
function archivedProject(
  kind: Kind,
  config: Values,
  state: Values | undefined,
  live: Organization,
): string | undefined {
  if (kind.referent === "project") {
    const id = state === undefined ? undefined : kind.id(state as never);
    return id !== undefined && live.project(id)?.archived === true ? id : undefined;
  }
  const id = projectOf(kind, config);
  return id !== undefined && live.project(id)?.archived === true ? id : undefined;
}

/** What an instance refers to by id and is not there any more: `group of id 602`. */
export function goneReferent(kind: Kind, config: Values, live: Organization): string | undefined {
  const group = idsReferredTo(kind, config, "group").find((id) => live.group(id) === undefined);
  if (group !== undefined) return `group of id ${group}`;
  const project = idsReferredTo(kind, config, "project").find((id) => live.project(id) === undefined);
  return project === undefined ? undefined : `project of id ${project}`;
}

/** The id of the project that an instance is of; undefined where it is of none, or of one that does not exist yet. */
function projectOf(kind: Kind, config: Values): string | undefined {
  return idsReferredTo(kind, config, "project")[0];
}

import type { Base } from "../base/base";
import type { AroundObject, Surroundings } from "./around";

/** What was around declarations when they came into effect, as the state keeps it. */
export type Found = NonNullable<Base["found"]>;

/** What the state says of something around a declaration. */
export type Standing =
  /** It was there when what it is about was first applied. */
  | { readonly is: "found" }
  /** It was there with another value. */
  | { readonly is: "changed"; readonly before: string }
  /** It came later. */
  | { readonly is: "added" }
  /** Nothing is recorded of what it is about: a state of 0.1, a line that was never applied, a kind that nobody could read. */
  | { readonly is: "unrecorded" };

/** Answers it for one after the other. */
export function standings(found: Found | undefined): (object: AroundObject) => Standing {
  const known = new Set(found?.subjects);
  return ({ id, kind, value, about }) => {
    if (found === undefined || !found.kinds.includes(kind.type)) return { is: "unrecorded" };
    const before = found.objects[id];
    if (before !== undefined) return before === value ? { is: "found" } : { is: "changed", before };
    return { is: about.some((subject) => known.has(subject)) ? "added" : "unrecorded" };
  };
}

/**
 * What the state records when a run begins and when it ends: everything around whose subject nothing was recorded yet. What comes later is told as
 * added. What is gone is forgotten, so that it is told when somebody brings it back.
 */
export function foundNow({ subjects, kinds, objects }: Surroundings, found: Found | undefined): Found {
  const standing = standings(found);
  const there = new Set(objects.map(({ id }) => id));
  const isUnread = (id: string): boolean => !kinds.includes(id.slice(0, id.indexOf(" ")));
  const kept = Object.entries(found?.objects ?? {}).filter(([id]) => there.has(id) || isUnread(id));
  const fresh = objects
    .filter((object) => standing(object).is === "unrecorded")
    .map(({ id, value }) => [id, value] as const);
  return {
    kinds: [...new Set([...(found?.kinds ?? []), ...kinds])].sort(),
    subjects: [...subjects].sort(),
    objects: Object.fromEntries([...kept, ...fresh].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

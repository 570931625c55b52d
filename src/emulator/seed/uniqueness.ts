/** Where in a seed something is. */
export type Path = readonly (string | number)[];

/** Notes one problem. */
export type Report = (path: Path, message: string) => void;

/** Reports what is there twice; answers the keys that are there. */
export function unique<T>(
  items: readonly T[],
  collection: string,
  field: string | undefined,
  key: (item: T) => string,
  report: Report,
): Set<string> {
  const seen = new Map<string, number>();
  items.forEach((item, index) => {
    const own = key(item);
    const first = seen.get(own);
    if (first === undefined) seen.set(own, index);
    else
      report(
        [collection, index, ...(field === undefined ? [] : [field])],
        `${own} is there twice (first at ${collection}[${first}])`,
      );
  });
  return new Set(seen.keys());
}

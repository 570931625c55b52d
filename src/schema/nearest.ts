import { caselessName } from "./canonical-name";

/** How far apart two texts may be to be taken for a slip of the pen. */
const FAR = 3;
const MOST = 3;

/**
 * The names nearest to one that meets nobody, by the letters that are to be changed, added or left out, whatever their case; nearest first, at most three, and
 * none that is no slip of the pen. Pure.
 */
export function nearest(wanted: string, names: Iterable<string>): string[] {
  const found: (readonly [distance: number, name: string])[] = [];
  const plain = caselessName(wanted);
  const limit = Math.min(FAR, Math.floor(wanted.length / 3));
  for (const name of names) {
    const distance = editDistance(plain, caselessName(name), limit);
    if (distance <= limit) found.push([distance, name]);
  }
  return found
    .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))
    .slice(0, MOST)
    .map(([, name]) => name);
}

/** Letters to change, add or leave out; anything above `limit` where it is more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = row;
  }
  return before[b.length] ?? 0;
}

/** A part of a comment: lines that become counts where they do not fit. */
export interface Section {
  /** Title and what is around the lines; always there. */
  readonly before: string;
  readonly lines: readonly string[];
  /** What stands there when there is no line at all. */
  readonly empty?: string;
  /** Closes what `before` opened. */
  readonly after?: string;
  /** What stands for the lines from this index on: counts that add up, at most `countBytes` long. */
  readonly counts: (from: number) => string;
  /** The lower, the earlier it is served. */
  readonly urgency: number;
  /** Part of the room that it may take before the others have had theirs: 0.25 = 25 %. */
  readonly share: number;
}

/** Room kept for the counts of one section. */
export const countBytes = 1_500;

/** The sections in at most `most` bytes, and whether every line is there. */
export function within(sections: readonly Section[], most: number): { text: string; complete: boolean } {
  const shown = linesThatFit(sections, most);
  const parts = sections.map(({ before, lines, empty = "", after = "", counts }, index) => {
    const fitting = lines.slice(0, shown.get(index));
    const rest = fitting.length < lines.length ? [counts(fitting.length)] : [];
    const body = lines.length === 0 ? [empty] : [...fitting, ...rest];
    return `${before}${body.map((line) => (line === "" ? "" : `${line}\n`)).join("")}${after}`;
  });
  return {
    text: parts.join(""),
    complete: sections.every(({ lines }, index) => shown.get(index) === lines.length),
  };
}

function linesThatFit(sections: readonly Section[], most: number): ReadonlyMap<number, number> {
  const shown = new Map(sections.map((_, index) => [index, 0]));
  const served = sections
    .map((section, index) => ({ ...section, index }))
    .sort((a, b) => a.urgency - b.urgency);
  let room = most;
  for (const { before, empty = "", after = "", lines } of sections)
    room -= bytes(before) + bytes(empty) + bytes(after) + 1 + (lines.length > 0 ? countBytes : 0);
  const give = (share: (section: Section) => number): void => {
    const whole = room;
    for (const section of served) {
      let part = Math.min(room, whole * share(section));
      let next = shown.get(section.index) ?? 0;
      for (let line = section.lines[next]; line !== undefined; line = section.lines[next]) {
        const cost = bytes(line) + 1;
        if (cost > part) break;
        part -= cost;
        room -= cost;
        next++;
      }
      shown.set(section.index, next);
    }
  };
  give(({ share }) => share);
  // What nobody needed goes to whoever comes first.
  give(() => 1);
  return shown;
}

/**
 * Counts by name, the largest first: `1,200 a; 300 b; 40 in 12 others`. They add up to the number of things, and are at most `most` bytes.
 */
export function countsBy<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  { most = countBytes - 300, number }: { readonly most?: number; readonly number: (count: number) => string },
): string {
  const counts = new Map<string, number>();
  for (const thing of things) {
    const name = nameOf(thing);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const parts: string[] = [];
  let [length, rest] = [0, things.length];
  for (const [name, count] of sorted) {
    const part = `${number(count)} ${name}`;
    if (length + bytes(part) > most) break;
    parts.push(part);
    length += bytes(part) + 2;
    rest -= count;
  }
  const others = sorted.length - parts.length;
  return [...parts, ...(others > 0 ? [`${number(rest)} of ${number(others)} other sorts`] : [])].join("; ");
}

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

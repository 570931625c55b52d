/** The first of them, and how many more there are: `a, b and 3 more`. */
export function someOf(texts: readonly string[], shown: number): string {
  const more = texts.length - shown;
  return `${texts.slice(0, shown).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

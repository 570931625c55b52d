/** One line of a CODEOWNERS file. */
interface OwnerRule {
  readonly pattern: RegExp;
  readonly owners: readonly string[];
}

/** Who owns which path of a repository. */
export interface CodeOwners {
  readonly rules: readonly OwnerRule[];
}

/**
 * Where GitHub looks for the file, in this order; the first one counts.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners#codeowners-file-location
 */
export const codeOwnersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

/** A larger file is not loaded by GitHub, says the same page. */
export const codeOwnersBytes = 3 * 1024 * 1024;

/**
 * Reads a CODEOWNERS file. As GitHub does, it leaves out lines that it cannot read: negation (`!`), ranges (`[ ]`) and an escaped `#` have no
 * meaning there (the same page, "Syntax exceptions").
 */
export function parseCodeOwners(text: string): CodeOwners {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern = "", ...owners] = wordsOf(line);
    if (pattern === "" || /^!|[[\]]|^\\#/.test(pattern)) return [];
    return [{ pattern: matcher(pattern), owners: owners.map((owner) => owner.toLowerCase()) }];
  });
  return { rules };
}

/** Owners of a path, in small letters: `@user`, `@org/team` or an e-mail. The last line that matches decides, also when it names nobody. */
export function ownersOf({ rules }: CodeOwners, path: string): readonly string[] {
  return rules.findLast(({ pattern }) => pattern.test(path))?.owners ?? [];
}

/** Words between blanks; a blank that is escaped belongs to a word, and a `#` at a word's beginning ends the line. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\])+/g) ?? [];
  const end = words.findIndex((word) => word.startsWith("#"));
  return words.slice(0, end < 0 ? undefined : end).map((word) => word.replaceAll("\\ ", " "));
}

/**
 * The expression of a pattern. Most is as in https://git-scm.com/docs/gitignore; unlike there, `docs/*` is what lies directly in `docs`
 * (the page above, its example).
 */
function matcher(pattern: string): RegExp {
  const isAnchored = pattern.slice(0, -1).includes("/");
  const segments = pattern.replace(/^\//, "").replace(/\/$/, "").split("/");
  const directoryOnly = pattern.endsWith("/");
  let source = isAnchored ? "^" : "^(?:.*/)?";
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === "**") source += isLast ? ".+" : "(?:.*/)?";
    else source += `${segmentSource(segment)}${isLast ? "" : "/"}`;
  });
  const last = segments.at(-1);
  const direct = last === "*" && isAnchored;
  return new RegExp(`${source}${directoryOnly ? "/.+" : direct || last === "**" ? "" : "(?:/.*)?"}$`, "su");
}

function segmentSource(segment: string): string {
  return Array.from(segment)
    .map((letter) =>
      letter === "*" ? "[^/]*" : letter === "?" ? "[^/]" : letter.replace(/[\\^$.|+(){}[\]]/u, "\\$&"),
    )
    .join("");
}

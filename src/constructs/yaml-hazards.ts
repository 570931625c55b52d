import { Lexer } from "yaml";

/** Something that these files must not have. */
export interface Hazard {
  /** UTF-16 code units from the start. */
  readonly offset: number;
  readonly text: string;
}

/** What a reader of the file can make of it: whether it may be parsed, and what is refused in any case. */
export interface Hazards {
  readonly found: readonly Hazard[];
  /** Deep nesting ends the process inside of a parser, where nothing can be caught. */
  readonly tooDeep: Hazard | undefined;
}

/** Engagements need four levels. */
const DEEPEST = 16;
const WIDEST_INDENT = 64;
/** Tokens without text of their own: document, flow error, scalar (https://eemeli.org/yaml/#lexer). */
const MARKS = new Set(["\u0002", "\u0018", "\u001f"]);
const SCALAR = "\u001f";

const REFUSED: Readonly<Record<string, string>> = {
  "&": "an anchor is refused: write each value where it belongs",
  "*": "an alias is refused: write the value out",
  "!": "a tag is refused: values are plain text, lists and maps",
};

/** Looks at the words of a YAML text without building anything of it. */
export function hazardsOf(text: string): Hazards {
  const found: Hazard[] = [...tabs(text)];
  let offset = 0;
  let depth = 0;
  let inLine = 0;
  let previous = "";
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) {
      previous = token;
      continue;
    }
    const first = token[0] ?? "";
    if (previous !== SCALAR) {
      const refused = REFUSED[first];
      if (refused !== undefined) found.push({ offset, text: refused });
      if (first === "[" || first === "{") depth += 1;
      if (first === "]" || first === "}") depth = Math.max(0, depth - 1);
      if (depth === 0 && (first === "-" || first === "?" || first === ":")) inLine += 1;
      if (first === "\n" || first === "\r") inLine = 0;
      const wide = first === " " && token.length > WIDEST_INDENT && text[offset - 1] === "\n";
      const deep = depth === 0 && (inLine > DEEPEST || (wide && !isComment(text, offset)));
      if (depth > DEEPEST || deep) {
        return { found, tooDeep: { offset, text: "it is nested too deeply: engagements need four levels" } };
      }
    }
    previous = token;
    offset += token.length;
  }
  return { found, tooDeep: undefined };
}

function* tabs(text: string): Iterable<Hazard> {
  for (const { index, 0: upToIt } of text.matchAll(/^[^\t\n]*\t/gm)) {
    yield { offset: index + upToIt.length - 1, text: "a tab is refused: use blanks" };
  }
}

/** Whether a line that begins at the offset has nothing but a comment. */
function isComment(text: string, offset: number): boolean {
  return /^ *(?:#|\r?\n|$)/.test(text.slice(offset, text.indexOf("\n", offset) + 1 || undefined));
}

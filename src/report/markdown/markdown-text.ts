import { cleanText } from "../clean-text";

/** A name longer than this is shown by its beginning: one name must not fill a comment. */
const LONGEST = 120;
const LONGEST_SENTENCE = 2_000;

/**
 * A name from outside as a code span, in which nothing is interpreted: no Markdown, HTML, mention, link, reference or emoji. The pipe, which
 * would end a table's cell even there, is shown as an escape.
 */
export function code(name: string): string {
  const text = shortened(cleanText(name), LONGEST).replaceAll("|", "\\u007c");
  if (text.trim() === "") return "`(empty)`";
  const ticks = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(ticks + 1);
  const space = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}

/** Words that mean nothing to Markdown, to GitHub's links and to its emoji; and times. */
const PLAIN =
  /^["'(]*[\p{L}\p{N}](?:[\p{L}\p{N}'’/.,%()-]*[\p{L}\p{N}%)'"])?[.,;:)"']*$|^[→·+=—-]$|^\d[\d:.TZ-]*$/u;
/** Words that are links without any sign, or the beginning of a list. */
const LINKED = /\/\/|^["'(]*www\.|^["'(]*(?:gh-\d+|[0-9a-f]{7,40})\b|^\d+[.)]$/i;
/** Signs that mean something at the beginning only. */
const INNER = new Set([">", "&"]);

/** A sentence of ours with names from outside in it: every word that could be interpreted becomes a code span. */
export function prose(sentence: string): string {
  return shortened(cleanText(sentence), LONGEST_SENTENCE)
    .split(" ")
    .map((word, index) => {
      if (word === "" || (PLAIN.test(word) && !LINKED.test(word)) || (index > 0 && INNER.has(word)))
        return word;
      const [, before = "", inner = word, after = ""] =
        /^(["'(]*)(.*?)((?:'s)?[.,;:)"']*)$/s.exec(word) ?? [];
      return inner === "" ? code(word) : `${before}${code(inner)}${after}`;
    })
    .join(" ");
}

/** The beginning of a text: at most so many characters, never half of one. */
export function shortened(text: string, longest: number): string {
  const points = Array.from(text);
  return points.length <= longest ? text : `${points.slice(0, longest).join("")}…`;
}

import { cleanText } from "../clean-text";

/** Text that is HTML already. Only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Value = string | number | Markup | readonly Value[] | undefined;

/** HTML with everything put into it escaped, and what has no shape of its own shown as an escape. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const parts = strings.map((part, index) => part + (index < values.length ? markupOf(values[index]) : ""));
  return new Markup(parts.join(""));
}

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name from outside; one that is written from right to left does not turn the text around it. */
export function name(text: string): Markup {
  return RIGHT_TO_LEFT.test(text) ? markup`<bdi>${text}</bdi>` : markup`${text}`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function markupOf(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string" || typeof value === "number")
    return cleanText(String(value)).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return value.map(markupOf).join("");
}

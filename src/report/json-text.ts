/**
 * JSON of any value, for files and for pipes that end at a terminal: what has no shape of its own or turns the direction of text is written
 * as an escape, which every reader of JSON turns back.
 */
export function jsonText(value: unknown): string {
  return `${escaped(JSON.stringify(value, undefined, 2))}\n`;
}

/** The same in one line, safe inside of a page's script element too: no `<` opens or closes anything. */
export function jsonInPage(value: unknown): string {
  return escaped(JSON.stringify(value)).replaceAll("<", "\\u003c");
}

const escaped = (json: string): string =>
  json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (found) =>
    [...Array(found.length).keys()]
      .map((index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );

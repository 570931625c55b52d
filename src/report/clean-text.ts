/** Names come from other people: control characters, escape sequences and direction marks are shown, never interpreted. */
export function cleanText(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (found) => {
      const code = found.charCodeAt(0).toString(16).padStart(4, "0");
      return `\\u${code}`;
    },
  );
}

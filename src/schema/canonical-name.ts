/** Plain ASCII is composed already, and nearly every name is plain ASCII. */
const ASCII = /^[\0-\x7f]*$/;

/** Unicode's composed form (NFC), in which equal letters have equal codes: https://unicode.org/reports/tr15. */
export function composed(text: string): string {
  return ASCII.test(text) ? text : text.normalize("NFC");
}

/** Printable ASCII without blanks and capitals is its own form in every comparison, and so is nearly every address. */
const PLAIN = /^[!-@[-~]*$/;

/** The form in which names are compared: without outer blanks, composed. Case counts. */
export function canonicalName(text: string): string {
  return composed(text.trim());
}

/** The same without case: roles. */
export function caselessName(text: string): string {
  if (PLAIN.test(text)) return text;
  // Lower case can take a letter apart: U+0130 becomes two.
  return composed(canonicalName(text).toLowerCase());
}

/** The form in which addresses are compared: Amplitude ignores their case (https://amplitude.com/docs/apis/analytics/scim). */
export function canonicalEmail(address: string): string {
  return caselessName(address);
}

/** The canonical part of an address after its `@`. */
export function domainOf(address: string): string {
  return canonicalEmail(address.slice(address.lastIndexOf("@") + 1));
}

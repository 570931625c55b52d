/**
 * Addresses that may be meant by others: one letter added, left out, wrong, or two swapped. The first letter is the same, and a difference
 * in digits alone makes no slip: addresses are numbered. Pure; as many steps as there are letters.
 *
 * @param wanted canonical addresses that meet nobody
 * @param present canonical addresses of the organization
 */
export function addressSlips(
  wanted: Iterable<string>,
  present: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const byVariant = new Map<string, string[]>();
  const sizes = new Set<string>();
  for (const address of wanted) {
    for (const size of [-1, 0, 1]) sizes.add(sizeOf(address, size));
    for (const variant of variants(address))
      byVariant.set(variant, [...(byVariant.get(variant) ?? []), address]);
  }
  const slips = new Map<string, string[]>();
  for (const address of present) {
    if (!sizes.has(sizeOf(address, 0))) continue;
    const meant = new Set([...variants(address)].flatMap((variant) => byVariant.get(variant) ?? []));
    for (const other of meant)
      if (isSlip(other, address)) slips.set(other, [...(slips.get(other) ?? []), address].sort());
  }
  return slips;
}

/** First letter and length: most addresses need no closer look. */
const sizeOf = (address: string, more: number): string => `${address[0] ?? ""}${address.length + more}`;

/** The address, and what is left of it without one of its letters. */
function variants(address: string): Set<string> {
  const found = new Set([address]);
  for (let at = 1; at < address.length; at++) found.add(address.slice(0, at) + address.slice(at + 1));
  return found;
}

function isSlip(wanted: string, address: string): boolean {
  const withoutDigits = (text: string): string => text.replace(/\d/g, "");
  if (wanted === address || withoutDigits(wanted) === withoutDigits(address)) return false;
  const [one, other] = [localOf(wanted), localOf(address)];
  // Tom and Tim are two people.
  return one === other || Math.max(one.length, other.length) > 3 || one.length !== other.length;
}

const localOf = (address: string): string => address.slice(0, address.lastIndexOf("@"));

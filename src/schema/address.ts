import { BlockList, isIP } from "node:net";
import { string, type ValueType } from "./value-type";

/** An address on the internet: `203.0.113.7`, `2001:db8::7`. */
export const address: ValueType<string> = {
  ...string,
  name: "address",
  check: (value) =>
    typeof value === "string" && isIP(value) !== 0
      ? undefined
      : `${JSON.stringify(value)} is not an address such as 203.0.113.7`,
};

/** A range of addresses: `203.0.113.0/24`, `2001:db8::/32`. */
export const addressRange: ValueType<string> = {
  ...string,
  name: "range of addresses",
  check: (value) =>
    typeof value === "string" && parsed(value) !== undefined
      ? undefined
      : `${JSON.stringify(value)} is not a range of addresses such as 203.0.113.0/24`,
};

/** Those of the addresses that none of the ranges has. Both are checked before. */
export function addressesOutside(addresses: readonly string[], ranges: readonly string[]): string[] {
  const list = new BlockList();
  for (const range of ranges) {
    const { network, bits, family } = parsed(range) ?? {};
    if (network !== undefined && bits !== undefined) list.addSubnet(network, bits, family);
  }
  return addresses.filter((one) => !list.check(one, familyOf(one)));
}

const familyOf = (text: string): "ipv4" | "ipv6" => (isIP(text) === 6 ? "ipv6" : "ipv4");

function parsed(
  range: string,
): { readonly network: string; readonly bits: number; readonly family: "ipv4" | "ipv6" } | undefined {
  const [network = "", bits = "", ...rest] = range.split("/");
  const version = isIP(network);
  const widest = version === 4 ? 32 : 128;
  const isRange = version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= widest;
  return isRange ? { network, bits: Number(bits), family: familyOf(network) } : undefined;
}

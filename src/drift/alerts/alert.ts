import { createHash } from "node:crypto";
import { BlockList, isIP } from "node:net";
import type { AuditEvent } from "../../api";
import { alertRules, type AlertName } from "./alert-rules";

/** How this program names itself to Amplitude. It is no proof: anybody can send it. */
const OURS = "amplitude-access/";

/** Whether an entry is an act of this program by a key. Whoever writes as a person is not it. */
function isOurs({ userAgent, actor }: AuditEvent): boolean {
  return userAgent?.startsWith(OURS) === true && !actor.includes("@");
}

/** Something in the audit log that somebody should look at. */
export interface Alert {
  /** The same in every run that sees it. */
  readonly id: string;
  readonly rule: AlertName;
  /** `jonas@acme.com became organization Admin` */
  readonly what: string;
  /** Whose act it was, as the log names them. */
  readonly actor: string;
  /** RFC 3339: of the last entry. */
  readonly at: string;
  readonly ip?: string;
  /** The client, where the log tells it. */
  readonly through?: string;
  /** How many entries it is made of. */
  readonly entries: number;
  /** What to do about it. */
  readonly advice: string;
}

/** How many entries make an alert; `off` looks for none. What is left out is as it comes. */
export type Thresholds = { readonly [N in AlertName]?: number | "off" };

/** What alerts are looked for with. */
export interface AlertSettings {
  readonly thresholds?: Thresholds;
  /** Ranges of addresses that logins are expected from, `203.0.113.0/24`; empty: any. */
  readonly expected?: readonly string[];
}

/** The playbook's alert list over entries of the audit log, oldest first. What this program did by a key is left out. */
export function alertsIn(
  events: readonly AuditEvent[],
  { thresholds = {}, expected = [] }: AlertSettings = {},
): readonly Alert[] {
  const isExpected = addressesIn(expected);
  const others = events.filter((event) => !isOurs(event));
  return alertRules
    .flatMap((rule) => {
      const { name, threshold: usual, advice } = rule;
      const threshold = thresholds[name] ?? usual;
      if (threshold === "off") return [];
      const groups = new Map<string, { readonly what: string; readonly entries: AuditEvent[] }>();
      for (const event of others) {
        for (const { group, what } of rule.find(event, { isExpected })) {
          const known = groups.get(group) ?? { what, entries: [] };
          groups.set(group, known);
          known.entries.push(event);
        }
      }
      const loud = [...groups].filter(([, { entries }]) => entries.length >= threshold);
      return withoutRepeats(loud).map(([group, { what, entries }]) =>
        alertOf(name, advice, { group, what, entries }),
      );
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

type Group = readonly [
  group: string,
  found: { readonly what: string; readonly entries: readonly AuditEvent[] },
];

/** One burst is told once: of a person's failed logins and those of an address, whichever holds the other; of equal ones the first. */
function withoutRepeats(groups: readonly Group[]): readonly Group[] {
  return groups.filter(([, { entries }], place) => {
    const own = new Set(entries);
    return !groups.some(
      ([, other], index) =>
        index !== place &&
        (other.entries.length > entries.length ||
          (other.entries.length === entries.length && index < place)) &&
        other.entries.filter((entry) => own.has(entry)).length === entries.length,
    );
  });
}

function alertOf(
  rule: AlertName,
  advice: string,
  {
    group,
    what,
    entries,
  }: { readonly group: string; readonly what: string; readonly entries: readonly AuditEvent[] },
): Alert {
  const { actor = "", at = "", ip, userAgent } = entries.at(-1) ?? {};
  return {
    id: createHash("sha256")
      .update(JSON.stringify([rule, group]))
      .digest("hex")
      .slice(0, 16),
    rule,
    what: entries.length === 1 ? what : `${what}, ${entries.length} times`,
    actor,
    at,
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { through: userAgent }),
    entries: entries.length,
    advice,
  };
}

/**
 * Whether an address is in one of these ranges; any is where there are none.
 *
 * @throws RangeError for what is no range of addresses
 */
export function addressesIn(ranges: readonly string[]): (address: string) => boolean {
  if (ranges.length === 0) return () => true;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits, ...rest] = range.split("/");
    const version = isIP(address);
    const widest = version === 4 ? 32 : 128;
    const length = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
    if (version === 0 || rest.length > 0 || !(length <= widest))
      throw new RangeError(`${JSON.stringify(range)} is not a range of addresses such as 203.0.113.0/24.`);
    list.addSubnet(address, length, version === 4 ? "ipv4" : "ipv6");
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
  };
}

import { createHash } from "node:crypto";
import { BlockList, isIP } from "node:net";
import type { AuditEvent } from "../../api";
import { alertRules, type AlertName, type Sighting } from "./alert-rules";

/** How this program names itself to Amplitude. Whoever sends a request chooses that: it is told, and decides nothing. */
const OURS = "amplitude-access/";

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
  /** Receipts say that our own runs did all of it. */
  readonly ours?: true;
}

/** Tells of an entry whether a receipt has an own act that brought it about; each act explains one entry of a rule. */
export type Explains = (
  event: AuditEvent,
  rule: { readonly name: string; readonly ownRequest?: RegExp },
) => boolean;

/** How many entries make an alert; `off` looks for none. What is left out is as it comes. */
export type Thresholds = { readonly [N in AlertName]?: number | "off" };

/** What alerts are looked for with. */
export interface AlertSettings {
  readonly thresholds?: Thresholds;
  /** Ranges of addresses that logins are expected from, `203.0.113.0/24`; empty: any. */
  readonly expected?: readonly string[];
}

/**
 * The playbook's alert list over entries of the audit log, oldest first. What receipts explain is told apart, as ours. An entry
 * that only says to be ours is told like any other.
 */
export function alertsIn(
  events: readonly AuditEvent[],
  { thresholds = {}, expected = [] }: AlertSettings = {},
  explains: Explains = () => false,
): readonly Alert[] {
  const isExpected = addressesIn(expected);
  return alertRules
    .flatMap((rule) => {
      const { name, threshold: usual, advice } = rule;
      const threshold = thresholds[name] ?? usual;
      if (threshold === "off") return [];
      const found = events.map((event) => ({ event, sightings: rule.find(event, { isExpected }) }));
      const seen = found.filter(({ sightings }) => sightings.length > 0);
      const own = new Set(seen.map(({ event }) => event).filter((event) => explains(event, rule)));
      return [false, true].flatMap((ours) => {
        const some = seen.filter(({ event }) => own.has(event) === ours);
        const loud = grouped(some).filter(([, { entries }]) => entries.length >= threshold);
        return withoutRepeats(loud).map(([group, { what, entries }]) =>
          alertOf(name, advice, { group, what, entries, ours }),
        );
      });
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

type Group = readonly [
  group: string,
  found: { readonly what: string; readonly entries: readonly AuditEvent[] },
];

function grouped(
  found: readonly { readonly event: AuditEvent; readonly sightings: readonly Sighting[] }[],
): readonly Group[] {
  const groups = new Map<string, { readonly what: string; readonly entries: AuditEvent[] }>();
  for (const { event, sightings } of found) {
    for (const { group, what } of sightings) {
      const known = groups.get(group) ?? { what, entries: [] };
      groups.set(group, known);
      known.entries.push(event);
    }
  }
  return [...groups];
}

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
    ours,
  }: {
    readonly group: string;
    readonly what: string;
    readonly entries: readonly AuditEvent[];
    readonly ours: boolean;
  },
): Alert {
  const { actor = "", at = "", ip, userAgent } = entries.at(-1) ?? {};
  const counted = entries.length === 1 ? what : `${what}, ${entries.length} times`;
  const isClaimed = !ours && entries.some((entry) => entry.userAgent?.startsWith(OURS) === true);
  return {
    id: createHash("sha256")
      .update(JSON.stringify([rule, group]))
      .digest("hex")
      .slice(0, 16),
    rule,
    what: isClaimed ? `${counted}; said to be this program, and no receipt says so` : counted,
    actor,
    at,
    ...(ip === undefined ? {} : { ip }),
    ...(userAgent === undefined ? {} : { through: userAgent }),
    entries: entries.length,
    advice,
    ...(ours ? { ours } : {}),
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

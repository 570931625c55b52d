import { canonicalEmail } from "../../access";
import type { Family } from "../../api";
import { identify, liveState } from "../../lifecycle";
import { departures, type DepartureInput } from "../departures";
import type { ConfirmedStep } from "../approval/confirmation";
import type { Desired } from "../desired/desired";
import type { Memory } from "../base/memory";
import type { LiveStep } from "../step";

/** What is exchanged from time to time, and whether that time has come. */
export interface DueKey {
  readonly address: string;
  readonly constructPath?: string;
  /** `secret key nova-sync of Web, generation 2` */
  readonly label: string;
  /** lost: made, and nobody is known to have its value. soon: due within 30 days. */
  readonly state: "lost" | "due" | "soon" | "fresh" | "age unknown";
  /** Why, in words. */
  readonly because: readonly string[];
  /** When its schedule ends, RFC 3339; undefined where nothing says when it was made. */
  readonly until?: string;
  /** What a person changes in its line: `generation: 2 -> 3`. */
  readonly change: string;
}

export interface DueInput extends Omit<DepartureInput, "engagements" | "peopleRead"> {
  readonly desired: Desired;
  readonly memory: Memory;
  readonly families: ReadonlySet<Family>;
  /** What is confirmed by hand: a key that was made so is as old as that word. */
  readonly done: readonly LiveStep[];
  readonly confirmed: readonly ConfirmedStep[];
}

const DAY = 24 * 60 * 60 * 1000;
/** How long before its time something is said to be due soon, in days. */
const SOON = 30;

/** Every key that is there, by schedule and by who has gone of those who ever knew it (playbook, "Rotate API Keys Regularly"). Pure. */
export function keysDue(input: DueInput): DueKey[] {
  const { desired, families } = input;
  const { engagements } = desired;
  const departed = departures({ ...input, engagements, peopleRead: families.has("scim") });
  return [...input.memory].flatMap(([{ declaration, config, current, label }, entry]): DueKey[] => {
    const { kind, address, constructPath } = declaration;
    const identity = identify(kind, config, { live: input.live, known: entry, families });
    const readable = identity.answer !== "unknown";
    const found = liveState(identity);
    const rotation = current === undefined ? undefined : kind.rotation?.(current, found as never);
    if (rotation === undefined || (readable ? found === undefined : entry === undefined)) return [];
    const seen = new Set(entry?.knowing?.seen);
    const known = [...(entry?.knowing?.people ?? []), ...(kind.knownTo?.(config) ?? [])].map(canonicalEmail);
    const gone = [...new Set(known)].sort().flatMap((email) => {
      const how = departed(email, seen.has(email));
      return how === undefined ? [] : [`${email}, who knows it, ${how}`];
    });
    const since = Date.parse(rotation.since ?? madeByHand(address, input) ?? "");
    const end = since + rotation.days * DAY;
    const over = end <= input.now ? [`it is older than ${rotation.days} days`] : [];
    const lost = entry?.unhanded === true && !isHandedOver(address, input);
    const because = [...(lost ? ["a run made it and did not see its value arrive"] : []), ...gone, ...over];
    return [
      {
        address,
        ...(constructPath === undefined ? {} : { constructPath }),
        label,
        state: lost ? "lost" : because.length > 0 ? "due" : ageOf(end, input.now),
        because,
        ...(Number.isNaN(end) ? {} : { until: new Date(end).toISOString() }),
        change: rotation.change,
      },
    ];
  });
}

function ageOf(end: number, now: number): DueKey["state"] {
  if (Number.isNaN(end)) return "age unknown";
  return end - SOON * DAY <= now ? "soon" : "fresh";
}

/** When somebody says to have made it; RFC 3339. */
function madeByHand(address: string, input: DueInput): string | undefined {
  return wordOn("create_key", address, input)?.on;
}

function isHandedOver(address: string, input: DueInput): boolean {
  return wordOn("hand_over_key", address, input) !== undefined;
}

function wordOn(
  type: "create_key" | "hand_over_key",
  address: string,
  { done, confirmed }: DueInput,
): ConfirmedStep | undefined {
  const ids = new Set(
    done
      .filter(({ step }) => step.addresses.includes(address))
      .filter(({ effects, assumed = [] }) => [...effects, ...assumed].some((effect) => effect.type === type))
      .map(({ step }) => step.id),
  );
  return confirmed.find(({ step }) => ids.has(step.id));
}

/** What a plan says of them: one line each, with the line to change. */
export function dueNotes(keys: readonly DueKey[]): string[] {
  return keys.flatMap(({ state, label, because, until = "", change, constructPath, address }) => {
    const where = constructPath === undefined ? address : `${constructPath} (${address})`;
    const when = state === "due" ? `due, because ${because.join("; ")}` : `due ${until.slice(0, 10)}`;
    return state === "due" || state === "soon" ? [`${label}: ${when}. ${where}: ${change}.`] : [];
  });
}

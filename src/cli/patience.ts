import { InvalidArgumentError } from "commander";
import { organizationOf, canonicalEmails, type Organization } from "../access";
import type { ReadApi } from "../api";
import type { Step } from "../reconcile";
import { cleanText } from "../report";
import type { Terminal } from "./terminal";

const MINUTE = 60_000;
/** Between two looks: long enough to leave the identity provider its share of the limit. */
const PAUSE = 15_000;

/** `30s`, `10m`, `1h` in milliseconds. Throws InvalidArgumentError. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d+)\s*(s|m|h)$/.exec(text.trim()) ?? [];
  const each = unit === "s" ? 1_000 : unit === "m" ? MINUTE : unit === "h" ? 60 * MINUTE : undefined;
  if (count === undefined || each === undefined || Number(count) === 0)
    throw new InvalidArgumentError("Give a length of time such as 30s, 10m or 1h.");
  return Number(count) * each;
}

/**
 * Waits for what the identity provider and whoever was invited are to do: tells what that is, and every minute how long it will wait yet,
 * and looks every quarter of a minute until the bound has passed.
 *
 * @param bound milliseconds in all
 */
export function patience(
  api: Pick<ReadApi, "now" | "sleep" | "groups" | "members">,
  bound: number,
  terminal: Pick<Terminal, "note">,
  stopped: () => boolean,
): (open: readonly Step[]) => Promise<Organization | undefined> {
  const until = api.now() + bound;
  let told = "";
  let waited = 0;
  return async (open) => {
    // A clock that is set back makes nobody wait longer.
    const left = Math.min(until - api.now(), bound - waited);
    if (left <= 0 || stopped()) return undefined;
    const texts = open.map(({ text }) => cleanText(text)).join("; ");
    const minutes = Math.ceil(left / MINUTE);
    if (told !== `${minutes} ${texts}`)
      terminal.note(`Waiting for ${whom(open)}, ${minutes} min at most: ${texts}.`);
    told = `${minutes} ${texts}`;
    const pause = Math.min(PAUSE, left);
    await api.sleep(pause);
    waited += pause;
    const invited = open.some(({ actor }) => actor === "invitee");
    const { items } = await api.groups();
    return organizationOf({
      people: invited
        ? (await api.members()).items.map(({ email, status }) => ({ email, accepted: status === "joined" }))
        : [],
      groups: items.map(({ id, name, members }) => ({
        id,
        name,
        members: canonicalEmails(members),
        writer: "unknown",
      })),
    });
  };
}

function whom(open: readonly Step[]): string {
  const actors = new Set(open.map(({ actor }) => actor));
  if (!actors.has("invitee")) return "the identity provider";
  return actors.size === 1 ? "who was invited" : "the identity provider and who was invited";
}

import type { Effect, Organization } from "../access";
import { allCollections, type Snapshot } from "../collections";
import { someOf } from "./some-of";
import type { LiveStep } from "./step";

/** Lists of what groups give that nobody read, by title. */
export interface UnreadGrants {
  /** There are credentials, and the API did not answer as documented. */
  readonly failed: readonly string[];
  /** There are no credentials for them. */
  readonly absent: readonly string[];
}

const GIVING: readonly Effect["type"][] = ["grant", "grant_module"];

/** Whether an effect gives somebody, or a group, access to a project. */
export const isGift = ({ type }: Effect): boolean => GIVING.includes(type);

const grantLists = allCollections.filter(([, { changedBy }]) =>
  changedBy.some((type) => GIVING.includes(type)),
);

/** Without a list of grants it is not known what a group gives, which is not the same as nothing. */
export function unreadGrants(snapshot: Snapshot): UnreadGrants {
  const failing = new Set(snapshot.unread?.map(({ family }) => family));
  const missing = grantLists.filter(([name]) => snapshot[name] === undefined).map(([, list]) => list);
  const titles = (hasFailed: boolean): string[] =>
    missing.filter(({ family }) => failing.has(family) === hasFailed).map(({ title }) => title);
  return { failed: titles(true), absent: titles(false) };
}

/**
 * One sentence of the people who enter or leave groups while nobody could read what these give; undefined where that is known. A list for
 * which there are no credentials counts where no other one tells what groups give.
 */
export function unknownAccess(
  steps: readonly LiveStep[],
  live: Organization,
  snapshot: Snapshot,
): string | undefined {
  const { failed, absent } = unreadGrants(snapshot);
  const unread = absent.length + failed.length === grantLists.length ? [...failed, ...absent] : failed;
  if (unread.length === 0) return undefined;
  const moving = steps
    .filter(({ step }) => step.actor !== "record")
    .flatMap(({ effects }) => effects.flatMap((effect) => movesOf(effect, live)));
  if (moving.length === 0) return undefined;
  const groups = [...new Set(moving.map(({ group }) => group))].sort();
  const people = [...new Set(moving.map(({ email }) => email))].sort();
  return `Not known: what ${listed(groups)} ${groups.length === 1 ? "gives" : "give"}, because nobody could read ${listed(unread)}. ${listed(people)} may gain or lose more by it than is shown`;
}

/** Who enters or leaves a group that is there already: a new one gives what the plan says. */
function movesOf(effect: Effect, live: Organization): { readonly group: string; readonly email: string }[] {
  if (effect.type === "delete_group") {
    const { id = "", name } = effect.group;
    return [...(live.group(id)?.members ?? [])].map((email) => ({ group: name, email }));
  }
  const isMove =
    effect.type === "add_member" ||
    effect.type === "remove_member" ||
    effect.type === "idp_gain" ||
    effect.type === "idp_lose";
  return isMove && effect.group.id !== undefined ? [{ group: effect.group.name, email: effect.email }] : [];
}

const SHOWN = 3;

function listed(names: readonly string[]): string {
  if (names.length > SHOWN) return someOf(names, SHOWN);
  const [last = "", ...others] = names.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} and ${last}`;
}

import { canonicalEmail, groupOf, isRefusal, type Email, type Organization } from "../access";
import type { Family } from "../api";
import { defineOperation } from "../resources";
import type { Desired } from "./desired/desired";
import type { Course } from "./order/course";
import { enforces } from "./order/sign-on";
import { someOf } from "./some-of";
import { stepOf, type LiveStep } from "./step";

/** Somebody sees that a person will be able to log in once single sign-on is enforced. The word of who looked expires. */
const confirmSignIn = defineOperation<{ email: string }, { as: string | undefined }>({
  name: "person.single-sign-on",
  actor: "hand",
  effects: () => [],
  people: ({ email }) => [canonicalEmail(email)],
  text: ({ email }, { as }) =>
    `${email}${as === undefined ? "" : ` (${as})`} can log in while single sign-on is enforced`,
  how: ({ email }) =>
    `At the identity provider: see that ${email} is assigned to Amplitude; of a service or break-glass account, that it needs no login by password`,
});

/**
 * Where a plan enforces single sign-on: one manual step for everybody with access whom no group of an identity provider is known to hold, and
 * who does not leave. Service accounts and break-glass accounts come first.
 */
export function signInSteps(
  steps: readonly LiveStep[],
  live: Organization,
  { policy, services }: Pick<Desired, "policy" | "services">,
  { leavers, families }: { readonly leavers: ReadonlySet<Email>; readonly families: ReadonlySet<Family> },
): LiveStep[] {
  if (live.settings().get("sso_enforced") === "true" || !steps.some(enforces)) return [];
  const held = heldAfter(steps, live);
  const kept = new Set([...policy.breakGlass, policy.operator ?? ""].map(canonicalEmail));
  const serving = new Set([...services.keys()].map(canonicalEmail));
  const going = new Set(
    steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === "remove_person" ? [canonicalEmail(effect.email)] : [])),
    ),
  );
  const known = [...live.people()].map(({ email }) => canonicalEmail(email));
  const open = known.filter((email) => !held.has(email) && !leavers.has(email) && !going.has(email)).sort();
  const as = (email: Email): string | undefined =>
    serving.has(email) ? "service account" : kept.has(email) ? "break-glass account" : undefined;
  const first = open.filter((email) => as(email) !== undefined);
  const others = open.filter((email) => as(email) === undefined);
  return [...first, ...others].map((email) =>
    stepOf(
      confirmSignIn.draft({ email }, { as: as(email) }),
      { because: "no group of the identity provider is known to hold them" },
      families,
      live,
    ),
  );
}

/** Whom such a step is about; undefined: it is another step. */
export function signsIn({
  operation,
  people,
}: {
  readonly operation: string;
  readonly people: readonly Email[];
}): Email | undefined {
  return operation === confirmSignIn.name ? people[0] : undefined;
}

/** Who is in a group of an identity provider once its steps are done. */
function heldAfter(steps: readonly LiveStep[], live: Organization): ReadonlySet<Email> {
  const groups = new Map<Email, Set<string>>();
  const of = (email: Email): Set<string> => {
    const known = groups.get(email) ?? new Set();
    groups.set(email, known);
    return known;
  };
  for (const { id, writer, members } of live.groups())
    if (writer === "idp") for (const email of members) of(email).add(id);
  for (const { effects } of steps)
    for (const effect of effects) {
      if (effect.type !== "idp_gain" && effect.type !== "idp_lose") continue;
      const group = groupOf(live, effect.group);
      const id = isRefusal(group) ? `new:${effect.group.name}` : group.id;
      if (effect.type === "idp_gain") of(canonicalEmail(effect.email)).add(id);
      else of(canonicalEmail(effect.email)).delete(id);
    }
  return new Set([...groups].flatMap(([email, { size }]) => (size > 0 ? [email] : [])));
}

/** What a plan says of whom it invites and single sign-on. */
export function signInNotes(
  preferred: readonly LiveStep[],
  { runs, way }: Pick<Course, "runs" | "way">,
): string[] {
  const invited = [
    ...new Set(runs.flatMap(({ step }) => step.invites.map((email) => canonicalEmail(email)))),
  ].sort();
  if (invited.length === 0) return [];
  const who = someOf(invited, SHOWN);
  if (preferred.some(enforces) && !runs.some(enforces))
    return [
      `Single sign-on is not enforced by this plan, because that step is blocked or refused: ${who} ${invited.length === 1 ? "is" : "are"} invited as without it, and can accept with a password. Before it is enforced, whoever of them no group of the identity provider has is to be confirmed, too.`,
    ];
  const { after } = way;
  if (after.organization.settings().get("sso_enforced") !== "true") return [];
  const outside = invited.filter((email) => after.groupsAtProvider(email).size === 0);
  if (outside.length === 0) return [];
  return [
    `Single sign-on is enforced, and no group of the identity provider has ${someOf(outside, SHOWN)}, who ${outside.length === 1 ? "joins" : "join"}: they may not be able to log in.`,
  ];
}

/** Addresses that are written out. */
const SHOWN = 20;

import {
  canonicalEmail,
  keyText,
  organizationRoleNamed,
  type Effect,
  type Email,
  type Organization,
  type Unread,
} from "../access";
import {
  accept,
  handOverKey,
  type KeyValues,
  type AdministrationLog,
  type ProvidedGroup,
  type Snapshot,
} from "../resources";
import { asShown } from "../lifecycle";
import { administratorsWord } from "./administrators";
import { saidBy, type ConfirmedStep } from "./approval/confirmation";
import type { Base } from "./base/base";
import type { Desired } from "./desired/desired";
import type { Instance } from "./instance";
import type { Administration } from "./order/bounds";
import type { Fact } from "./premises/premise";
import type { LiveStep } from "./step";

/** Whether somebody has accepted their invitation, and who says so. */
export interface Acceptance extends Pick<Fact, "source" | "from"> {
  readonly accepted: boolean;
}

/** What no API shows and an order rests on, with where each of it is from. */
export interface Told extends Unread {
  /** For somebody of whom no list says it. */
  readonly acceptanceOf: (email: Email) => Acceptance;
  /** Who was made an administrator since the list of them was confirmed, as far as the audit log tells; when, RFC 3339. */
  readonly promoted: ReadonlyMap<Email, string>;
  /** Where the log does not say who that is: whom it may be, and why. */
  readonly anybody?: { readonly is: (email: Email) => boolean; readonly why: string };
  /** `admins` before the log took anybody out. */
  readonly declared: ReadonlySet<Email>;
  /** What each declaration says of the identity provider. */
  readonly provided: readonly (ProvidedGroup & { readonly address: string })[];
}

/** What the stacks declare, the base remembers and reviewed files say; what none of them says is assumed. */
export function toldOf(
  { policy }: Pick<Desired, "policy">,
  instances: readonly Instance[],
  base: Base,
  {
    baseKnown,
    logins,
    snapshot: { administration: log },
    confirmed,
  }: {
    readonly baseKnown: boolean;
    readonly logins?: ReadonlyMap<string, string>;
    readonly snapshot: Pick<Snapshot, "administration">;
    readonly confirmed: readonly ConfirmedStep[];
  },
): Told {
  const present = new Set(base.present.map(canonicalEmail));
  const words = new Map(
    confirmed.flatMap((word) =>
      word.step.operation === accept.name
        ? word.step.people.map((email) => [canonicalEmail(email), word] as const)
        : [],
    ),
  );
  const looked = administratorsWord(confirmed)?.on ?? "";
  const since = (moments: AdministrationLog["promoted"] = []): ReadonlyMap<Email, string> =>
    new Map(moments.flatMap(({ email, at }) => (isAfter(at, looked) ? [[email, at]] : [])));
  const demoted = since(log?.demoted);
  const declared = new Set(policy.admins.map(canonicalEmail));
  const unnamed = log?.unnamed.promoted;
  const acceptanceOf = (email: Email): Acceptance => {
    const word = words.get(email);
    if (word !== undefined) return { accepted: true, source: "confirmed", from: saidBy(word) };
    const login = logins?.get(email);
    if (login !== undefined)
      return { accepted: true, source: "read", from: `a login in the audit log, ${login.slice(0, 10)}` };
    const invited = base.invited?.[email];
    if (invited !== undefined)
      return { accepted: false, source: "assumed", from: `invited on ${invited.slice(0, 10)}` };
    if (!baseKnown)
      return { accepted: true, source: "assumed", from: "there is no base of an earlier apply" };
    return present.has(email)
      ? { accepted: true, source: "assumed", from: "present at the base" }
      : { accepted: false, source: "assumed", from: "not present at the base" };
  };
  // The model knows a group by the name that it has by now.
  const provided = instances.flatMap(({ declaration: { kind, address }, config, identity }) => {
    const provides = kind.provides?.(asShown(kind, config, identity));
    return provides === undefined ? [] : [{ ...provides, address }];
  });
  return {
    provider: {
      mappings: new Map(provided.map(({ group, mapping }) => [group, mapping])),
      deprovisions: provided.some(({ deprovisions }) => deprovisions === true),
    },
    admins: new Set([...declared].filter((email) => !demoted.has(email))),
    declared,
    promoted: since(log?.promoted),
    ...(unnamed !== undefined &&
      isAfter(unnamed, looked) && {
        anybody: {
          is: (email) => !isAfter(demoted.get(email) ?? unnamed, unnamed),
          why: `the audit log says that somebody was made one on ${unnamed.slice(0, 10)}, by no address`,
        },
      }),
    hasAccepted: (email) => acceptanceOf(email).accepted,
    handedOver: new Set(
      confirmed
        .filter(({ step }) => step.operation === handOverKey.name)
        .flatMap(({ step }) => handOverKey.effects(step.values as KeyValues, step.facts as never))
        .flatMap((effect) => (effect.type === "hand_over_key" ? [keyText(effect)] : [])),
    ),
    acceptanceOf,
    provided,
  };
}

const isAfter = (at: string, looked: string): boolean => looked === "" || Date.parse(at) > Date.parse(looked);

/** Who must keep administration, how many must be left, and everybody whose administration comes or goes. */
export function administrationOf(
  { policy }: Pick<Desired, "policy">,
  live: Organization,
  steps: readonly LiveStep[],
): Administration {
  const { admins, breakGlass, operator, minimumAdmins } = policy;
  const kept = new Set([...breakGlass, ...(operator === undefined ? [] : [operator])].map(canonicalEmail));
  const candidates = new Set<Email>([...kept, ...admins.map(canonicalEmail)]);
  for (const { email, organizationRole } of live.people())
    if (administers(organizationRole)) candidates.add(canonicalEmail(email));
  for (const { effects } of steps) {
    for (const effect of effects)
      if (effect.type === "set_organization_role" && administers(effect.role))
        candidates.add(canonicalEmail(effect.email));
  }
  return { minimum: minimumAdmins, kept, candidates };
}

/** Whether a role of the organization is one of its administrators'. */
export function administers(name: string | undefined): boolean {
  const role = name === undefined ? undefined : organizationRoleNamed(name);
  return role === "owner" || role === "admin";
}

/** Whether an effect ends somebody's administration, if they have it. */
export function takesAdministration(effect: Effect): boolean {
  return (
    effect.type === "remove_person" || (effect.type === "set_organization_role" && !administers(effect.role))
  );
}

/** Whether a step may end the administration of somebody who is no leaver. */
export function mayTakeAdministration(
  { step, effects }: Pick<LiveStep, "step" | "effects">,
  leavers: ReadonlySet<Email>,
): boolean {
  return effects.some(
    (effect) => takesAdministration(effect) && !step.people.every((email) => leavers.has(email)),
  );
}

import {
  canonicalEmail,
  compareOrganizationRoles,
  organizationRoleNamed,
  type Effect,
  type Email,
} from "../../access";
import { limitsOf } from "../desired/limits";
import type { LiveStep } from "../step";
import type { GuardFinding, GuardFacts, GuardRule } from "./guard";

/** So many administrators must be left when everything is done. Who has not accepted the invitation is none yet. */
export const administrators: GuardRule = {
  name: "administrators",
  opens: "never",
  advice:
    "Make somebody else an administrator first, in a plan of its own, and wait until they have accepted.",
  judge(facts) {
    const { administrators: limit } = limitsOf(facts.base.policy, facts.policy);
    const lowering = facts.steps.filter(({ effects }) => effects.some(takesAdministration));
    if (limit === 0 && facts.policy.admins.length === 0 && facts.snapshot.management === undefined)
      return [{ found: 0, limit, text: "not readable, none declared; no minimum is set", ...passing }];
    const known = knownAdministrators(facts);
    if (known === undefined) return [unjudged(lowering, limit, facts)];
    const now = new Set(known.emails);
    const accepting = acceptingIn(facts);
    const invited = pendingAdministrators(facts);
    for (const { effects } of facts.steps) {
      for (const effect of effects) {
        follow(now, effect, accepting);
        if (effect.type === "accept" && invited.has(canonicalEmail(effect.email)))
          now.add(canonicalEmail(effect.email));
      }
    }
    const taken = lowering.filter(({ step }) => step.people.some((email) => known.emails.has(email)));
    // What was too few before is not to become fewer.
    const holds = now.size < Math.min(limit, known.emails.size);
    return [
      {
        found: now.size,
        limit,
        text: `${now.size} afterwards, ${known.how}; at least ${limit}`,
        verdict: holds ? "holds" : "passes",
        people: [...new Set(taken.flatMap(({ step }) => step.people))].sort(),
        steps: taken.map(({ step }) => step.id),
      },
      ...possible(lowering, facts),
    ];
  },
};

/** Whoever was made an administrator since somebody looked, as far as the audit log tells, may be one although nobody declares it. */
function possible(
  lowering: readonly LiveStep[],
  { snapshot, unread: { promoted }, leavers }: GuardFacts,
): GuardFinding[] {
  if (snapshot.management !== undefined) return [];
  const isHit = (effect: Effect): boolean =>
    takesAdministration(effect) && promoted.has(emailIn(effect)) && !leavers.has(emailIn(effect));
  const held = lowering.filter(({ effects }) => effects.some(isHit));
  if (held.length === 0) return [];
  const people = [...new Set(held.flatMap(({ effects }) => effects.filter(isHit).map(emailIn)))].sort();
  const who = people.map((email) => `${email}, ${promoted.get(email)?.slice(0, 10) ?? ""}`).join("; ");
  return [
    {
      found: people.length,
      limit: 0,
      text: `${people.length} would go who might be an administrator, says the audit log (${who}); limit 0`,
      advice:
        "Look at their role in Amplitude, and take it from them there if it is wrong. Else confirm that the administrators are all of them, or say in a line of its own that somebody has left.",
      verdict: "holds",
      people,
      steps: held.map(({ step }) => step.id),
    },
  ];
}

/** Accounts that must never lose administration, whatever a plan is for. */
export const breakGlass: GuardRule = {
  name: "break-glass",
  opens: "never",
  advice: "Take the account out of `break_glass` in a plan of its own first.",
  judge: (facts) => [
    protectedFinding([...(facts.base.policy?.breakGlass ?? []), ...facts.policy.breakGlass], facts),
  ],
};

/** The account whose credentials run the applies. */
export const operator: GuardRule = {
  name: "operator",
  opens: "never",
  advice: "Name another `operator` in a plan of its own first.",
  judge: (facts) => [
    protectedFinding(
      [facts.base.policy?.operator, facts.policy.operator].filter((email) => email !== undefined),
      facts,
    ),
  ],
};

const emailIn = (effect: Effect): Email => ("email" in effect ? canonicalEmail(effect.email) : "");
const passing = { verdict: "passes", people: [], steps: [] } as const;

function protectedFinding(emails: readonly string[], { steps }: GuardFacts): GuardFinding {
  const kept = new Set(emails.map(canonicalEmail));
  const hit = (effect: Effect): boolean =>
    takesAdministration(effect) && "email" in effect && kept.has(canonicalEmail(effect.email));
  const taken = steps.filter(({ effects }) => effects.some(hit));
  const people = [
    ...new Set(
      taken.flatMap(({ effects }) =>
        effects.flatMap((effect) => (hit(effect) && "email" in effect ? [canonicalEmail(effect.email)] : [])),
      ),
    ),
  ].sort();
  const who = people.length === 0 ? `${kept.size} named` : people.join(", ");
  return {
    found: people.length,
    of: kept.size,
    limit: 0,
    text: `${people.length} would lose administration (${who}); limit 0`,
    verdict: people.length > 0 ? "holds" : "passes",
    people,
    steps: taken.map(({ step }) => step.id),
  };
}

/** Without a list of them anybody might be one: nobody goes, but for those whom a line says have left. */
function unjudged(lowering: readonly LiveStep[], limit: number, { leavers }: GuardFacts): GuardFinding {
  const held = lowering.filter(({ step }) => !step.people.every((email) => leavers.has(email)));
  return {
    found: 0,
    limit,
    text: `not readable and not declared; at least ${limit}`,
    advice: "Say in `admins` of the provider block who administers; who has left goes by a line of its own.",
    verdict: held.length > 0 ? "unjudged" : "passes",
    people: [...new Set(held.flatMap(({ step }) => step.people))].sort(),
    steps: held.map(({ step }) => step.id),
  };
}

function knownAdministrators({
  snapshot: { management },
  policy,
  before,
  unread: { admins },
}: GuardFacts): { readonly emails: ReadonlySet<Email>; readonly how: string } | undefined {
  if (management !== undefined) {
    const joined = management.members.filter(
      ({ role, status }) => status === "joined" && isAdministrator(role),
    );
    return { emails: new Set(joined.map(({ email }) => canonicalEmail(email))), how: "read" };
  }
  if (policy.admins.length === 0) return undefined;
  const there = [...admins].filter((email) => before.person(email) !== undefined);
  return { emails: new Set(there), how: "declared, not readable" };
}

/** Who has accepted, or will have: a plan that needs it waits for it. */
function acceptingIn({ snapshot: { management }, steps }: GuardFacts): ReadonlySet<Email> {
  const joined = management?.members.filter(({ status }) => status === "joined") ?? [];
  const waited = steps.flatMap(({ effects }) => effects.filter((effect) => effect.type === "accept"));
  return new Set([...joined, ...waited].map(({ email }) => canonicalEmail(email)));
}

/** Who has the role and has not accepted the invitation; where no API shows it, whoever is declared. */
function pendingAdministrators({
  snapshot: { management },
  unread: { admins },
}: GuardFacts): ReadonlySet<Email> {
  if (management === undefined) return admins;
  const pending = management.members.filter(
    ({ role, status }) => status === "pending" && isAdministrator(role),
  );
  return new Set(pending.map(({ email }) => canonicalEmail(email)));
}

function follow(now: Set<Email>, effect: Effect, accepting: ReadonlySet<Email>): void {
  if (effect.type === "remove_person") now.delete(canonicalEmail(effect.email));
  if (effect.type !== "set_organization_role") return;
  const email = canonicalEmail(effect.email);
  if (!isAdministrator(effect.role)) now.delete(email);
  else if (accepting.has(email)) now.add(email);
}

/** Whether an effect ends somebody's administration, if they have it. */
export function takesAdministration(effect: Effect): boolean {
  return (
    effect.type === "remove_person" ||
    (effect.type === "set_organization_role" && !isAdministrator(effect.role))
  );
}

function isAdministrator(name: string): boolean {
  const role = organizationRoleNamed(name);
  return role !== undefined && compareOrganizationRoles(role, "admin") >= 0;
}

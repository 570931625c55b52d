import { canonicalEmail, type Effect, type Email } from "../../access";
import { limitsOf } from "../desired/limits";
import type { LiveStep } from "../step";
import { administers, takesAdministration } from "../unread";
import type { GuardFinding, GuardFacts, GuardRule } from "./guard";
import { mightAdminister } from "./might-administer";

/** So many administrators must be left when everything is done. Who has not accepted the invitation is none yet. */
export const administrators: GuardRule = {
  name: "administrators",
  opens: "never",
  advice:
    "Make somebody else an administrator first, in a plan of its own, and wait until they have accepted.",
  judge(facts) {
    const { administrators: limit } = limitsOf(facts.base.policy, facts.policy);
    const lowering = facts.steps.filter(({ effects }) => effects.some(takesAdministration));
    if (limit === 0 && facts.policy.admins.length === 0 && facts.snapshot.members === undefined)
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
    // What was too few before is not to become fewer; whom the log takes out of the declared ones lowers nothing.
    const holds = taken.length > 0 && now.size < Math.min(limit, known.before);
    return [
      {
        found: now.size,
        limit,
        text: `${now.size} afterwards, ${known.how}; at least ${limit}`,
        verdict: holds ? "holds" : "passes",
        people: [...new Set(taken.flatMap(({ step }) => step.people))].sort(),
        steps: taken.map(({ step }) => step.id),
      },
      ...mightAdminister(lowering, facts),
    ];
  },
};

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
  snapshot: { members },
  policy,
  before,
  unread: { admins, declared },
}: GuardFacts):
  { readonly emails: ReadonlySet<Email>; readonly before: number; readonly how: string } | undefined {
  if (members !== undefined) {
    const joined = members.filter(({ role, status }) => status === "joined" && administers(role));
    const emails = new Set(joined.map(({ email }) => canonicalEmail(email)));
    return { emails, before: emails.size, how: "read" };
  }
  if (policy.admins.length === 0) return undefined;
  const there = (emails: ReadonlySet<Email>): ReadonlySet<Email> =>
    new Set([...emails].filter((email) => before.person(email) !== undefined));
  return { emails: there(admins), before: there(declared).size, how: "declared, not readable" };
}

/** Who has accepted, or will have: a plan that needs it waits for it. */
function acceptingIn({ snapshot: { members }, steps }: GuardFacts): ReadonlySet<Email> {
  const joined = members?.filter(({ status }) => status === "joined") ?? [];
  const waited = steps.flatMap(({ effects }) => effects.filter((effect) => effect.type === "accept"));
  return new Set([...joined, ...waited].map(({ email }) => canonicalEmail(email)));
}

/** Who has the role and has not accepted the invitation; where no API shows it, whoever is declared. */
function pendingAdministrators({
  snapshot: { members },
  unread: { admins },
}: GuardFacts): ReadonlySet<Email> {
  if (members === undefined) return admins;
  const pending = members.filter(({ role, status }) => status === "pending" && administers(role));
  return new Set(pending.map(({ email }) => canonicalEmail(email)));
}

function follow(now: Set<Email>, effect: Effect, accepting: ReadonlySet<Email>): void {
  if (effect.type === "remove_person") now.delete(canonicalEmail(effect.email));
  if (effect.type !== "set_organization_role") return;
  const email = canonicalEmail(effect.email);
  if (!administers(effect.role)) now.delete(email);
  else if (accepting.has(email)) now.add(email);
}

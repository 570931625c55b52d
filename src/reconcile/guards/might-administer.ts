import { canonicalEmail, type Effect, type Email } from "../../access";
import type { LiveStep } from "../step";
import { takesAdministration } from "../unread";
import type { GuardFinding, GuardFacts } from "./guard";

const advice =
  "Look at their role in Amplitude, and take it from them there if it is wrong. Else confirm that the administrators are all of them, or say in a line of its own that somebody has left.";

/** Whoever was made an administrator since somebody looked, as far as the audit log tells, may be one although nobody declares it. */
export function mightAdminister(
  lowering: readonly LiveStep[],
  { snapshot, unread: { promoted, anybody }, leavers }: GuardFacts,
): GuardFinding[] {
  if (snapshot.members !== undefined) return [];
  const held = (
    isHit: (email: Email) => boolean,
    says: (people: readonly Email[]) => string,
  ): GuardFinding[] => {
    const hits = (effect: Effect): boolean =>
      takesAdministration(effect) && !leavers.has(emailIn(effect)) && isHit(emailIn(effect));
    const steps = lowering.filter(({ effects }) => effects.some(hits));
    const people = [...new Set(steps.flatMap(({ effects }) => effects.filter(hits).map(emailIn)))].sort();
    if (people.length === 0) return [];
    const text = `${people.length} would go who might be an administrator, ${says(people)}; limit 0`;
    const ids = steps.map(({ step }) => step.id);
    return [{ found: people.length, limit: 0, text, advice, verdict: "holds", people, steps: ids }];
  };
  const dated = (email: Email): string => `${email}, ${promoted.get(email)?.slice(0, 10) ?? ""}`;
  return [
    ...held(
      (email) => promoted.has(email),
      (people) => `says the audit log (${people.map(dated).join("; ")})`,
    ),
    ...(anybody === undefined
      ? []
      : held(
          (email) => !promoted.has(email) && anybody.is(email),
          () => anybody.why,
        )),
  ];
}

const emailIn = (effect: Effect): Email => ("email" in effect ? canonicalEmail(effect.email) : "");

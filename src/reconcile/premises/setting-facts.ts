import type { Effect } from "../../access";
import { saidBy } from "../approval/confirmation";
import type { Fact } from "./premise";
import type { PremiseInput } from "./premise-input";

/** What a setting is taken to be where nobody says: off, and for people whom their first login creates the role that the playbook asks for. */
const ASSUMED: ReadonlyMap<string, string> = new Map([
  ["sso_enforced", "false"],
  ["jit_default_role", "member"],
]);

/** Whether single sign-on is enforced, where a step moves people at the provider; and what a setting is before a step changes it. */
export function settingFacts(
  { before, snapshot, confirmed }: PremiseInput,
  effects: readonly Effect[],
): Fact[] {
  const asked = new Set(
    effects.flatMap(({ type, ...effect }) =>
      "name" in effect && type === "setting"
        ? [effect.name]
        : type === "idp_gain" || type === "idp_lose"
          ? ["sso_enforced"]
          : [],
    ),
  );
  return [...ASSUMED].flatMap(([subject, assumed]): Fact[] => {
    if (!asked.has(subject)) return [];
    const fact = { topic: "settings" as const, subject };
    const known = before.settings().get(subject);
    if (known === undefined)
      return [
        { ...fact, value: assumed, source: "assumed", from: "no API shows it, and nobody confirms it" },
      ];
    const word = confirmed.find(({ step: { values } }) => values["setting"] === subject);
    if (snapshot.settings !== undefined || word === undefined)
      return [{ ...fact, value: known, source: "read", from: "the organization's settings" }];
    return [{ ...fact, value: known, source: "confirmed", from: saidBy(word) }];
  });
}

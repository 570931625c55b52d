import type { Organization } from "../access";
import type { Family } from "../api";
import { defineOperation, type NoFacts } from "../resources";
import type { ConfirmedStep } from "./approval/confirmation";
import type { Policy } from "./desired/declaration";
import { stepOf, type LiveStep } from "./step";

/** The family that shows who has which role in the organization. */
const SHOWS_ROLES: Family = "management";

/** Somebody looks who administers the organization. `admins`: canonical e-mails, comma-separated, in order. The word of who looked expires. */
const confirmAdministrators = defineOperation<{ admins: string }, NoFacts>({
  name: "organization.administrators",
  actor: "hand",
  effects: () => [],
  people: () => [],
  text: ({ admins }) => `the administrators are these and nobody else: ${admins.replaceAll(",", ", ")}`,
  how: () =>
    "Amplitude, Settings > Organization Settings > Members & Groups: see whose role is Owner or Admin",
});

/**
 * Where no API shows organization roles, every guard over administrators rests on the list of the stacks: one step by hand asks somebody to look
 * whether these are all. Another list is another step, so that a confirmation of the old one counts no more.
 */
export function administratorSteps(
  { admins }: Policy,
  families: ReadonlySet<Family>,
  live: Organization,
): LiveStep[] {
  if (admins.length === 0 || families.has(SHOWS_ROLES)) return [];
  const draft = confirmAdministrators.draft({ admins: [...admins].sort().join() }, {});
  return [stepOf(draft, { because: "no API shows organization roles" }, families, live)];
}

/** Who says that the list of administrators is whole, among what is confirmed. */
export function administratorsWord(confirmed: readonly ConfirmedStep[]): ConfirmedStep | undefined {
  return confirmed.find(({ step }) => step.operation === confirmAdministrators.name);
}

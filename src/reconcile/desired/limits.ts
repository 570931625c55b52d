import type { Policy } from "./declaration";

/** Numbers that guards hold a plan to. */
export interface Limits {
  /** Largest share of people, members or invitations that one plan removes, in percent. */
  readonly removalPercent: number;
  /** Removals in all; undefined: any number. */
  readonly removals?: number;
  readonly invitations: number;
  readonly administrators: number;
}

/** So many removals are never too many by their share alone. */
export const UNCOUNTED_REMOVALS = 4;
const REMOVAL_PERCENT = 25;
const INVITATIONS = 20;

/** A plan must pass under the policy that is in effect, if any, and under its own: of two numbers the stricter one. */
export function limitsOf(inEffect: Policy | undefined, own: Policy): Limits {
  const policies = inEffect === undefined ? [own] : [inEffect, own];
  const removals = Math.min(...policies.map(({ maximumRemovals }) => maximumRemovals ?? Infinity));
  return {
    removalPercent: Math.min(
      ...policies.map(({ maximumRemovalPercent }) => maximumRemovalPercent ?? REMOVAL_PERCENT),
    ),
    ...(removals === Infinity ? {} : { removals }),
    invitations: Math.min(...policies.map(({ maximumInvitations }) => maximumInvitations ?? INVITATIONS)),
    administrators: Math.max(...policies.map(({ minimumAdmins }) => minimumAdmins)),
  };
}

/** What a new policy lets pass that the one in effect does not; a clause each. */
export function loosened(inEffect: Policy | undefined, own: Policy): string[] {
  if (inEffect === undefined) return [];
  const [before, after] = [limitsOf(undefined, inEffect), limitsOf(undefined, own)];
  const kept = new Set(own.breakGlass);
  const gone = inEffect.breakGlass.filter((email) => !kept.has(email));
  const number = (name: string, from: number | undefined, to: number | undefined): string =>
    `${name} ${from ?? "not set"} → ${to ?? "not set"}`;
  return [
    ...(after.removalPercent > before.removalPercent
      ? [number("maximum_removal_percent", before.removalPercent, after.removalPercent)]
      : []),
    ...((after.removals ?? Infinity) > (before.removals ?? Infinity)
      ? [number("maximum_removals", before.removals, after.removals)]
      : []),
    ...(after.invitations > before.invitations
      ? [number("maximum_invitations", before.invitations, after.invitations)]
      : []),
    ...(after.administrators < before.administrators
      ? [number("minimum_admins", before.administrators, after.administrators)]
      : []),
    ...gone.map((email) => `break_glass without ${email}`),
    ...(inEffect.operator !== undefined && inEffect.operator !== own.operator
      ? [`operator ${inEffect.operator} → ${own.operator ?? "not set"}`]
      : []),
  ];
}

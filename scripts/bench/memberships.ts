import type { Seed } from "../../src/emulator";

/** People in groups of twenty. */
export function membershipSeed(count: number) {
  const memberships = Array.from({ length: count }, (_, index) => ({
    group: String(601 + Math.floor(index / 20)),
    email: `p${index}@nova.agency`,
  }));
  const groups = new Map<string, string[]>();
  for (const { group, email } of memberships) groups.set(group, [...(groups.get(group) ?? []), email]);
  const seed: Seed = {
    format: "amplitude-emulator/1",
    organization: { id: 7, name: "Acme" },
    clock: "2026-11-23T09:00:00Z",
    credentials: { scimKey: "scim-us-acme" },
    people: memberships.map(({ email }) => ({ email })),
    groups: [...groups].map(([id, members]) => ({ id: Number(id), name: `team-${id}`, members })),
  };
  return { seed, memberships };
}

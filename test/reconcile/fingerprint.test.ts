import { emptyBase, type Base } from "../../src/reconcile";
import { fingerprintOf } from "../../src/reconcile/fingerprint";
import type { Snapshot } from "../../src/resources";

const snapshot = (ids: readonly string[], listed?: readonly string[], scim = true): Snapshot => ({
  people: [],
  groups: ids.map((id) => ({ id, name: `group ${id}`, members: [] })),
  roles: [],
  assignments: [],
  projects: [],
  proofs: [],
  families: scim ? ["scim"] : ["user-management"],
  ...(listed === undefined ? {} : { userManagementGroups: listed.map((id) => ({ id })) }),
});
const base = (groupIds: readonly string[] = []): Base => ({
  ...emptyBase({ orgId: "7", host: "core.amplitude.com" }),
  groupIds: [...groupIds],
});

describe("the organization that answered is the one named", () => {
  it.each([
    ["user-management lists the same group ids", snapshot(["1", "2"], ["2", "1"]), base(), true],
    ["there is no SCIM key to be wrong", snapshot([], ["1"], false), base(), true],
    ["all groups of the last run are there", snapshot(["1", "2"]), base(["1", "2"]), true],
    ["half of them are there", snapshot(["1", "3"]), base(["1", "2"]), true],
    ["fewer than half are there", snapshot(["1", "3"]), base(["1", "2", "4"]), false],
    ["none is there", snapshot(["8", "9"]), base(["1", "2"]), false],
    ["there is nothing to compare with", snapshot(["1"]), base(), false],
    ["neither family has a group, and there was no run", snapshot([], []), base(), false],
    ["neither family has a group, and there were some", snapshot([], []), base(["1"]), false],
    ["user-management lists others, and there was no run", snapshot(["1"], ["9"]), base(), false],
    ["user-management lists some of them, and there was no run", snapshot(["1", "2"], ["1"]), base(), false],
  ])("%s: proved %s", (_, live, known, proved) => {
    const fingerprint = fingerprintOf(live, known);
    expect(fingerprint.proved).toBe(proved);
    expect(fingerprint.how).not.toBe("");
  });

  it.each([
    ["most people of the last run are there", ["a", "b", "c"], ["a", "b", "d"], true],
    ["half of them are there", ["a", "b"], ["a", "c"], false],
    [
      "all are there, among many more: it may be a larger organization of the same company",
      ["a"],
      ["a", "b", "c"],
      false,
    ],
    ["none is there", ["a", "b"], ["c", "d"], false],
  ])("without a group: %s", (_, before, now, proved) => {
    const at = (names: readonly string[]) => names.map((name) => `${name}@acme.com`);
    const live = { ...snapshot([], []), people: at(now).map((email) => ({ email })) };
    const known = { ...base(), present: at(before) };
    const fingerprint = fingerprintOf(live, known);
    expect(fingerprint.proved).toBe(proved);
    expect(fingerprint.how).toMatch(/neither API lists a group; \d of \d people of the last run/);
    // Where it has groups by now, they decide.
    expect(fingerprintOf({ ...snapshot(["8"], []), people: live.people }, known).proved).toBe(false);
  });

  it("names the group in which the two lists differ", () => {
    const { proved, how } = fingerprintOf(snapshot(["1"], ["1", "2"]), base());
    expect([proved, how]).toEqual([
      false,
      "SCIM does not list group 2, which the role API lists, and no earlier run knows its groups",
    ]);
  });

  it("is proved by an earlier run where user-management counts its groups in ids of its own", () => {
    const fingerprint = fingerprintOf(snapshot(["1", "2"], ["8", "9"]), base(["1", "2"]));
    expect(fingerprint).toEqual({ proved: true, how: "2 of 2 group ids of the last run are there" });
  });
});

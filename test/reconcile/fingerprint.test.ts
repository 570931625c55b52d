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
  ...(listed === undefined ? {} : { userManagementGroupIds: listed }),
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

  it("is proved by an earlier run where user-management counts its groups in ids of its own", () => {
    const fingerprint = fingerprintOf(snapshot(["1", "2"], ["8", "9"]), base(["1", "2"]));
    expect(fingerprint).toEqual({ proved: true, how: "2 of 2 group ids of the last run are there" });
  });
});

import { nothing, unfound, type Pair, type SettingsPair } from "./pair";

/** What random pairs found once, each by its name. */
export const situations: readonly (readonly [string, Pair])[] = [
  [
    "a group is renamed while a single membership of it becomes one of its members",
    {
      found: unfound,
      before: { ...nothing, groups: { ops: { name: "ops" } }, memberships: { a: ["ops", "p1"] } },
      after: { ...nothing, groups: { ops: { name: "ops-too", members: ["p1"] } } },
    },
  ],
  [
    "somebody leaves whose role in the organization was declared",
    {
      found: { ...unfound, members: ["p3"] },
      before: {
        ...nothing,
        roles: { p3: "manager" },
        grants: { a: { holder: "p3", project: "Web", gives: "Member" } },
      },
      after: { ...nothing, leavers: ["p3"] },
    },
  ],
  [
    "somebody leaves whom the stack had invited",
    {
      found: unfound,
      before: {
        ...nothing,
        users: { a: { who: "n1", name: "Ann" } },
        groups: { eng: { name: "eng", members: ["n1", "p1"] }, ops: { name: "ops" } },
        memberships: { a: ["ops", "n1"] },
        grants: { a: { holder: "n1", project: "Web", gives: "Member" } },
        modules: { a: { holder: "n1", project: "App", gives: "experiment_admin" } },
        roles: { n1: "manager" },
      },
      after: {
        ...nothing,
        leavers: ["n1"],
        groups: { eng: { name: "eng", members: ["p1"] }, ops: { name: "ops" } },
      },
    },
  ],
  [
    "every line is deleted",
    {
      found: { members: ["p1"], grants: [{ holder: "old", project: "App", gives: "Viewer" }] },
      before: {
        users: { a: { who: "n1", name: "Ann" }, b: { who: "n2", name: null } },
        leavers: ["p3"],
        groups: { eng: { name: "eng", members: ["p1", "n1", "v1"] }, ops: { name: "ops" } },
        memberships: { a: ["old", "p2"], b: ["ops", "n2"] },
        grants: {
          a: { holder: "eng", project: "Lab", gives: "Manager" },
          b: { holder: "n1", project: "Web", gives: "Viewer" },
          c: { holder: "p1", project: "Web", gives: "Member" },
        },
        modules: {
          a: { holder: "ops", project: "Web", gives: "experiment_admin" },
          b: { holder: "n2", project: "App", gives: "experiment_analyst" },
        },
        roles: { p1: "viewer", n1: "manager" },
        lab: { name: "Lab", environment: "staging" },
        key: "sync",
        hidden: true,
      },
      after: nothing,
    },
  ],
];

/** A setting whose attribute is deleted stays as it is; the others change. */
export const settingsOfSituations: SettingsPair = {
  before: { sso: false, jit: "viewer", mfa: true, ranges: ["127.0.0.0/8", "203.0.113.0/24"] },
  after: { mfa: false, ranges: ["127.0.0.0/8"] },
};

import * as fc from "fast-check";
import { everyEffort } from "../../src/reconcile/order/arrange";
import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { cameOf, interleaved, type Interleaved } from "./interleaved";

/* `npm run soak` tries others, and more. */
const { SEED: seed = "20261129", ORACLE_RUNS: runs = "80" } = process.env;

it("whenever others do their part, whatever fails or is held back: nobody has too much, or is without what they keep", () => {
  let [early, refused] = [0, 0];
  fc.assert(
    fc.property(interleaved, (drawn) => {
      const came = cameOf(drawn);
      early += came.early;
      refused += came.refused > 0 ? 1 : 0;
      expect({ violation: came.violation, log: came.violation === undefined ? [] : came.log }).toEqual({
        violation: undefined,
        log: [],
      });
    }),
    { numRuns: Number(runs), seed: Number(seed) },
  );
  // Others are early, and steps are refused, often enough for it to mean something.
  expect(early).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(10);
});

const people = ["ana", "jo", "kim"];
const none = { people, groups: { g1: [], g2: [], "idp-x": [], "idp-y": [] }, archived: [] };
const calm = { held: [], circumstances: {} };

/** Worlds that the property catches without a rule. */
const caught: readonly (readonly [keyof Rules, string, Interleaved])[] = [
  [
    "others",
    "they take her out of one group before they put her into the other one",
    {
      ...calm,
      before: {
        ...none,
        groups: { ...none.groups, g1: ["kim"], "idp-x": ["kim"] },
        grants: { "g1 app": "viewer", "idp-x app": "member", "idp-y app": "manager" },
      },
      after: {
        ...none,
        groups: { ...none.groups, "idp-y": ["kim"] },
        grants: { "g1 app": "viewer", "idp-x app": "member", "idp-y app": "manager" },
      },
      turns: [3, 0, 2, 2, 2],
    },
  ],
  [
    "others",
    "they put somebody into the group of a project that we open",
    {
      ...calm,
      before: { ...none, grants: { "idp-x app": "viewer" }, archived: ["app"] },
      after: { ...none, groups: { ...none.groups, "idp-x": ["jo"] }, grants: {} },
      turns: [0, 2],
    },
  ],
  [
    "sync",
    "we open a project of which a sync gives a role to whoever is still to leave",
    {
      before: { ...none, groups: { ...none.groups, "idp-x": ["kim"] }, grants: {}, archived: ["app"] },
      after: { ...none, grants: {} },
      circumstances: { leavers: ["kim"], mappings: { "idp-x": { projectRoles: { App: "Viewer" } } } },
      held: [],
      turns: [2, 2, 2],
    },
  ],
  [
    "refused",
    "the provider would switch off who stays, and she leaves one group and may not join the other",
    {
      before: {
        ...none,
        groups: { ...none.groups, g2: ["kim"], "idp-x": ["kim"] },
        grants: { "g1 web": "member", "g2 web": "viewer" },
      },
      after: { ...none, groups: { ...none.groups, g1: ["kim"] }, grants: { "g1 web": "member" } },
      circumstances: { deprovisions: true },
      held: [],
      turns: [2, 2, 2, 2],
    },
  ],
  [
    "refused",
    "what she loses for a while does not come back, because the step that gives it back is refused",
    {
      before: {
        ...none,
        groups: { ...none.groups, "idp-x": ["jo"], "idp-y": ["ana"] },
        grants: { "idp-y web": "viewer" },
      },
      after: { ...none, groups: { ...none.groups, "idp-x": ["ana"] }, grants: { "idp-x web": "viewer" } },
      circumstances: { deprovisions: true },
      held: [2],
      turns: [0, 0, 2, 2],
    },
  ],
];

it.each(caught)("%s: without it, %s", (rule, _, drawn) => {
  expect(cameOf(drawn).violation).toBeUndefined();
  const rules = { ...everyRule, [rule]: false };
  expect(cameOf(drawn, { ...everyEffort, rules }).violation).toMatch(/^P[23] /);
});

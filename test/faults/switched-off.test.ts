import { guardRules } from "../../src/reconcile/guards";
import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { tried } from "./trial";
import { ana, between, jo, refused } from "./small-world";
import { calm, type Trouble } from "./trouble";
import type { World } from "./world";

/*
 * The trial catches what it is there for: something is switched off, and the oracle, which knows none of it, objects. What else keeps an
 * order good (group changes first, looking ahead, gaps) is in test/order/switched-off.test.ts, guards in test/guards, retry rules and
 * look-ups in test/api/retry-rules.test.ts and test/api/ensure.test.ts.
 */

const caught: readonly (readonly [keyof Rules, string, World, Trouble])[] = [
  [
    "P1",
    "who is to follow could not be raised",
    between({ admins: ["priya@acme.com"] }, { admins: [ana] }, { minimum: 2 }),
    refused("PATCH", `/api/2/organizations/7/members/${ana}`),
  ],
  [
    "P2",
    "the group is lowered after somebody joins",
    between(
      { groups: { analysts: [], "okta-nova": [] }, grants: { "analysts Web": "Manager" } },
      { groups: { analysts: [jo], "okta-nova": [] }, grants: { "analysts Web": "Viewer" } },
    ),
    calm,
  ],
  [
    "P3",
    "somebody leaves the group before they have a grant of their own",
    between(
      { groups: { analysts: [ana], "okta-nova": [] }, grants: { "analysts Web": "Viewer" } },
      {
        groups: { analysts: [], "okta-nova": [] },
        grants: { "analysts Web": "Viewer", [`${ana} Web`]: "Viewer" },
      },
    ),
    calm,
  ],
  [
    "P4",
    "the identity provider still has whom we remove",
    between({ groups: { "okta-nova": [ana] } }, { present: [jo] }),
    calm,
  ],
  [
    "sync",
    "somebody leaves the group whose role the next sync takes from them directly",
    between(
      {
        groups: { analysts: [ana], "okta-nova": [ana] },
        grants: { "analysts App": "Manager", [`${ana} App`]: "Manager" },
      },
      {
        groups: { analysts: [], "okta-nova": [] },
        grants: { "analysts App": "Manager", [`${ana} App`]: "Manager" },
      },
      { mapped: "Viewer" },
    ),
    calm,
  ],
  [
    "others",
    "the identity provider has done its part, and we do ours",
    between(
      {
        groups: { analysts: [ana], "okta-nova": [ana] },
        grants: { "analysts Web": "Viewer", "okta-nova Web": "Viewer" },
      },
      {
        groups: { analysts: [], "okta-nova": [] },
        grants: { "analysts Web": "Viewer", "okta-nova Web": "Viewer", [`${ana} Web`]: "Viewer" },
      },
    ),
    {
      ...refused("POST", "/user-management/1/project-role-assignments"),
      events: [{ at: 1, of: "writes", moves: ana, syncs: true }],
    },
  ],
  [
    "refused",
    "somebody loses a group, and what they are to get instead is refused with what the provider may not do",
    between(
      {
        groups: { analysts: [], builders: [ana], "okta-nova": [ana] },
        grants: { "analysts Web": "Member", "builders Web": "Viewer" },
      },
      { groups: { analysts: [ana], "okta-nova": [] }, grants: { "analysts Web": "Member" } },
      { deprovisions: true, kept: [ana] },
    ),
    calm,
  ],
];

/** What the oracle says of it, where that is not the rule's own name. */
const says: Partial<Record<keyof Rules, string>> = { others: "P3", sync: "P3", refused: "P3" };

it.each(caught)("%s: without it, %s", async (rule, _, world, trouble) => {
  await tried(world, trouble);
  const rules = everyRule as { -readonly [K in keyof Rules]: boolean };
  rules[rule] = false;
  try {
    await expect(tried(world, trouble)).rejects.toThrow(new RegExp(`^${says[rule] ?? rule} `));
  } finally {
    rules[rule] = true;
  }
});

it("no rule is left out", () => {
  expect(caught.map(([rule]) => rule).sort()).toEqual(Object.keys(everyRule).sort());
});

describe("P5", () => {
  it("a base that is written at the end only: a key whose value was lost in a crash is lost for good", async () => {
    const world = between({}, { keys: { etl: 1 } });
    const trouble: Trouble = { ...calm, crashes: [{ at: 0, after: true }] };
    await tried(world, trouble);
    await expect(tried(world, { ...trouble, forgets: true })).rejects.toThrow(
      /^P5: nobody has the value of etl/,
    );
  });

  it("no guard for who comes back: a resumed run invites again whom somebody took out meanwhile", async () => {
    const kim = "kim@nova.agency";
    const world = between({}, { present: [ana, jo, kim], groups: { "okta-nova": [ana] } });
    const trouble: Trouble = {
      ...calm,
      runs: "resumed",
      between: { moves: [ana], beyond: undefined },
      takesOut: kim,
    };
    const { refused: held } = await tried(world, trouble);
    expect(held.join()).toMatch(/^returns: /);
    const others = guardRules.filter(({ name }) => name !== "returns");
    await expect(tried(world, trouble, others)).rejects.toThrow(/^kim@nova\.agency was invited 2 times/);
  });
});

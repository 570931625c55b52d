import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { tried } from "./trial";
import { ana, between, jo, refused } from "./small-world";
import { calm, type Trouble } from "./trouble";
import type { World } from "./world";

/*
 * The trial catches what it is there for: a rule is switched off, and the oracle, which does not know the rules, objects to a write.
 * What only a mapping can break after a sync is in test/order/switched-off.test.ts.
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
];

it.each(caught)("%s: without it, %s", async (rule, _, world, trouble) => {
  await tried(world, trouble);
  const rules = everyRule as { -readonly [K in keyof Rules]: boolean };
  rules[rule] = false;
  try {
    await expect(tried(world, trouble)).rejects.toThrow(new RegExp(`^${rule === "others" ? "P3" : rule} `));
  } finally {
    rules[rule] = true;
  }
});

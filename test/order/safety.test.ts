import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { everyEffort } from "../../src/reconcile/order/arrange";
import {
  course,
  organization,
  reason,
  step,
  stepsBetween,
  told,
  type Circumstances,
  type Situation,
} from "./situation";

interface Case {
  readonly before: Situation;
  readonly after: Situation;
  readonly circumstances?: Circumstances;
  readonly accepts?: readonly string[];
  /** The order that is safe; with the rule switched off it is another one, or more of it. */
  readonly order: readonly string[];
  readonly late: string;
  readonly because: string;
}

const cases: readonly (readonly [string, keyof Rules, Case])[] = [
  [
    "somebody joins a group only when it gives no more than they are to have",
    "P2",
    {
      before: { people: ["jo"], groups: { nova: [] }, grants: { "nova web": "manager" } },
      after: { people: ["jo"], groups: { nova: ["jo"] }, grants: { "nova web": "viewer" } },
      order: ["nova web: viewer", "nova + jo"],
      late: "nova + jo",
      because: "jo would be Manager on Web, which they are to be neither before nor after",
    },
  ],
  [
    "a person moved from a group to a direct grant gets the grant first",
    "P3",
    {
      before: { people: ["ana"], groups: { nova: ["ana"] }, grants: { "nova web": "viewer" } },
      after: { people: ["ana"], groups: { nova: [] }, grants: { "nova web": "viewer", "ana web": "viewer" } },
      order: ["ana web: viewer", "nova - ana"],
      late: "nova - ana",
      because: "ana would lose Viewer on Web",
    },
  ],
  [
    "the identity provider takes somebody out only once they have their own grant",
    "P3",
    {
      before: { people: ["ana"], groups: { "idp-nova": ["ana"] }, grants: { "idp-nova web": "viewer" } },
      after: {
        people: ["ana"],
        groups: { "idp-nova": [] },
        grants: { "idp-nova web": "viewer", "ana web": "viewer" },
      },
      order: ["ana web: viewer", "idp-nova - ana"],
      late: "idp-nova - ana",
      because: "ana would lose Viewer on Web",
    },
  ],
  [
    "an administrator is demoted only once another one has accepted",
    "P1",
    {
      before: { people: ["nia"], roles: { tom: "owner", priya: "admin", nia: "member" } },
      after: { people: ["nia"], roles: { tom: "owner", priya: "member", nia: "admin" } },
      circumstances: { minimum: 2, notAccepted: ["nia"] },
      accepts: ["nia"],
      order: ["accept nia", "nia: admin", "priya: member"],
      late: "",
      because: "",
    },
  ],
  [
    "a role is changed only once the identity provider no longer sets it",
    "P4",
    {
      before: { people: ["ana"], groups: { "idp-a": ["ana"], "idp-b": [] }, roles: { ana: "viewer" } },
      after: { people: ["ana"], groups: { "idp-a": [], "idp-b": ["ana"] }, roles: { ana: "manager" } },
      circumstances: { mappings: { "idp-a": { organizationRole: "viewer" } } },
      order: ["idp-b + ana", "idp-a - ana", "ana: manager"],
      late: "",
      because: "",
    },
  ],
  [
    "an old key goes once the new one is in use",
    "P3",
    {
      before: { keys: { "sync web": [1] } },
      after: { keys: { "sync web": [2] } },
      circumstances: { byText: true },
      order: ["sync 2 made", "sync 2 passed on", "sync 1 deleted"],
      late: "sync 1 deleted",
      because:
        "the secret key sync of Web would be gone for whoever works with it: no other generation of it is in use",
    },
  ],
  [
    "so does one of the organization",
    "P3",
    {
      before: { keys: { sync: [1] } },
      after: { keys: { sync: [2] } },
      circumstances: { byText: true },
      order: ["sync 2 made", "sync 2 passed on", "sync 1 deleted"],
      late: "sync 1 deleted",
      because:
        "the organization key sync would be gone for whoever works with it: no other generation of it is in use",
    },
  ],
  [
    "a project comes back only without the key that is to go",
    "P2",
    {
      before: { keys: { "sync web": [1] }, archived: ["web"] },
      after: {},
      order: ["sync 1 deleted", "restore web"],
      late: "restore web",
      because: "the secret key sync of Web would open it, which it is to do neither before nor after",
    },
  ],
  [
    "a key of a project that is to close is made once it is closed",
    "P2",
    {
      before: {},
      after: { keys: { "sync web": [1] }, archived: ["web"] },
      order: ["archive web", "sync 1 made"],
      late: "sync 1 made",
      because: "the secret key sync of Web would open it, which it is to do neither before nor after",
    },
  ],
];

function found({ before, after, circumstances = {}, accepts = [] }: Case, rules: Rules = everyRule) {
  const steps = [
    ...stepsBetween(before, after),
    ...accepts.map((email) => step({ type: "accept", email }, "hand")),
  ];
  return course(organization(before), steps, { ...circumstances, effort: { rules } });
}

describe("the way is safe at every step", () => {
  it.each(cases)("%s (%s)", (_, _rule, given) => {
    const way = found(given);
    expect(way.refusals).toEqual([]);
    expect(told(way)).toEqual(given.order);
    if (given.late !== "") expect(reason(way, given.late)).toBe(`later than preferred: ${given.because}`);
  });

  it.each(cases.filter(([, rule]) => rule === "P2" || rule === "P3"))(
    "and would not be if nobody looked: %s (%s)",
    (_, rule, given) => {
      expect(told(found(given, { ...everyRule, [rule]: false }))).not.toEqual(given.order);
    },
  );

  it("too few who have accepted: the demotion is refused, with the way out", () => {
    const before = { roles: { tom: "owner", priya: "admin", nia: "member" } };
    const after = { roles: { tom: "owner", priya: "member", nia: "admin" } };
    const circumstances = { minimum: 2, notAccepted: ["nia"] };
    const way = course(organization(before), stepsBetween(before, after), circumstances);
    expect(told(way)).toEqual(["nia: admin"]);
    expect(way.refusals).toEqual([
      {
        rule: "no safe order",
        summary: "priya: member: 1 who can administer would be left, and the minimum is 2 (P1)",
        advice:
          "Give administration to somebody else first, have them accept, and plan this change after that.",
        steps: ["priya: member"],
      },
    ]);
    const effort = { ...everyEffort, rules: { ...everyRule, P1: false } };
    const unguarded = course(organization(before), stepsBetween(before, after), { ...circumstances, effort });
    expect(told(unguarded)).toContain("priya: member");
  });

  it("two groups exchange roles and members: no order, so the smallest loss is a gap that needs an approval", () => {
    const before = {
      people: ["ana", "jo"],
      groups: { readers: ["ana"], editors: ["jo"] },
      grants: { "readers web": "viewer", "editors web": "manager" },
    };
    const after = {
      people: ["ana", "jo"],
      groups: { readers: ["jo"], editors: ["ana"] },
      grants: { "readers web": "manager", "editors web": "viewer" },
    };
    const way = course(organization(before), stepsBetween(before, after));
    expect(way.refusals).toEqual([]);
    expect(way.gaps).toMatchInlineSnapshot(`
     [
       {
         "email": "ana",
         "from": "readers - ana",
         "loses": "Viewer on Web",
         "until": "editors + ana",
       },
     ]
    `);
    expect(told(way)).toMatchInlineSnapshot(`
     [
       "readers + jo",
       "readers - ana",
       "readers web: manager",
       "editors - jo",
       "editors web: viewer",
       "editors + ana",
     ]
    `);
  });

  it("enforced single sign-on waits until everybody who moves to the identity provider is there", () => {
    const before = { people: ["ana"], groups: { "idp-all": ["tom"] }, settings: { sso_enforced: "false" } };
    const after = {
      people: ["ana"],
      groups: { "idp-all": ["tom", "ana"] },
      settings: { sso_enforced: "true" },
    };
    expect(told(course(organization(before), stepsBetween(before, after)))).toEqual([
      "idp-all + ana",
      "sso_enforced true",
    ]);
  });
});

it("single sign-on shuts out nobody whose way in through the identity provider is refused", () => {
  const before = {
    people: ["kim"],
    groups: { "idp-all": ["tom"] },
    grants: { "idp-all web": "viewer" },
    settings: { sso_enforced: "false" },
  };
  const after = {
    people: ["kim"],
    groups: { "idp-all": ["tom", "kim"] },
    settings: { sso_enforced: "true" },
  };
  const way = course(organization(before), stepsBetween(before, after), {
    refused: ["idp-all web: nothing"],
  });
  expect(told(way)).toEqual([]);
  expect(way.refusals.map(({ summary }) => summary)).toEqual([
    "idp-all + kim: kim would be Viewer on Web, which they are to be neither before nor after (P2)",
    "sso_enforced true: kim would be shut out by single sign-on, and is to stay: the identity provider does not have them (P3)",
  ]);
});

describe("what no order can bring about is refused before any order", () => {
  const mapped = { mappings: { "idp-a": { organizationRole: "viewer", projectRoles: { Web: "Viewer" } } } };
  const ana = { groups: { "idp-a": ["ana"] }, roles: { ana: "viewer" }, grants: { "ana web": "viewer" } };

  it.each<[string, Situation, Situation, Circumstances, string]>([
    [
      "an organization role that the mapping overwrites",
      ana,
      { ...ana, roles: { ana: "manager" } },
      mapped,
      "ana: manager: the identity provider sets viewer for the people of idp-a, and its next sync would set that again",
    ],
    [
      "a direct grant that the mapping overwrites",
      ana,
      { ...ana, grants: { "ana web": "manager" } },
      mapped,
      "ana web: manager: the identity provider sets Viewer for the people of idp-a, and its next sync would set that again",
    ],
    [
      "the last group of somebody who stays, where that switches them off",
      ana,
      { ...ana, groups: { "idp-a": [] } },
      { deprovisions: true },
      "idp-a - ana: it is the last group of ana at the identity provider, which would remove them, and they are to stay",
    ],
    [
      "SCIM switched beside another change",
      { ...ana, settings: { scim_enabled: "false" } },
      { ...ana, settings: { scim_enabled: "true" }, grants: { "ana web": "viewer", "ana app": "viewer" } },
      {},
      "scim_enabled true: SCIM is switched together with 1 other step, and nobody knows who writes groups meanwhile",
    ],
  ])("%s", (_, before, after, circumstances, summary) => {
    const way = course(organization(before), stepsBetween(before, after), circumstances);
    expect(way.refusals.map((refusal) => [refusal.rule, refusal.summary])).toEqual([
      ["identity provider", summary],
    ]);
  });

  it("somebody removed whom the identity provider still has", () => {
    const live = organization(ana);
    const way = course(live, [step({ type: "remove_person", email: "ana" })]);
    expect(told(way)).toEqual([]);
    expect(way.refusals[0]?.summary).toContain("its next sync would bring them back");
  });
});

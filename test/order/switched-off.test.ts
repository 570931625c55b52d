import { agendaOf, everyEffort, type Effort } from "../../src/reconcile/order/arrange";
import { everyRule, type Rules } from "../../src/reconcile/order/safety";
import { course, organization, stepsBetween, told, type Circumstances, type Situation } from "./situation";

/*
 * Whatever keeps an order safe, switched off one at a time: then the situation that it is there for goes wrong. What holds elsewhere:
 * guards in test/guards, retry rules and look-ups in test/api, the whole of it in test/faults.
 */

interface Switch {
  readonly off: keyof Rules | "looking ahead" | "gaps" | "group changes first";
  readonly says: string;
  readonly before: Situation;
  readonly after: Situation;
  readonly circumstances?: Circumstances;
  /** Others are told, and nobody sees whether they did their part. */
  readonly othersUnseen?: true;
  readonly on: readonly string[];
  readonly without: readonly string[];
}

const everybody = ["ana", "jo", "kim"];

const switches: readonly Switch[] = [
  {
    off: "P1",
    says: "the last administrator who can log in is demoted",
    before: { roles: { tom: "owner", priya: "admin", nia: "member" } },
    after: { roles: { tom: "owner", priya: "member", nia: "admin" } },
    circumstances: { minimum: 2, notAccepted: ["nia"] },
    on: ["nia: admin", "refused: priya: member"],
    without: ["nia: admin", "priya: member"],
  },
  {
    off: "P2",
    says: "somebody is a manager for as long as the next step takes",
    before: { people: ["jo"], groups: { nova: [] }, grants: { "nova web": "manager" } },
    after: { people: ["jo"], groups: { nova: ["jo"] }, grants: { "nova web": "viewer" } },
    on: ["nova web: viewer", "nova + jo"],
    without: ["nova + jo", "nova web: viewer"],
  },
  {
    off: "P3",
    says: "somebody is locked out until the next step",
    before: { people: ["ana"], groups: { nova: ["ana"] }, grants: { "nova web": "viewer" } },
    after: { people: ["ana"], groups: { nova: [] }, grants: { "nova web": "viewer", "ana web": "viewer" } },
    on: ["ana web: viewer", "nova - ana"],
    without: ["nova - ana", "ana web: viewer"],
  },
  {
    off: "P4",
    says: "a role is written which the identity provider still sets otherwise",
    before: { people: ["ana"], groups: { "idp-a": ["ana"], "idp-b": ["ana"] }, roles: { ana: "viewer" } },
    after: { people: ["ana"], groups: { "idp-a": [], "idp-b": ["ana"] }, roles: { ana: "manager" } },
    circumstances: { mappings: { "idp-a": { organizationRole: "viewer" } } },
    othersUnseen: true,
    on: [],
    without: ["ana: manager"],
  },
  {
    off: "sync",
    says: "somebody keeps what the next sync sets lower",
    before: {
      people: ["ana"],
      groups: { "idp-a": ["ana"], nova: ["ana"] },
      grants: { "ana web": "manager", "nova web": "manager" },
    },
    after: {
      people: ["ana"],
      groups: { "idp-a": [], nova: [] },
      grants: { "ana web": "manager", "nova web": "manager" },
    },
    circumstances: { mappings: { "idp-a": { projectRoles: { Web: "Viewer" } } } },
    othersUnseen: true,
    on: [],
    without: ["nova - ana"],
  },
  {
    off: "others",
    says: "we take one way while somebody else takes the other one",
    before: {
      people: ["ana"],
      groups: { "idp-a": ["ana"], nova: ["ana"] },
      grants: { "idp-a web": "viewer", "nova web": "viewer" },
    },
    after: {
      people: ["ana"],
      groups: { "idp-a": [], nova: [] },
      grants: { "idp-a web": "viewer", "nova web": "viewer", "ana web": "viewer" },
    },
    othersUnseen: true,
    on: ["ana web: viewer", "nova - ana"],
    without: ["nova - ana", "ana web: viewer"],
  },
  {
    off: "refused",
    says: "somebody is refused what they are to get, and loses what they have",
    before: {
      people: ["cho", "dan"],
      groups: { "idp-x": ["cho"], a: ["dan"], b: ["cho"] },
      grants: { "a web": "member", "b web": "viewer" },
    },
    after: {
      people: ["cho", "dan"],
      groups: { "idp-x": [], a: ["dan", "cho"], b: [] },
      grants: { "a web": "member" },
    },
    circumstances: { deprovisions: true },
    on: ["a + cho", "b - cho", "b web: nothing"],
    without: ["b - cho", "b web: nothing", "refused: a + cho"],
  },
  {
    off: "group changes first",
    says: "a role of somebody's own is written before the groups that a sync reads",
    before: { people: ["ana"], groups: { nova: [], old: ["ana"] }, grants: { "nova web": "viewer" } },
    after: {
      people: ["ana"],
      groups: { nova: ["ana"], old: [] },
      grants: { "nova web": "viewer", "ana app": "viewer" },
    },
    on: ["nova + ana", "old - ana", "ana app: viewer"],
    without: ["ana app: viewer", "nova + ana", "old - ana"],
  },
  {
    off: "looking ahead",
    says: "the simple choice ends where somebody has to lose something",
    before: {
      people: everybody,
      groups: { g1: ["kim"], g2: ["jo"], g3: ["jo", "kim"] },
      grants: { "g1 web": "viewer", "g2 web": "auditor", "g3 web": "viewer" },
    },
    after: {
      people: everybody,
      groups: { g1: [], g2: ["ana", "kim"], g3: ["ana", "jo"] },
      grants: { "g1 web": "viewer", "g2 web": "member", "g3 web": "auditor" },
    },
    on: [
      "g2 + ana",
      "g3 + ana",
      "g3 - kim",
      "g3 web: auditor",
      "g2 - jo",
      "g2 web: member",
      "g2 + kim",
      "g1 - kim",
    ],
    without: [
      "g2 + ana",
      "g3 + ana",
      "g1 - kim",
      "g2 - jo",
      "g2 web: member",
      "g2 + kim",
      "g3 - kim",
      "g3 web: auditor",
      "jo is without Viewer + Auditor on Web",
    ],
  },
  {
    off: "gaps",
    says: "what no order can do is refused",
    before: {
      people: ["ana", "jo"],
      groups: { blue: ["ana"], green: ["jo"] },
      grants: { "blue web": "viewer", "green web": "manager" },
    },
    after: {
      people: ["ana", "jo"],
      groups: { blue: ["jo"], green: ["ana"] },
      grants: { "blue web": "manager", "green web": "viewer" },
    },
    on: [
      "blue + jo",
      "blue - ana",
      "blue web: manager",
      "green - jo",
      "green web: viewer",
      "green + ana",
      "ana is without Viewer on Web",
    ],
    without: [
      "blue + jo",
      "refused: green + ana",
      "refused: blue web: manager",
      "refused: blue - ana",
      "refused: green - jo",
      "refused: green web: viewer",
    ],
  },
];

/** What happens: our writes in order, what somebody loses for a while, what is refused. */
function seen({ before, after, circumstances = {}, othersUnseen }: Switch, off?: Switch["off"]): string[] {
  const rules: Rules = off !== undefined && off in everyRule ? { ...everyRule, [off]: false } : everyRule;
  const effort: Effort = {
    ...everyEffort,
    rules,
    looksAhead: off !== "looking ahead",
    mayOpenGaps: off !== "gaps",
  };
  const found = course(organization(before), stepsBetween(before, after), {
    ...circumstances,
    effort,
    ...(off === "group changes first" ? { byText: true } : {}),
  });
  if (othersUnseen !== true)
    return [
      ...told(found),
      ...found.gaps.map(({ email, loses }) => `${email} is without ${loses}`),
      ...found.refusals
        .filter(({ rule }) => rule === "no safe order")
        .map(({ steps }) => `refused: ${steps?.join() ?? ""}`),
    ];
  const preferred = found.steps.toSorted(
    (a, b) => (a.step.place?.preferred ?? 0) - (b.step.place?.preferred ?? 0),
  );
  const agenda = agendaOf(preferred, found.way, rules);
  const written: string[] = [];
  for (let choice = agenda.next(); choice !== undefined; choice = agenda.next()) {
    const { live } = choice;
    if (live.step.actor === "idp") agenda.gone(live);
    else {
      agenda.done(live);
      written.push(live.step.text);
    }
  }
  return written;
}

it.each(switches)("$off: without it, $says", (given) => {
  expect(seen(given)).toEqual(given.on);
  expect(seen(given, given.off)).toEqual(given.without);
});

it("nothing that keeps an order safe is left out", () => {
  const { rules, ...efforts } = everyEffort;
  const known: Record<keyof typeof efforts, Switch["off"]> = {
    looksAhead: "looking ahead",
    mayOpenGaps: "gaps",
  };
  expect(Object.keys(known)).toEqual(Object.keys(efforts));
  const off = new Set<string>(switches.map((each) => each.off));
  for (const name of [...Object.keys(rules), ...Object.values(known)]) expect(off).toContain(name);
});

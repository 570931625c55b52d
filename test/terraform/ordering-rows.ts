import type { State } from "../../src/emulator";

export type Block = Readonly<Record<string, unknown>>;
export type Resources = Readonly<Record<string, Block>>;

/** What goes wrong in the apply. `group`: its PATCHes, but for the first `skip`. */
export interface Refused {
  readonly group?: string;
  readonly skip?: number;
  readonly request?: { readonly method: string; readonly path: string };
}

/** One row of the table in docs/ordering.md: one change, declared before and after, and what refuses a part of it. */
export interface Row {
  readonly change: string;
  readonly before: Resources;
  readonly after: Resources;
  readonly refused: Refused;
  /** What is to be looked at afterwards. */
  readonly look: (state: State) => unknown;
  /** It with Terraform, and with the command line. */
  readonly terraform: unknown;
  readonly safely: unknown;
}

const membership = (group: string, email: string): Block => ({ group_id: group, email });
const direct = (email: string, role = "Member"): Block => ({
  principal_type: "user",
  principal: email,
  project_id: "501",
  role,
});
const group = (name: string, members?: readonly string[], more: Block = {}): Block => ({
  name,
  ...(members === undefined ? {} : { members }),
  ...more,
});
const granted = (name: string, role = "Member"): Resources => ({
  [`amplitude_project_role_assignment.${name}`]: {
    principal_type: "group",
    principal: `\${amplitude_group.${name}.id}`,
    project_id: "501",
    role,
  },
});
const SAM = "sam@nova.agency";

/** Groups that somebody is in, sorted, and their own grants. */
const reach =
  (email: string) =>
  ({ groups, assignments }: State): readonly string[] => [
    ...groups
      .filter(({ members }) => members.includes(email))
      .map(({ name }) => name)
      .sort(),
    ...assignments.filter(({ principal }) => principal === email).map(({ role }) => role),
  ];
/** The role that somebody has by a group. */
const roleThrough =
  (name: string, email: string) =>
  ({ groups, assignments }: State): string | undefined => {
    const found = groups.find((one) => one.name === name && one.members.includes(email));
    return assignments.find(({ principal }) => String(principal) === String(found?.id))?.role;
  };
const isThere =
  (email: string) =>
  ({ people }: State): boolean =>
    people.some((person) => person.email === email);

const ADA = "ada@nova.agency";
const BEN = "ben@nova.agency";
const CLEO = "cleo@nova.agency";
const DAN = "dan@nova.agency";
const EVA = "eva@nova.agency";
const EVI = "evi@nova.agency";
const FIN = "fin@nova.agency";
const GUS = "gus@nova.agency";
const LIA = "lia@nova.agency";
export const MIA = "mia@nova.agency";
const NOA = "noa@nova.agency";
const PAX = "pax@nova.agency";

/** People who are in the organization before anything is declared. */
export const present = [SAM, ADA, BEN, CLEO, DAN, EVA, EVI, FIN, NOA];

const leaver = (email: string, more: Block = {}): Block => ({ email, left_on: "2026-11-20", ...more });
/** Whether somebody is there, and what they have. */
const remains =
  (email: string) =>
  (state: State): readonly unknown[] => [isThere(email)(state), ...reach(email)(state)];

const afterGroups = { lifecycle: { create_before_destroy: true } };

/** What stands between leavers and groups, as the constructs write it. */
export const orders = {
  amplitude_order_idp_groups: ["${amplitude_idp_group.m.id}"],
  amplitude_order_late: ["${amplitude_idp_group.late.id}"],
};

export const rows: readonly Row[] = [
  {
    change: "a direct grant becomes membership of a group",
    before: {
      "amplitude_group.a": group("a", [SAM]),
      ...granted("a"),
      "amplitude_project_role_assignment.ada": direct(ADA),
    },
    after: { "amplitude_group.a": group("a", [SAM, ADA]), ...granted("a") },
    refused: { group: "a" },
    look: reach(ADA),
    terraform: [],
    safely: ["Member"],
  },
  {
    change: "somebody moves from one group into another",
    before: {
      "amplitude_group.b": group("b", [SAM, BEN]),
      "amplitude_group.b2": group("b2", [SAM]),
      ...granted("b"),
      ...granted("b2"),
    },
    after: {
      "amplitude_group.b": group("b", [SAM]),
      "amplitude_group.b2": group("b2", [SAM, BEN]),
      ...granted("b"),
      ...granted("b2"),
    },
    refused: { group: "b2" },
    look: reach(BEN),
    terraform: [],
    safely: ["b"],
  },
  {
    change: "a single membership is folded into the group's members",
    before: {
      "amplitude_group.c": group("c"),
      "amplitude_group_membership.cleo": membership("${amplitude_group.c.id}", CLEO),
      ...granted("c"),
    },
    after: { "amplitude_group.c": group("c", [CLEO]), ...granted("c") },
    refused: { group: "c", skip: 1 },
    look: reach(CLEO),
    terraform: [],
    safely: ["c"],
  },
  {
    change: "somebody joins a group whose role is lowered",
    before: { "amplitude_group.d": group("d", [SAM]), ...granted("d", "Manager") },
    after: { "amplitude_group.d": group("d", [SAM, DAN]), ...granted("d", "Viewer") },
    refused: { request: { method: "PATCH", path: "/user-management/1/project-role-assignments/*" } },
    look: roleThrough("d", DAN),
    terraform: "Manager",
    safely: undefined,
  },
  {
    change: "a membership gets another group",
    before: {
      "amplitude_group.e": group("e"),
      "amplitude_group.e2": group("e2"),
      "amplitude_group_membership.eva": membership("${amplitude_group.e.id}", EVA),
      ...granted("e"),
      ...granted("e2"),
    },
    after: {
      "amplitude_group.e": group("e"),
      "amplitude_group.e2": group("e2"),
      "amplitude_group_membership.eva": membership("${amplitude_group.e2.id}", EVA),
      ...granted("e"),
      ...granted("e2"),
    },
    refused: { group: "e2" },
    look: reach(EVA),
    terraform: [],
    safely: ["e"],
  },
  {
    change: "a membership with create_before_destroy gets another group",
    before: {
      "amplitude_group.v": group("v"),
      "amplitude_group.v2": group("v2"),
      "amplitude_group_membership.evi": {
        ...membership("${amplitude_group.v.id}", EVI),
        ...afterGroups,
      },
      ...granted("v"),
      ...granted("v2"),
    },
    after: {
      "amplitude_group.v": group("v"),
      "amplitude_group.v2": group("v2"),
      "amplitude_group_membership.evi": {
        ...membership("${amplitude_group.v2.id}", EVI),
        ...afterGroups,
      },
      ...granted("v"),
      ...granted("v2"),
    },
    refused: { group: "v2" },
    look: reach(EVI),
    terraform: ["v"],
    safely: ["v"],
  },
  {
    change: "a person goes, and the edges to their group come with the same change",
    before: {
      "amplitude_user.fin": { email: FIN },
      "amplitude_user.flo": { email: "flo@nova.agency" },
      "amplitude_group.f": group("f", [SAM, FIN]),
    },
    after: {
      "amplitude_user.flo": { email: "flo@nova.agency", ...afterGroups },
      "amplitude_group.f": group("f", [SAM], { depends_on: ["amplitude_user.flo"] }),
    },
    refused: { group: "f" },
    look: isThere(FIN),
    terraform: false,
    safely: false,
  },
  {
    change: "a person goes beside a new group",
    before: { "amplitude_user.gus": { email: GUS, ...afterGroups } },
    after: { "amplitude_group.g": group("g", [SAM]) },
    refused: { request: { method: "POST", path: "/scim/1/Groups" } },
    look: isThere(GUS),
    terraform: false,
    safely: false,
  },
  {
    change: "a person goes from a group, as the constructs write it",
    before: {
      "amplitude_user.pax": { email: PAX, ...afterGroups },
      "amplitude_group.p": group("p", [SAM, PAX], { depends_on: ["amplitude_user.pax"] }),
    },
    after: { "amplitude_group.p": group("p", [SAM]) },
    refused: { group: "p" },
    look: isThere(PAX),
    terraform: true,
    safely: false,
  },
  {
    change: "somebody leaves, and a group that has them refuses, as the constructs write it",
    before: {
      "amplitude_user.lia": { email: LIA, ...afterGroups },
      "amplitude_group.l": group("l", [SAM, LIA], { depends_on: ["amplitude_user.lia"] }),
      "amplitude_project_role_assignment.lia": {
        ...direct(LIA),
        depends_on: ["amplitude_user.lia"],
      },
    },
    after: { "amplitude_group.l": group("l", [SAM]), "amplitude_leaver.lia": leaver(LIA) },
    refused: { group: "l" },
    look: remains(LIA),
    terraform: [false],
    safely: [false],
  },
  {
    change: "somebody leaves whom an identity provider has in a group, as the constructs write it",
    before: {
      "amplitude_idp_group.m": { name: "amp-m" },
      "amplitude_group.m": group("m", [SAM, MIA]),
      "amplitude_project_role_assignment.mia": direct(MIA),
    },
    after: {
      "amplitude_idp_group.m": { name: "amp-m" },
      "amplitude_group.m": group("m", [SAM]),
      "amplitude_leaver.mia": leaver(MIA, { depends_on: ["local.amplitude_order_idp_groups"] }),
    },
    refused: {},
    look: remains(MIA),
    terraform: [true, "amp-m"],
    safely: [true, "amp-m"],
  },
  {
    change: "somebody leaves beside an identity provider's group that does not come",
    before: {},
    after: {
      "amplitude_idp_group.late": { name: "amp-late", timeouts: { create: "1m" } },
      "amplitude_leaver.noa": leaver(NOA, { depends_on: ["local.amplitude_order_late"] }),
    },
    refused: {},
    look: isThere(NOA),
    terraform: true,
    safely: false,
  },
];

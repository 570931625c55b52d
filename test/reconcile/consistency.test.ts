import { discrepanciesOf, driftOf, type Discrepancy } from "../../src/reconcile";
import type { AssignmentRecord, GroupRecord } from "../../src/api";
import type { Snapshot } from "../../src/collections";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const MEMBER = "00000000-0000-4000-8000-000000000002";

/** Two groups, two people, one project with a role each for a group and a person. */
const world = () =>
  organization()
    .people("ana@nova.agency", "bo@lumen.studio")
    .group("nova", ["ana@nova.agency"])
    .group("lumen", ["bo@lumen.studio"])
    .project("Web", "Mobile")
    .grant("nova", "Web", "Member")
    .grant("bo@lumen.studio", "Web", "Viewer");

const role = (principal: string, project: string, name: string) => ({
  principal_type: principal.includes("@") ? "user" : "group",
  principal: principal.includes("@") ? principal : `\${amplitude_group.${principal}.id}`,
  project_id: project,
  role: name,
});
const nova = (...members: string[]) => ({ "amplitude_group.nova": { name: "nova", members } });
const lumen = (...members: string[]) => ({ "amplitude_group.lumen": { name: "lumen", members } });

type Change = (snapshot: Snapshot) => Snapshot;
const groups =
  (change: (group: GroupRecord) => GroupRecord | undefined): Change =>
  (snapshot) => ({
    ...snapshot,
    groups: snapshot.groups?.flatMap((group) => change(group) ?? []),
  });
const rows =
  (change: (row: AssignmentRecord) => AssignmentRecord): Change =>
  (snapshot) => ({
    ...snapshot,
    assignments: snapshot.assignments?.map(change),
  });
const byId: Change = groups((group) =>
  group.name === "nova" ? { ...group, members: group.members.map(() => "480000") } : group,
);
const withoutLumen: Change = groups((group) => (group.name === "lumen" ? undefined : group));
const withoutBuiltIn: Change = (snapshot) => ({ ...snapshot, roles: [] });

async function outcomes(site: Harness, read: Change): Promise<readonly string[]> {
  site.forget();
  const applied = await site.apply({ read });
  return applied.outcomes;
}

describe("lists are held against each other", () => {
  const found = async (
    read: Change,
    roleIds: Readonly<Record<string, string>> = {},
  ): Promise<Discrepancy[]> => {
    const site = harness({ organization: world() });
    let snapshot: Snapshot | undefined;
    await site.plan({ read: (whole) => (snapshot = read(whole)) });
    return snapshot === undefined ? [] : discrepanciesOf(snapshot, roleIds);
  };

  it.each<[string, Change, [name: string, count: number, says: RegExp][]]>([
    ["all fit", (snapshot) => snapshot, []],
    [
      "a member is an id that nobody has",
      byId,
      [["members", 1, /1 member of 1 group .*no e-mail address.*: 480000 in nova$/]],
    ],
    [
      "SCIM lists one group less than the role API",
      withoutLumen,
      [["groups", 1, /^SCIM does not list group 602 \(lumen\), which the role API lists$/]],
    ],
    [
      "the role API lists one group less than SCIM",
      (snapshot) => ({
        ...snapshot,
        userManagementGroups: [{ id: "601", name: "nova" }],
      }),
      [["groups", 1, /^the role API does not list group 602 \(lumen\), which SCIM lists$/]],
    ],
    [
      "the role API numbers groups in its own way",
      (snapshot) => ({ ...snapshot, userManagementGroups: [{ id: "9" }, { id: "8" }] }),
      [["groups", 4, /SCIM lists 2 groups and the role API 2, and no id is in both.*601 \(nova\).*9, 8/]],
    ],
    [
      "a member is nobody of the list of people",
      (snapshot) => ({
        ...snapshot,
        people: snapshot.people?.filter(({ email }) => email !== "ana@nova.agency"),
      }),
      [["people", 1, /lacks 1 address that other lists name: ana@nova\.agency in nova$/]],
    ],
    [
      "no answer tells a member of any group",
      groups((group) => ({ ...group, members: [], membersUntold: true as const })),
      [["members that no answer tells", 2, /^SCIM tells of none of 2 groups who is in it: nova, lumen$/]],
    ],
    [
      "a group has two role assignments on one project",
      (snapshot) => ({
        ...snapshot,
        assignments: (snapshot.assignments ?? []).flatMap((row) =>
          row.principalType === "group" ? [row, { ...row, id: "second" }] : [row],
        ),
      }),
      [
        [
          "principals with two roles",
          1,
          /1 person or group has more than one role assignment .*: 601 on project 501$/,
        ],
      ],
    ],
    [
      "the holder of a role is an id",
      rows((row) => (row.principalType === "user" ? { ...row, principal: "u-17" } : row)),
      [
        [
          "principals",
          1,
          /names 1 person by something that is no e-mail address: u-17 on project 501\. SCIM lists 4 people$/,
        ],
      ],
    ],
    [
      "the holder of a role is a group of no list",
      rows((row) => (row.principalType === "group" ? { ...row, principal: "777" } : row)),
      [["groups with roles", 1, /1 group with a role is in no list of groups: group 777 on project 501$/]],
    ],
    [
      "a role is in no list",
      rows((row) =>
        row.principalType === "group" ? { ...row, roleId: "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01" } : row,
      ),
      [["roles", 1, /1 role assignment has a role .* lacks: 7f0c5f4e\S+ of group 601 on project 501$/]],
    ],
    [
      "the built-in roles are not listed",
      (snapshot) => ({ ...withoutBuiltIn(snapshot), assignments: [] }),
      [["built-in roles", 4, /lacks 4 of its own 4: Viewer, Member, Manager, Admin/]],
    ],
    [
      "the role API is not there",
      ({ userManagementGroups: _groups, ...snapshot }) => ({
        ...snapshot,
        roles: [],
        assignments: [],
        families: ["developer", "scim"],
      }),
      [],
    ],
  ])("%s", async (_, read, expected) => {
    const discrepancies = await found(read);
    expect(discrepancies.map(({ name, count }) => [name, count])).toEqual(
      expected.map(([name, count]) => [name, count]),
    );
    for (const [index, [, , says]] of expected.entries()) expect(discrepancies[index]?.says).toMatch(says);
  });

  it("role_ids of the provider block stand for roles that are not listed", async () => {
    const ids = { Viewer: "a", Member: MEMBER, Manager: "c", Admin: "d" };
    const read: Change = (snapshot) => ({
      ...withoutBuiltIn(snapshot),
      assignments: snapshot.assignments?.filter(({ roleId }) => roleId === MEMBER),
    });
    expect((await found(read, ids)).map(({ name }) => name)).toEqual([]);
  });
});

describe("what does not fit blocks the steps that rest on it, and no other one", () => {
  it("nobody joins or leaves a group whose members are ids, and another group is written", async () => {
    const site = harness({
      organization: world(),
      stack: { resources: { ...nova("ana@nova.agency"), ...lumen("bo@lumen.studio", "ana@nova.agency") } },
    });
    const { plan } = await site.plan({ read: byId });
    // Not that she gains what she may have.
    expect(plan.people).toEqual([]);
    expect(await outcomes(site, byId)).toEqual([
      "lumen gains ana@nova.agency: done",
      "nova gains ana@nova.agency: refused",
    ]);
    expect(site.writes()).toEqual(["PATCH /scim/1/Groups/602"]);
  });

  it("a group of unknown members keeps its roles and is not deleted", async () => {
    const site = harness({
      organization: world(),
      stack: {
        resources: {
          ...nova("ana@nova.agency"),
          "amplitude_project_role_assignment.web": role("nova", "501", "Member"),
        },
      },
    });
    await site.apply();
    site.stack({});
    expect(await outcomes(site, byId)).toEqual([
      "nova loses Member on Web: refused",
      "delete group nova: refused",
    ]);
    expect(site.writes()).toEqual([]);
    expect((await site.apply()).outcomes).toEqual([
      "nova loses Member on Web: done",
      "delete group nova: done",
    ]);
  });

  it("nobody is removed by a pattern while it is not known who is in a group", async () => {
    const site = harness({
      organization: world(),
      stack: { provider: { owns_people_of: ["lumen.studio"] }, resources: nova("ana@nova.agency") },
    });
    expect(await outcomes(site, byId)).toContain("remove bo@lumen.studio from the organization: refused");
    expect(site.writes()).toEqual([]);
  });

  it("a leaver goes, whatever does not fit", async () => {
    const site = harness({
      organization: world(),
      stack: { resources: { "amplitude_leaver.bo": { email: "bo@lumen.studio", left_on: "2026-11-20" } } },
    });
    const strange: Change = (snapshot) =>
      rows((row) => ({ ...row, roleId: "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01" }))(byId(snapshot));
    await site.apply({ read: strange });
    expect(site.people()).not.toContain("bo@lumen.studio");
    expect(site.grants()).toEqual(["nova Web: Member"]);
  });

  it("a group that the role API alone lists is not made a second time", async () => {
    const site = harness({
      organization: world(),
      stack: { resources: { ...lumen("bo@lumen.studio"), ...nova("ana@nova.agency") } },
    });
    await site.apply();
    const done = await outcomes(site, withoutLumen);
    expect(done).toContain("create group lumen: refused");
    expect(site.writes()).toEqual([]);
  });

  it("whom the list of people lacks and another list names is not invited, neither alone nor by a group", async () => {
    const site = harness({
      organization: world(),
      stack: {
        resources: {
          ...nova("ana@nova.agency", "bo@lumen.studio"),
          "amplitude_user.bo": { email: "bo@lumen.studio" },
        },
      },
    });
    const read: Change = (snapshot) => ({
      ...snapshot,
      people: (snapshot.people ?? []).filter(({ email }) => email !== "bo@lumen.studio"),
    });
    expect(await outcomes(site, read)).toEqual([
      "invite bo@lumen.studio: refused",
      "nova gains bo@lumen.studio: refused",
    ]);
    expect(site.writes()).toEqual([]);
  });

  it("a role without an id is not granted, and everything else is", async () => {
    const site = harness({
      organization: world(),
      stack: {
        resources: {
          ...nova("ana@nova.agency", "bo@lumen.studio"),
          "amplitude_project_role_assignment.mobile": role("nova", "502", "Member"),
        },
      },
    });
    const read: Change = (snapshot) => ({ ...withoutBuiltIn(snapshot), assignments: [] });
    const { plan } = await site.plan({ read });
    expect(plan.refusals.map(({ summary, advice }) => `${summary}; ${advice}`)).toEqual([
      expect.stringMatching(/lacks 4 of its own 4: .*Member.*role_ids/),
    ]);
    expect(await outcomes(site, read)).toEqual([
      "nova gains bo@lumen.studio: done",
      "nova gets Member on Mobile: refused",
    ]);
    const given = harness({
      organization: world(),
      stack: {
        provider: { role_ids: { Member: MEMBER } },
        resources: { "amplitude_project_role_assignment.mobile": role("bo@lumen.studio", "502", "Member") },
      },
    });
    expect(await outcomes(given, read)).toEqual(["bo@lumen.studio gets Member on Mobile: done"]);
  });

  it("roles of people are left alone on the project where a holder is an id, and nowhere else", async () => {
    const site = harness({
      organization: world(),
      stack: {
        resources: {
          "amplitude_project_role_assignment.web": role("ana@nova.agency", "501", "Member"),
          "amplitude_project_role_assignment.mobile": role("ana@nova.agency", "502", "Member"),
        },
      },
    });
    const read = rows((row) => (row.principalType === "user" ? { ...row, principal: "u-17" } : row));
    expect(await outcomes(site, read)).toEqual([
      "ana@nova.agency gets Member on Mobile: done",
      "ana@nova.agency gets Member on Web: refused",
    ]);
  });

  it("drift does not tell what rests on it as changed by others", async () => {
    const site = harness({ organization: world(), stack: { resources: nova("ana@nova.agency") } });
    await site.apply();
    const plan = await site.plan({ read: byId });
    const { outside, notApplied } = driftOf(plan, site.desired(), []);
    expect([...outside, ...notApplied]).toEqual([]);
  });
});

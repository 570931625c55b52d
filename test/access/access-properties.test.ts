import * as fc from "fast-check";
import {
  accessDifference,
  affectedPeople,
  applyEffect,
  canonicalEmails,
  Draft,
  everyonesAccess,
  organizationOf,
  type Effect,
  type Organization,
  type OrganizationFacts,
} from "../../src/access";
import { projects, roles } from "./acme";

const emails = ["a@x.org", "b@x.org", "c@x.org", "d@x.org"];
const groupIds = ["1", "2", "3"];
const email = fc.constantFrom(...emails, "A@X.org");
const group = fc.constantFrom(
  ...groupIds.map((id) => ({ id, name: `g${id}` })),
  { name: "g1" },
  { name: "new" },
);
const projectId = fc.constantFrom("101", "102", "999");
const roleId = fc.constantFrom(...roles.map(({ id }) => id));
const organizationRole = fc.constantFrom(undefined, "owner", "manager", "No Access");

const facts: fc.Arbitrary<OrganizationFacts> = fc.record({
  people: fc
    .uniqueArray(fc.constantFrom(...emails))
    .chain((present) =>
      fc.tuple(...present.map((address) => organizationRole.map((role) => personOf(address, role)))),
    ),
  groups: fc.tuple(
    ...groupIds.map((id) =>
      fc
        .subarray(emails)
        .map((members) => ({ id, name: `g${id}`, members: canonicalEmails(members), writer: "us" as const })),
    ),
  ),
  grants: fc
    .uniqueArray(
      fc.record({
        principal: fc.oneof(
          fc.constantFrom(...emails).map((id) => ({ type: "user" as const, id })),
          fc.constantFrom(...groupIds).map((id) => ({ type: "group" as const, id })),
        ),
        projectId,
        roleId,
      }),
      { selector: ({ principal, projectId: project }) => `${principal.type} ${principal.id} ${project}` },
    )
    .map((grants) => grants.map((grant, index) => ({ id: String(index), ...grant }))),
  roles: fc.constant(roles),
  projects: fc.constant(projects),
});

function personOf(address: string, role: string | undefined) {
  return { email: address, ...(role === undefined ? {} : { organizationRole: role }) };
}

const holder = fc.oneof(
  email.map((address) => ({ type: "user" as const, email: address })),
  group.map((reference) => ({ type: "group" as const, group: reference })),
);

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constantFrom("invite" as const, "remove_person" as const), email }),
  fc.record({
    type: fc.constantFrom(
      "add_member" as const,
      "remove_member" as const,
      "idp_gain" as const,
      "idp_lose" as const,
    ),
    group,
    email,
  }),
  fc.record({ type: fc.constant("create_group" as const), name: fc.constantFrom("new", "g1") }),
  fc.record({ type: fc.constant("rename_group" as const), group, name: fc.constantFrom("g1", "other") }),
  fc.record({ type: fc.constant("delete_group" as const), group }),
  fc.record({ type: fc.constant("grant" as const), principal: holder, projectId, roleId }),
  fc.record({ type: fc.constant("revoke" as const), principal: holder, projectId }),
);

/** Plain values, so that a comparison also sees the inside of maps and sets. */
function plain(organization: Organization) {
  return everyonesAccess(organization).map((access) => ({
    ...access,
    capabilities: [...access.capabilities],
    projects: [...access.projects.values()].map((one) => ({ ...one, capabilities: [...one.capabilities] })),
  }));
}

/** The same organization, read out of a draft into lists. */
function recorded(organization: Organization): Organization {
  return organizationOf({
    people: [...organization.people()],
    groups: [...organization.groups()].map((one) => ({ ...one, members: new Set(one.members) })),
    grants: [...organization.grants()],
    roles: [...organization.roles()],
    projects: [...organization.projects()],
  });
}

/** Organization roles are left out where projects that only a revoked grant named would count. */
function withoutRoles(one: OrganizationFacts): OrganizationFacts {
  return { ...one, people: (one.people ?? []).map(({ email: address }) => ({ email: address })) };
}

describe("properties", () => {
  it("effective access does not depend on the order of people, groups, members, roles or grants", () => {
    const reversed = (one: OrganizationFacts): OrganizationFacts => ({
      people: [...(one.people ?? [])].reverse(),
      groups: [...(one.groups ?? [])]
        .reverse()
        .map((each) => ({ ...each, members: new Set([...each.members].reverse()) })),
      roles: [...roles].reverse(),
      projects: [...projects].reverse(),
      grants: [...(one.grants ?? [])].reverse(),
    });
    fc.assert(
      fc.property(facts, (one) =>
        expect(plain(organizationOf(reversed(one)))).toEqual(plain(organizationOf(one))),
      ),
    );
  });

  it("effective access does not depend on the order in which grants and members arrive as effects", () => {
    const additions = fc.uniqueArray(
      fc.oneof(
        fc.record({
          type: fc.constant("add_member" as const),
          group: fc.constantFrom({ name: "g1" }, { name: "g2" }),
          email,
        }),
        fc.record({
          type: fc.constant("grant" as const),
          principal: fc.constantFrom(
            { type: "group" as const, group: { name: "g1" } },
            { type: "group" as const, group: { name: "g2" } },
          ),
          projectId,
          roleId: fc.constant("r-member"),
        }),
      ),
      { selector: (one) => JSON.stringify(one) },
    );
    fc.assert(
      fc.property(
        facts,
        additions.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        (one, [list, shuffled]) => {
          const [here, there] = [new Draft(organizationOf(one)), new Draft(organizationOf(one))];
          for (const each of list) expect(applyEffect(here, each)).toBeUndefined();
          for (const each of shuffled) expect(applyEffect(there, each)).toBeUndefined();
          expect(plain(here)).toEqual(plain(there));
        },
      ),
    );
  });

  it("inviting and removing somebody leaves nothing of them, whatever happened in between", () => {
    const theirs = fc.array(
      fc.oneof(
        fc.record({
          type: fc.constantFrom("add_member" as const, "remove_member" as const),
          group,
          email: fc.constant("new@x.org"),
        }),
        fc.record({
          type: fc.constant("grant" as const),
          principal: fc.constant({ type: "user" as const, email: "New@x.org" }),
          projectId,
          roleId,
        }),
      ),
    );
    fc.assert(
      fc.property(facts, theirs, (one, between) => {
        const base = organizationOf(withoutRoles(one));
        const draft = new Draft(base);
        expect(applyEffect(draft, { type: "invite", email: "New@x.org" })).toBeUndefined();
        for (const each of between) applyEffect(draft, each);
        expect(applyEffect(draft, { type: "remove_person", email: "new@X.org" })).toBeUndefined();
        expect(plain(draft)).toEqual(plain(base));
        expect(draft.groupsOf("new@x.org")).toEqual([]);
        expect(draft.grantsOf({ type: "user", id: "new@x.org" })).toEqual([]);
      }),
    );
  });

  it("a draft answers like the same organization read afresh", () => {
    fc.assert(
      fc.property(facts, fc.array(effect, { maxLength: 12 }), (one, effects) => {
        const draft = new Draft(organizationOf(withoutRoles(one)));
        for (const each of effects) applyEffect(draft, each);
        const afresh = recorded(draft);
        expect(plain(draft)).toEqual(plain(afresh));
        for (const name of ["g1", "g2", "g3", "new", "other"]) {
          expect(
            draft
              .groupsNamed(name)
              .map(({ id }) => id)
              .sort(),
          ).toEqual(
            afresh
              .groupsNamed(name)
              .map(({ id }) => id)
              .sort(),
          );
        }
      }),
    );
  });

  it("rolling back to a moment restores it", () => {
    fc.assert(
      fc.property(
        facts,
        fc.array(effect, { maxLength: 6 }),
        fc.array(effect, { maxLength: 6 }),
        (one, first, second) => {
          const draft = new Draft(organizationOf(one));
          for (const each of first) applyEffect(draft, each);
          const [mark, then] = [draft.mark(), plain(draft)];
          for (const each of second) applyEffect(draft, each);
          draft.rollback(mark);
          expect(plain(draft)).toEqual(then);
        },
      ),
    );
  });

  it("an effect changes nobody but those it is said to touch", () => {
    fc.assert(
      fc.property(facts, effect, (one, each) => {
        const before = organizationOf(withoutRoles(one));
        const after = new Draft(before);
        const touched = new Set(affectedPeople(before, each));
        applyEffect(after, each);
        const others = emails.filter((address) => !touched.has(address));
        for (const { equal, projects: moved } of accessDifference(before, after, others)) {
          expect(equal).toBe(true);
          expect(moved).toEqual([]);
        }
      }),
    );
  });

  it("what one direction gains the other loses", () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const there = accessDifference(organizationOf(one), organizationOf(other), emails);
        const back = accessDifference(organizationOf(other), organizationOf(one), emails);
        const swapped = back.map(({ projects: each }) =>
          each.map(({ projectId: id, gained, lost }) => ({ id, gained: lost, lost: gained })),
        );
        expect(
          there.map(({ projects: each }) =>
            each.map(({ projectId: id, gained, lost }) => ({ id, gained, lost })),
          ),
        ).toEqual(swapped);
      }),
    );
  });
});

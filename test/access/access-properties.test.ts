import * as fc from "fast-check";
import {
  accessDifference,
  affectedPeople,
  applyEffect,
  Draft,
  organizationOf,
  type OrganizationFacts,
} from "../../src/access";
import { projects, roles } from "./acme";
import {
  effect,
  email,
  emails,
  facts,
  group,
  moduleName,
  plain,
  projectId,
  recorded,
  roleEffect,
  roleId,
  whole,
  withoutRoles,
} from "./any-organization";

describe("properties", () => {
  it("effective access does not depend on the order of people, groups, members, roles or grants", () => {
    const reversed = (one: OrganizationFacts): OrganizationFacts => ({
      people: [...(one.people ?? [])].reverse(),
      groups: [...(one.groups ?? [])]
        .reverse()
        .map((each) => ({ ...each, members: new Set([...each.members].reverse()) })),
      roles: [...roles].reverse(),
      projects: [...(one.projects ?? [])].reverse(),
      grants: [...(one.grants ?? [])].reverse(),
      modules: [...(one.modules ?? [])].reverse(),
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
        fc.record({
          type: fc.constant("grant_module" as const),
          principal: fc.constantFrom(
            { type: "user" as const, email: "a@x.org" },
            { type: "group" as const, group: { name: "g2" } },
          ),
          projectId,
          module: moduleName,
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
          const people = emails.map((address) => ({ email: address }));
          const open = { ...one, people, projects };
          const [here, there] = [new Draft(organizationOf(open)), new Draft(organizationOf(open))];
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
        fc.record({
          type: fc.constant("grant_module" as const),
          principal: fc.constant({ type: "user" as const, email: "New@x.org" }),
          projectId,
          module: moduleName,
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
        expect(draft.modulesOf({ type: "user", id: "new@x.org" })).toEqual([]);
      }),
    );
  });

  it("a draft answers like the same organization read afresh", () => {
    fc.assert(
      fc.property(facts, fc.array(effect, { maxLength: 12 }), (one, effects) => {
        const draft = new Draft(organizationOf(withoutRoles(one)));
        for (const each of effects) applyEffect(draft, each);
        const afresh = recorded(draft);
        expect(whole(draft)).toEqual(whole(afresh));
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
        fc.array(fc.oneof(effect, roleEffect), { maxLength: 6 }),
        fc.array(fc.oneof(effect, roleEffect), { maxLength: 6 }),
        (one, first, second) => {
          const draft = new Draft(organizationOf(one));
          for (const each of first) applyEffect(draft, each);
          const [mark, then] = [draft.mark(), whole(draft)];
          for (const each of second) applyEffect(draft, each);
          draft.rollback(mark);
          expect(whole(draft)).toEqual(then);
        },
      ),
    );
  });

  it("an effect changes nobody but those it is said to touch", () => {
    fc.assert(
      fc.property(facts, fc.oneof(effect, roleEffect), (one, each) => {
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

  it("a project that comes, goes, returns or is renamed changes nobody but those it is said to touch, whatever their role", () => {
    const projectEffect = effect.filter(({ type }) => type.endsWith("_project"));
    fc.assert(
      fc.property(facts, projectEffect, (one, each) => {
        const before = organizationOf(one);
        const after = new Draft(before);
        const touched = new Set(affectedPeople(before, each));
        applyEffect(after, each);
        const others = emails.filter((address) => !touched.has(address));
        for (const { projects: moved } of accessDifference(before, after, others)) expect(moved).toEqual([]);
      }),
    );
  });

  it("a module never takes, and gives only where a role is", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const [bare, held] = [organizationOf({ ...one, modules: [] }), organizationOf(one)];
        for (const { projects: moved } of accessDifference(bare, held, emails)) {
          for (const { lost, pathsBefore } of moved) {
            expect(lost).toEqual([]);
            expect(pathsBefore.length).toBeGreaterThan(0);
          }
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

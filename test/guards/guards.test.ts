import {
  guardNames,
  guardRules,
  type Guard,
  type GuardName,
  type GuardRule,
  type LivePlan,
} from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { organization, type OrganizationBuilder } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Resources = NonNullable<StackContent["resources"]>;

/** What a situation is, and which guard it meets. */
interface Situation {
  readonly guard: GuardName;
  readonly says: string | RegExp;
  /** Texts of the steps that it holds back, some of them. */
  readonly holds: readonly string[];
  readonly make: () => Promise<Harness> | Harness;
}

const names = (count: number, domain = "nova.agency"): string[] =>
  Array.from({ length: count }, (_, index) => `p${String(index + 1).padStart(2, "0")}@${domain}`);
const users = (emails: readonly string[]): Resources =>
  Object.fromEntries(emails.map((email) => [`amplitude_user.${email.replace(/\W/g, "_")}`, { email }]));
const nova = (members: readonly string[]): Resources => ({
  "amplitude_group.nova": { name: "nova", members },
});
const managed = (): OrganizationBuilder => organization().switches({ management: "served" });
const role = (email: string, name: string): Resources => ({
  [`amplitude_organization_role.${email.replace(/\W/g, "_")}`]: { email, role: name },
});

/** An organization after a first apply of one stack, with another stack now. */
async function changed(
  seed: OrganizationBuilder,
  before: StackContent,
  after: StackContent,
): Promise<Harness> {
  const site = harness({ organization: seed, stack: before });
  const { after: fresh } = await site.apply();
  expect(fresh.plan.steps.filter(({ actor }) => actor !== "hand")).toEqual([]);
  site.forget();
  return site.stack(after);
}

const situations: readonly Situation[] = [
  {
    guard: "removals",
    says: "5 of 12 people (42 %); limit 25 %, counted above 4",
    holds: ["remove p01@nova.agency from the organization"],
    make: () =>
      changed(organization(), { resources: users(names(10)) }, { resources: users(names(10).slice(5)) }),
  },
  {
    guard: "removals",
    says: "2 of 7 people (29 %); limit 10 %, counted above 4",
    holds: [],
    make: () =>
      changed(
        organization(),
        { provider: { maximum_removal_percent: 10 }, resources: users(names(5)) },
        { provider: { maximum_removal_percent: 10 }, resources: users(names(3)) },
      ),
  },
  {
    guard: "group-removals",
    says: "5 of 10 members of nova (50 %); limit 25 %, counted above 4",
    holds: ["nova loses p01@nova.agency"],
    make: () =>
      changed(
        organization().people(...names(10)),
        { resources: nova(names(10)) },
        { resources: nova(names(10).slice(5)) },
      ),
  },
  {
    guard: "group-removals",
    says: "6 of 6 members of nova (100 %); limit 25 %, counted above 4",
    holds: ["delete group nova"],
    make: () => changed(organization().people(...names(6)), { resources: nova(names(6)) }, {}),
  },
  {
    guard: "pending-removals",
    says: "5 of 5 pending invitations (100 %); limit 25 %, counted above 4",
    holds: ["remove p01@nova.agency from the organization"],
    make: () =>
      changed(managed().people(...names(30, "acme.com")), { resources: users(names(5)) }, { resources: {} }),
  },
  {
    guard: "removals-in-all",
    says: "2 people leave the organization or a group; limit 1",
    holds: ["remove p01@nova.agency from the organization", "nova loses p09@nova.agency"],
    make: () => {
      const provider = { maximum_removals: 1 };
      return changed(
        organization().people(...names(9)),
        { provider, resources: { ...users(names(1)), ...nova(names(9).slice(1)) } },
        { provider, resources: nova(names(8).slice(1)) },
      );
    },
  },
  {
    guard: "groups-in-use",
    says: "group nova still gives access to 1 person; limit 0",
    holds: ["delete group nova"],
    make: async () => {
      const site = await changed(organization().project("Web"), { resources: nova(names(1)) }, {});
      await site.ui({ type: "grant", group: "nova", project: "Web", role: "Member" });
      return site;
    },
  },
  {
    guard: "projects-in-use",
    says: "project Web still gives access to 1 person; limit 0",
    holds: ["archive project Web"],
    make: async () => {
      const site = await changed(
        managed().people(...names(1)),
        { resources: { "amplitude_project.web": { name: "Web", environment: "staging" } } },
        {},
      );
      await site.ui({ type: "grant", person: "p01@nova.agency", project: "Web", role: "Member" });
      return site;
    },
  },
  {
    guard: "invitations",
    says: "21 to be sent; limit 20",
    holds: ["invite p01@nova.agency"],
    make: () => harness({ organization: organization(), stack: { resources: users(names(21)) } }),
  },
  {
    guard: "invitations",
    says: "3 to be sent; limit 2",
    holds: ["nova gains p01@nova.agency (invited by it)"],
    make: () =>
      harness({
        organization: organization(),
        stack: { provider: { maximum_invitations: 2 }, resources: nova(names(3)) },
      }),
  },
  {
    guard: "administrators",
    says: "1 afterwards, read; at least 2",
    holds: ["priya@acme.com: organization role admin → member"],
    make: () =>
      harness({
        organization: managed(),
        stack: { provider: { minimum_admins: 2 }, resources: role("priya@acme.com", "member") },
      }),
  },
  {
    guard: "administrators",
    says: "2 afterwards, read; at least 3",
    holds: ["tom@acme.com: organization role owner → member"],
    // Whoever has not accepted counts once the plan waits for it: test/reconcile/acceptance.test.ts.
    make: () =>
      harness({
        organization: managed().person("mia@acme.com", { organizationRole: "admin" }),
        stack: { provider: { minimum_admins: 3 }, resources: role("tom@acme.com", "member") },
      }),
  },
  {
    guard: "administrators",
    says: "not readable and not declared; at least 1",
    holds: ["remove p01@nova.agency from the organization"],
    make: () => {
      const provider = { minimum_admins: 1 };
      return changed(
        organization().people(...names(2)),
        { provider, resources: users(names(2)) },
        { provider, resources: users(names(2).slice(1)) },
      );
    },
  },
  {
    guard: "break-glass",
    says: "1 would lose administration (priya@acme.com); limit 0",
    holds: ["priya@acme.com: organization role admin → member"],
    make: () =>
      harness({
        organization: managed(),
        stack: { provider: { break_glass: ["Priya@acme.com"] }, resources: role("priya@acme.com", "member") },
      }),
  },
  {
    // Taking the account out of the list in the same plan does not make it go.
    guard: "break-glass",
    says: "1 would lose administration (priya@acme.com); limit 0",
    holds: ["priya@acme.com: organization role admin → member"],
    make: () =>
      changed(
        managed(),
        { provider: { break_glass: ["priya@acme.com"] }, resources: role("priya@acme.com", "admin") },
        { resources: role("priya@acme.com", "member") },
      ),
  },
  {
    guard: "operator",
    says: "1 would lose administration (tom@acme.com); limit 0",
    holds: ["tom@acme.com: organization role owner → viewer"],
    make: () =>
      harness({
        organization: managed(),
        stack: { provider: { operator: "tom@acme.com" }, resources: role("tom@acme.com", "viewer") },
      }),
  },
  {
    guard: "returns",
    says: "p01@nova.agency was removed outside of the stack and is not invited again",
    holds: ["invite p01@nova.agency"],
    make: async () => {
      const stack = { resources: users(names(2)) };
      const site = await changed(organization(), stack, stack);
      await site.ui({ type: "remove_person", email: "p01@nova.agency" });
      return site;
    },
  },
  {
    guard: "single-sign-on",
    says: "single sign-on would be enforced, and no group of the identity provider is known to have priya@acme.com, tom@acme.com; limit 0",
    holds: ["organization: sso_enforced false → true"],
    make: () =>
      changed(
        managed(),
        {},
        { resources: { "amplitude_organization.acme": { org_id: "7", sso_enforced: true } } },
      ),
  },
  {
    guard: "loosened-policy",
    says: "maximum_invitations 20 → 50, minimum_admins 1 → 0; limit 0",
    holds: [/policy: .*/.source],
    make: () =>
      changed(
        organization(),
        { provider: { minimum_admins: 1, admins: ["tom@acme.com"] } },
        { provider: { maximum_invitations: 50, admins: ["tom@acme.com"] } },
      ),
  },
];

const heldBy = ({ plan }: LivePlan, wanted: GuardName): string[] => {
  const held = new Set(
    plan.guards
      .filter(({ guard, verdict }) => guard === wanted && verdict !== "passes")
      .flatMap(({ steps }) => steps),
  );
  return plan.steps.filter(({ id }) => held.has(id)).map(({ text }) => text);
};
const found = ({ plan }: LivePlan, wanted: GuardName): Guard[] =>
  plan.guards.filter(({ guard }) => guard === wanted);

describe("a guard", () => {
  it.each(situations)("$guard: $says", async ({ guard, says, holds, make }) => {
    const site = await make();
    const planned = await site.plan();
    expect(found(planned, guard).map(({ text }) => text)).toEqual([says]);
    const held = heldBy(planned, guard);
    for (const text of holds)
      expect(held).toContainEqual(expect.stringMatching(new RegExp(`^${text.replace(/[()]/g, "\\$&")}$`)));
    if (holds.length === 0) expect(held).toEqual([]);
    // Every guard has its entry, whatever another one holds back.
    expect([...new Set(planned.plan.guards.map((entry) => entry.guard))]).toEqual([...guardNames]);
    // Without it, what it holds back would run.
    const others = guardRules.filter(({ name }) => name !== guard);
    const without = await site.plan({ guards: others });
    // The order has a rule of its own against the loss of administration.
    const byGuards = without.plan.refusals.filter(({ rule }) => rule !== "no safe order");
    const refused = new Set(byGuards.flatMap(({ steps }) => steps ?? []));
    const free = without.plan.steps.filter(({ id }) => !refused.has(id)).map(({ text }) => text);
    expect(free).toEqual(expect.arrayContaining(held));
    // What it holds back is not sent, is told with the numbers, and the rest is done.
    const { results } = await site.apply();
    const outcomes = new Map(results.map(({ step, outcome }) => [step.text, outcome]));
    for (const text of held) expect(outcomes.get(text)).toBe("refused");
  });

  it("is met by some situation, here or where certainty is tested", () => {
    const met = new Set([...situations.map(({ guard }) => guard), "whole-read", "organization", "gaps"]);
    for (const name of guardNames) expect(met).toContain(name);
  });

  it("that cannot judge lets nothing pass", async () => {
    const broken: GuardRule = {
      name: "removals",
      opens: "approval",
      advice: "Run again.",
      judge: () => {
        throw new Error("no such thing");
      },
    };
    const site = harness({ organization: organization(), stack: { resources: users(names(1)) } });
    const { plan } = await site.plan({ guards: [broken] });
    expect(plan.guards).toMatchObject([{ verdict: "unjudged", text: "it could not judge: no such thing" }]);
    const { results } = await site.apply({ guards: [broken] });
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => "refused"));
    expect(site.writes()).toEqual([]);
  });

  it("never stops what is no business of its own", async () => {
    const site = harness({
      organization: organization()
        .people(...names(10))
        .group("nova", names(10)),
      stack: {
        provider: { maximum_invitations: 0 },
        resources: { ...nova(names(4)), ...users(["ida@acme.com"]), "amplitude_group.new": { name: "new" } },
      },
    });
    const { outcomes } = await site.apply();
    expect(outcomes.filter((text) => text.endsWith(": done"))).toEqual(["create group new: done"]);
    expect(site.writes()).toEqual(["POST /scim/1/Groups"]);
  });
});

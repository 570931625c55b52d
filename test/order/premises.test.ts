import { confirmationOf, type Confirmation } from "../../src/reconcile";
import { grouped } from "../../src/reconcile/premises/premise";
import { orderText } from "../../src/report";
import { premisesOf } from "../../src/report/view/view-premises";
import { harness, type Harness } from "../support/harness";
import { organization, type OrganizationBuilder } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/* Facts that no API shows and a plan rests on: each is told with its source, and none that no step depends on. */

const ANA = "ana@nova.agency";
const PRIYA = "priya@acme.com";
const TOM = "tom@acme.com";

const idpGroup = (members: readonly string[], more: object = {}) => ({
  "amplitude_idp_group.nova": { name: "amp-nova", expected_members: members, ...more },
});
const provided = (): OrganizationBuilder =>
  organization().project("Web").idpGroup("amp-nova", [ANA, "jo@nova.agency"]);
const role = (email: string, of: string) => ({ "amplitude_organization_role.it": { email, role: of } });
const served = (): OrganizationBuilder => organization().switches({ management: "served" });

interface Case {
  readonly says: string;
  readonly organization: OrganizationBuilder;
  readonly stack: StackContent;
  /** A base of an earlier run, which saw these. */
  readonly present?: readonly string[];
  /** Operations that somebody says were done. */
  readonly confirmed?: readonly string[];
  readonly told: readonly string[];
}

const cases: readonly Case[] = [
  {
    says: "a step that meets no such fact rests on none",
    organization: organization().project("Web"),
    stack: {
      provider: { admins: [TOM, PRIYA] },
      resources: { "amplitude_user.ana": { email: ANA } },
    },
    told: [],
  },
  {
    says: "people at the identity provider, and a mapping that nobody declares",
    organization: provided(),
    stack: { resources: idpGroup([ANA]) },
    told: [
      "assumed identity provider: amp-nova: has the same people at the identity provider as here",
      "assumed identity provider: the identity provider: removes nobody whom it takes out of their last group",
      "assumed mapping: amp-nova: sets no role for its people",
      "assumed settings: sso_enforced: false",
    ],
  },
  {
    says: "what the stack declares of the identity provider",
    organization: provided(),
    stack: {
      resources: {
        ...idpGroup([ANA], {
          maps_organization_role: "member",
          maps_project_roles: { Web: "Viewer" },
          deprovisions: false,
        }),
        "amplitude_leaver.jo": { email: "jo@nova.agency", left_on: "2026-11-20" },
      },
    },
    told: [
      "assumed identity provider: amp-nova: has the same people at the identity provider as here",
      "declared identity provider: the identity provider: removes nobody whom it takes out of their last group",
      "declared mapping: amp-nova: sets member of the organization, Viewer on Web for its people",
      "assumed administrators: anybody: might administer the organization",
      "assumed settings: sso_enforced: false",
    ],
  },
  {
    says: "a group of which nobody says who writes it",
    organization: organization().project("Web").group("old", [ANA]).group("older", [ANA]),
    stack: {
      resources: {
        "amplitude_project_role_assignment.ana": {
          principal_type: "user",
          principal: ANA,
          project_id: "501",
          role: "Viewer",
        },
      },
    },
    told: ["assumed identity provider: old, older: is written by no identity provider"],
  },
  {
    says: "administrators and acceptance as declared, with a base that knows one of them",
    organization: organization().person(ANA),
    stack: { provider: { admins: [TOM, PRIYA] }, resources: role(ANA, "manager") },
    present: [TOM],
    told: [
      `declared administrators: ${PRIYA}, ${TOM}: administers the organization`,
      "read administrators: nobody else: was made an administrator since 2026-08-25",
      "assumed administrators: nobody else: was one before 2026-08-25",
      `assumed acceptance: ${PRIYA}: has not accepted the invitation yet`,
      `assumed acceptance: ${TOM}: has accepted the invitation`,
    ],
  },
  {
    says: "administrators whom somebody has looked up, and no base",
    organization: organization().person(ANA),
    stack: { provider: { admins: [TOM, PRIYA] }, resources: role(ANA, "manager") },
    confirmed: ["organization.administrators"],
    told: [
      `confirmed administrators: ${PRIYA}, ${TOM}: administers the organization`,
      "read administrators: nobody else: was made an administrator since 2026-11-20",
      "confirmed administrators: nobody else: was one before 2026-11-20",
      `assumed acceptance: ${PRIYA}, ${TOM}: has accepted the invitation`,
    ],
  },
  {
    says: "all of it read where an API shows it",
    organization: served().person(ANA, { status: "pending" }),
    stack: { resources: role(ANA, "admin") },
    told: [
      `read administrators: ${PRIYA}, ${TOM}: administers the organization`,
      `read acceptance: ${PRIYA}, ${TOM}: has accepted the invitation`,
      `read acceptance: ${ANA}: has not accepted the invitation yet`,
    ],
  },
  {
    says: "settings that nobody shows",
    organization: organization(),
    stack: {
      resources: {
        "amplitude_organization.acme": { org_id: "7", sso_enforced: true, jit_default_role: "viewer" },
      },
    },
    told: [
      "assumed administrators: anybody: might administer the organization",
      "assumed settings: sso_enforced: false",
      "assumed settings: jit_default_role: member",
    ],
  },
  {
    says: "a setting that nobody shows and somebody has looked up",
    organization: provided(),
    stack: {
      resources: {
        ...idpGroup([ANA]),
        "amplitude_organization.acme": { org_id: "7", sso_enforced: true },
      },
    },
    confirmed: ["organization.setting"],
    told: [
      "assumed identity provider: amp-nova: has the same people at the identity provider as here",
      "assumed identity provider: the identity provider: removes nobody whom it takes out of their last group",
      "assumed mapping: amp-nova: sets no role for its people",
      "confirmed settings: sso_enforced: true",
    ],
  },
];

async function settledAt({ organization: seed, stack, present }: Case): Promise<Harness> {
  const site = harness({ organization: seed, stack: {} });
  if (present === undefined) return site.stack(stack);
  await site.apply();
  if (site.base !== undefined) site.base = { ...site.base, present: [...present] };
  return site.stack(stack);
}

it.each(cases)("$says", async (given) => {
  const site = await settledAt(given);
  const open = await site.plan();
  const said = { by: TOM, on: "2026-11-20T09:00:00Z", until: "2026-12-20T09:00:00Z" };
  const confirmations = open.plan.steps.flatMap((step): Confirmation[] =>
    given.confirmed?.includes(step.operation) === true ? [confirmationOf(step, "7", said)] : [],
  );
  const { plan } = await site.plan({ confirmations });
  const told = plan.premises.map(
    ({ source, topic, examples, value }) => `${source} ${topic}: ${examples.join(", ")}: ${value}`,
  );
  expect(told).toEqual(given.told);
  const shown = orderText(plan, { color: false });
  for (const { source, says } of premisesOf(plan))
    expect({ says, shown: shown.includes(`${source.padEnd(10)} ${says}`) }).toEqual({
      says,
      shown: source !== "read",
    });
});

it("says what it rests on, where that is from, and until when", async () => {
  const site = await settledAt({ ...(cases[5] as Case) });
  const step = (await site.plan()).plan.steps.find(({ actor }) => actor === "hand");
  if (step === undefined) throw new Error("There is no step by hand");
  const said = { by: TOM, on: "2026-11-20T09:00:00Z", until: "2026-12-20T09:00:00Z" };
  const { plan } = await site.plan({ confirmations: [confirmationOf(step, "7", said)] });
  expect(orderText(plan, { color: false })).toContain(`
Facts that were not read
  confirmed  priya@acme.com, tom@acme.com: administers the organization   tom@acme.com on 2026-11-20, until 2026-12-20
  confirmed  nobody else: was one before 2026-11-20   tom@acme.com on 2026-11-20, until 2026-12-20
  assumed    priya@acme.com, tom@acme.com: has accepted the invitation   there is no base of an earlier apply
`);
});

it("is no part of what is approved: another source for the same steps is the same plan", async () => {
  const site = await settledAt({ ...(cases[4] as Case), present: [TOM, PRIYA] });
  const first = await site.plan();
  if (site.base !== undefined) site.base = { ...site.base, present: [TOM] };
  const second = await site.plan();
  expect(second.plan.premises).not.toEqual(first.plan.premises);
  expect(second.plan.digest).toBe(first.plan.digest);
});

it("nine thousand people of whom the same is assumed are one fact", () => {
  const fact = {
    topic: "acceptance",
    value: "has accepted the invitation",
    source: "assumed",
    from: "present at the base",
  } as const;
  const subjects = Array.from({ length: 9000 }, (_, index) => `person${index}@acme.com`);
  expect(grouped(subjects.map((subject) => ({ ...fact, subject })))).toEqual([
    { ...fact, count: 9000, examples: ["person0@acme.com", "person1000@acme.com", "person1001@acme.com"] },
  ]);
});

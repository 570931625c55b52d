import { judge, playbook, type PlaybookSettings, type ReadLog } from "../../src/policies";
import type { PolicyFinding, Verdict } from "../../src/reconcile";
import type { Seed } from "../../src/emulator";
import { harness } from "../support/harness";
import { today } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/** An organization whose roles, settings and modules can be read: two admins of the client, an agency, three projects. */
export const managed = (more: Partial<Seed> = {}): Seed => ({
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme" },
  clock: today,
  people: [
    { email: "tom@acme.com", organizationRole: "owner" },
    { email: "priya@acme.com", organizationRole: "admin" },
    { email: "jo@nova.agency" },
    { email: "sync@acme.com" },
  ],
  groups: [
    { id: 601, name: "nova", members: ["jo@nova.agency"] },
    { id: 602, name: "staff", members: ["priya@acme.com"] },
  ],
  projects: [
    { id: 501, name: "Production", addOns: ["govern", "experiment"] },
    { id: 502, name: "Staging" },
    { id: 503, name: "Reporting" },
  ],
  settings: { ssoEnforced: false, mfaRequired: true, jitDefaultRole: "member" },
  switches: { management: "served" },
  ...more,
});

/** What the stack states beside its resources. */
export const stated = {
  locals: {
    amplitude_access: {
      version: 1,
      environments: { Production: "production", Staging: "staging", Reporting: "reporting" },
      service_accounts: { "sync@acme.com": { purpose: "cohorts" } },
      engagements: {
        nova: {
          agency: "Nova",
          domains: ["nova.agency"],
          sow: "SOW-1",
          dpa: "DPA-1",
          owner: "priya@acme.com",
          from: "2026-01-01T00:00:00Z",
          until: "2027-03-31T23:59:59Z",
        },
      },
    },
  },
};

export interface Situation {
  readonly seed?: Seed;
  readonly resources?: StackContent["resources"];
  readonly provider?: StackContent["provider"];
  readonly more?: StackContent["more"];
  readonly settings?: PlaybookSettings;
  readonly log?: ReadLog;
  readonly without?: readonly ["management"];
}

/** The playbook's verdict over the plan of a situation. */
export async function verdictOf({
  seed = managed(),
  resources = {},
  provider = {},
  more = stated,
  settings,
  log,
  without = [] as never,
}: Situation): Promise<Verdict> {
  const site = harness({ organization: seed, stack: { provider, resources, more }, without });
  const live = await site.plan();
  return judge({ live, desired: site.desired(), ...(log === undefined ? {} : { log }) }, playbook(settings));
}

/** `deny new collaborator-organization-admin: jo@nova.agency: organization Admin` */
export function line({ level, isNew, rule, path }: PolicyFinding): string {
  return `${level} ${isNew ? "new" : "old"} ${rule}: ${path}`;
}

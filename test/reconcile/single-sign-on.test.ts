import { confirmationOf, type Confirmation, type LivePlan } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/* Enforced single sign-on shuts out whom the identity provider does not have: nobody is shut out unasked, and nobody comes in before it. */

const TOM = "tom@acme.com";
const PRIYA = "priya@acme.com";
const CI = "ci@acme.com";
const JO = "jo@nova.agency";
const NEW = "nia@nova.agency";

const sso = { "amplitude_organization.acme": { org_id: "7", sso_enforced: true } };
const user = (email: string) => ({ [`amplitude_user.${email.replace(/\W/g, "_")}`]: { email } });
const enforcing = (...more: Record<string, Record<string, unknown>>[]): StackContent => ({
  provider: { break_glass: [TOM] },
  resources: Object.assign({}, sso, ...more) as Record<string, Record<string, unknown>>,
});
const inProvider = (members: readonly string[]) => ({
  "amplitude_idp_group.all": { name: "okta-all", expected_members: members },
});

function siteOf(stack: StackContent, members: readonly string[]): Harness {
  const seed = organization().people(CI, JO).idpGroup("okta-all", members);
  return harness({ organization: seed.switches({ management: "served" }), stack });
}

const signIns = ({ plan }: LivePlan) =>
  plan.steps.filter(({ operation }) => operation === "person.single-sign-on");
const confirmed = (plan: LivePlan, ...but: string[]): Confirmation[] =>
  signIns(plan)
    .filter(({ people: [email = ""] }) => !but.includes(email))
    .map((step) =>
      confirmationOf(step, "7", { by: PRIYA, on: "2026-11-23T08:00:00Z", until: "2026-12-20T00:00:00Z" }),
    );

describe("enforcing single sign-on", () => {
  it("names everybody whom no group of the identity provider holds, and waits until each of them is confirmed", async () => {
    const site = siteOf(enforcing(inProvider([PRIYA])), [PRIYA]);
    const open = await site.plan();
    const guard = open.plan.guards.find((each) => each.guard === "single-sign-on");
    expect(guard).toMatchObject({ verdict: "unjudged", found: 3, people: [TOM, CI, JO] });
    expect(guard?.text).toContain(`${TOM} (break-glass account), ${CI}, ${JO}`);
    // One of them is still open.
    await site.apply({ confirmations: confirmed(open, CI) });
    expect(site.emulator.state().settings.ssoEnforced).toBe(false);
    await site.apply({ confirmations: confirmed(open) });
    expect(site.emulator.state().settings.ssoEnforced).toBe(true);
  });

  it("says so in plain words, and the onboarding beside it goes on as without it", async () => {
    const site = siteOf(enforcing(inProvider([PRIYA]), user(NEW)), [PRIYA]);
    const { plan } = await site.plan();
    expect(plan.refusals.map(({ rule }) => rule)).toEqual(["single-sign-on"]);
    expect(plan.notes.join()).toMatch(/not enforced by this plan.*nia@nova\.agency is invited as without it/);
    const applied = await site.apply();
    expect(site.people()).toContain(NEW);
    // That she is to be confirmed, too, is of the next plan: this run did all that it said.
    expect((await site.leftOver(applied)).steps).toEqual([]);
    expect(applied.results.filter(({ outcome }) => outcome === "refused")).toHaveLength(1);
    const next = await site.plan();
    expect(signIns(next).flatMap(({ people }) => people)).toContain(NEW);
  });

  it("comes before the invitations of the same plan: nobody accepts with a password in between", async () => {
    const everybody = [TOM, PRIYA, CI, JO];
    const site = siteOf(enforcing(inProvider(everybody), user(NEW)), everybody);
    const { plan } = await site.plan();
    expect(plan.refusals).toEqual([]);
    const acts = plan.steps.filter(({ actor }) => actor === "write");
    expect(acts.map(({ text }) => text)).toEqual([
      "organization: sso_enforced false → true",
      `invite ${NEW}`,
    ]);
    expect(acts[1]?.place?.reason).toContain("accept with a password");
    // Whoever joins and is in no group there is named.
    expect(plan.notes.join()).toMatch(/no group of the identity provider has nia@nova\.agency/);
    await site.apply();
    expect(site.people()).toContain(NEW);
  });

  it("is no question where the identity provider holds everybody, or where it is enforced already", async () => {
    const everybody = [TOM, PRIYA, CI, JO];
    const site = siteOf(enforcing(inProvider(everybody)), everybody);
    expect(signIns(await site.plan())).toEqual([]);
    await site.apply();
    expect(site.emulator.state().settings.ssoEnforced).toBe(true);
    expect(signIns(await site.stack(enforcing(inProvider(everybody))).plan())).toEqual([]);
  });
});

import { confirmationOf } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const NIA = "nia@acme.com";
const PRIYA = "priya@acme.com";
const rank = (email: string, role: string) => ({
  [`amplitude_organization_role.${email.slice(0, 3)}`]: { email, role },
});
const handsOver = { ...rank(PRIYA, "member"), "amplitude_user.nia": { email: NIA }, ...rank(NIA, "admin") };

/** Priya administers, and Nia is to follow. */
async function succession(minimum = 2): Promise<Harness> {
  const provider = { minimum_admins: minimum };
  const site = harness({
    organization: organization().project("Web").group("readers").switches({ management: "served" }),
    stack: { provider, resources: rank(PRIYA, "admin") },
  });
  await site.apply();
  site.forget();
  return site.stack({ provider, resources: handsOver });
}
const roleOf = ({ emulator }: Harness, email: string): string | undefined =>
  emulator.state().people.find((person) => person.email === email)?.organizationRole;
const accepts = async (site: Harness): Promise<void> =>
  await site.ui({ type: "accept_invitation", email: NIA });

describe("an administrator is replaced by somebody who has not accepted yet", () => {
  it("keeps administration until they have, in this run and in every later one", async () => {
    const site = await succession();
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual([
      "invite nia@acme.com as admin of the organization: done",
      "nia@acme.com accepts the invitation: waiting",
      "priya@acme.com: organization role admin → member: waiting",
    ]);
    expect(after.plan.steps.filter(({ actor }) => actor !== "record").map(({ text }) => text)).toEqual([
      "nia@acme.com accepts the invitation",
      "priya@acme.com: organization role admin → member",
    ]);
    expect(roleOf(site, PRIYA)).toBe("admin");
    await accepts(site);
    expect((await site.apply()).after.plan.steps).toEqual([]);
    expect(roleOf(site, PRIYA)).toBe("member");
  });

  it("and a run that waits goes on once they have", async () => {
    const site = await succession();
    const { outcomes, after } = await site.apply({ waiting: () => accepts(site) });
    expect(outcomes.every((text) => text.endsWith(": done"))).toBe(true);
    expect(after.plan.steps).toEqual([]);
    expect(roleOf(site, PRIYA)).toBe("member");
  });

  it("nobody has to accept where enough are left without them", async () => {
    const site = await succession(1);
    const { plan } = await site.plan();
    expect(plan.steps.map(({ operation }) => operation)).not.toContain("person.accept");
  });

  it("where no API shows it, a person says so", async () => {
    const provider = { minimum_admins: 2, admins: ["tom@acme.com", PRIYA] };
    const site = harness({
      organization: organization().project("Web").group("readers"),
      stack: { provider, resources: rank(PRIYA, "admin") },
    });
    await site.apply();
    site.stack({ provider, resources: handsOver });
    const { plan } = await site.plan();
    const step = plan.steps.find(({ operation }) => operation === "person.accept");
    expect(step).toMatchObject({ actor: "hand", people: [NIA] });
    if (step === undefined) return;
    const said = { by: "tom@acme.com", on: "2026-11-23T08:00:00Z" };
    // Who was only invited is present at the base from now on, and has accepted nothing by that.
    const { after } = await site.apply();
    expect(site.people()).toContain(NIA);
    expect(site.base?.invited).toEqual({ [NIA]: "2026-11-23T09:00:00.000Z" });
    expect(after.plan.steps.map(({ operation }) => operation)).toContain("person.accept");
    const { plan: then } = await site.plan({ confirmations: [confirmationOf(step, "7", said)] });
    expect(then.confirmed.map(({ step: { text } }) => text)).toEqual(["nia@acme.com accepts the invitation"]);
  });
});

import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

const siteOf = (resources: NonNullable<StackContent["resources"]>): Harness =>
  harness({ organization: organization().switches({ management: "served" }), stack: { resources } });

describe("an add-on", () => {
  it("ends before the project does, when it says so", async () => {
    const site = siteOf({
      "amplitude_project.it": {
        name: "Client Sandbox",
        add_ons: ["experiment", "govern"],
        add_on_expires_at: { experiment: "2026-11-24" },
      },
    });
    await site.apply();
    await site.advance(2 * 24 * 60 * 60);
    const { outcomes, after } = await site.apply();
    expect(outcomes).toEqual(["project Client Sandbox: add_ons experiment,govern → govern: done"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("that is not switched on has no end", async () => {
    const it = { name: "Client Sandbox", add_on_expires_at: { govern: "2026-11-24" } };
    await expect(siteOf({ "amplitude_project.it": it }).plan()).rejects.toThrow(
      /govern has an end but is not switched on/,
    );
  });
});

describe("the addresses that are allowed", () => {
  it.each([
    [{ ip_allowlist: ["203.0.113.0/33"] }, /"203\.0\.113\.0\/33" is not a range of addresses/],
    [{ ip_allowlist: ["203.0.113.0/24"] }, /ip_allowlist without runner_addresses/],
    [
      { ip_allowlist: ["203.0.113.0/24", "2001:db8::/32"], runner_addresses: ["203.0.114.1", "2001:db8::7"] },
      /ip_allowlist locks out 203\.0\.114\.1, from where applies run/,
    ],
    [{ runner_addresses: ["acme.com"] }, /"acme\.com" is not an address/],
  ])("do not lock out whoever runs this: %j", async (more, message) => {
    const site = siteOf({ "amplitude_organization.it": { org_id: "7", ...more } });
    await expect(site.plan()).rejects.toThrow(message);
  });
});

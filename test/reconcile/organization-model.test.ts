import type { Seed } from "../../src/emulator";
import { harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Resources = NonNullable<StackContent["resources"]>;

const seed = (): Seed =>
  organization().people("jo@nova.agency").project("Web").switches({ management: "served" }).seed();
const analyst: Resources = {
  "amplitude_module_grant.jo": {
    principal_type: "user",
    principal: "jo@nova.agency",
    project_id: "501",
    module: "experiment_analyst",
  },
};
const web = (block: object = {}): Resources => ({ "amplitude_project.web": { name: "Web", ...block } });
const site = (resources: Resources, without: "management"[] = []) =>
  harness({ organization: seed(), stack: { resources }, without });

describe("settings of another organization", () => {
  it("are refused, and both are named", async () => {
    const settings = (orgId: string): Resources => ({
      "amplitude_organization.it": { org_id: orgId, mfa_required: true },
    });
    await expect(site(settings("8")).plan()).rejects.toThrow(/organization 8[\s\S]*org_id is 7/);
    expect((await site(settings("7")).plan()).plan.steps).not.toEqual([]);
  });
});

describe("a module on a project without its add-on", () => {
  it("is refused", async () => {
    await expect(site(analyst).plan()).rejects.toThrow("Web does not have the add-on experiment");
    await expect(site({ ...analyst, ...web({ add_ons: ["govern"] }) }).plan()).rejects.toThrow(
      "add-on experiment",
    );
  });

  it("is granted after the add-on where the same stack switches it on", async () => {
    const place = site({ ...analyst, ...web({ add_ons: ["experiment"] }) });
    const { after } = await place.apply();
    expect(place.writes()).toEqual([
      "PATCH /api/2/projects/501",
      "POST /api/2/organizations/7/module-grants",
    ]);
    expect(after.plan.steps).toEqual([]);
  });
});

it("a project gets another name without the management family: it is renamed by hand, not made anew", async () => {
  const place = site(web(), ["management"]);
  await place.apply();
  place.stack({ resources: web({ name: "Website" }) });
  const { plan } = await place.plan();
  expect(plan.steps.filter(({ actor }) => actor === "hand").map(({ text }) => text)).toEqual([
    "project Web: name Web → Website",
  ]);
});

import { readLine } from "../../src/report";
import type { Snapshot } from "../../src/resources";
import type { DiagnosticError } from "../../src/schema";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const ana = "ana@nova.agency";
const web = "${data.amplitude_project.web.id}";
const stack = {
  provider: { owns_grants_on: ["Client *"], owns_people_of: ["nova.agency"] },
  lookups: { "amplitude_project.web": { name: "Client Web" } },
  resources: {
    "amplitude_project_role_assignment.ana": {
      principal_type: "user",
      principal: ana,
      project_id: web,
      role: "Member",
    },
  },
};
const seed = () =>
  organization()
    .people(ana)
    .project("Client Web", "Client Secret")
    .grant(ana, "Client Web", "Member")
    .grant(ana, "Client Secret", "Admin");

/** The token's owner does not see these projects. */
const hiding = (...ids: string[]) => ({
  read: (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    projects: (snapshot.projects ?? []).filter(({ id }) => !ids.includes(id)),
  }),
});

describe("the token does not see a project on which somebody holds a role", () => {
  it("the plan names it by its id, with who holds what, and what the token's owner must be", async () => {
    const { plan } = await harness({ organization: seed(), stack }).plan(hiding("502"));
    expect(plan.unlistedProjects).toEqual([{ id: "502", holders: [`${ana} is Admin`], count: 1 }]);
    expect(plan.notChecked).toContainEqual(
      expect.stringMatching(/502 \(ana@nova\.agency is Admin\).*administrator/),
    );
    expect(readLine(plan)).toMatch(/not complete \(the list of projects lacks 502\)/);
    expect(plan.steps.map(({ text }) => text)).not.toContainEqual(expect.stringContaining("502"));
  });

  it("a list that has them all is complete, and so is one that nobody could read", async () => {
    const { plan } = await harness({ organization: seed(), stack }).plan();
    expect([plan.unlistedProjects, readLine(plan)]).toEqual([[], expect.stringContaining("complete:")]);
    const resources = {};
    const without = harness({ organization: seed(), stack: { resources }, without: ["developer"] });
    expect((await without.plan()).plan.unlistedProjects).toEqual([]);
  });

  it("`project_ids` gives it a name", async () => {
    const provider = { ...stack.provider, project_ids: { "Client Secret": "502" } };
    const { plan } = await harness({ organization: seed(), stack: { ...stack, provider } }).plan(
      hiding("502"),
    );
    expect(plan.unlistedProjects).toEqual([]);
    expect(plan.steps.map(({ text }) => text)).toContain(`${ana} loses Admin on Client Secret`);
  });

  it("a declared one that an earlier run saw is known by its id: nothing is granted or revoked", async () => {
    const site = harness({ organization: seed(), stack });
    await site.apply();
    const { plan } = await site.plan(hiding("501"));
    expect(plan.steps).toEqual([]);
    expect(plan.notes).toEqual([
      expect.stringContaining("Client Web (id 501) is in no list, and roles are held on it"),
    ]);
  });

  it("a declared one of which nothing is known may be one of them: it is not called a wrong name", async () => {
    const refused = await harness({ organization: seed(), stack })
      .plan(hiding("501"))
      .catch((error: unknown) => error);
    const [found] = (refused as DiagnosticError).diagnostics;
    expect(found?.summary).toBe('There is no project called "Client Web"');
    expect(found?.detail).toMatch(/that no list has: 501\. Client Web may be one of them.*project_ids/);
  });
});

describe("a project that the stack looks up is renamed", () => {
  const renamed = async () => {
    const site = harness({ organization: seed().switches({ management: "served" }), stack });
    await site.apply();
    await site.elsewhere("PATCH", "/api/2/projects/501", { name: "Client Site" });
    site.forget();
    return site;
  };

  it("the plan goes on by its id, and drift tells it", async () => {
    const site = await renamed();
    expect((await site.plan()).plan.steps).toEqual([]);
    expect((await site.drift()).identities).toMatchObject([
      { answer: "renamed", says: "Client Web is called Client Site by now (id 501)" },
    ]);
  });

  it("the name is given to another project: the roles stay where they are", async () => {
    const site = await renamed();
    await site.elsewhere("POST", "/api/2/projects", { name: "Client Web", add_ons: [] });
    const { outcomes, planned } = await site.apply();
    expect(outcomes).toEqual([]);
    expect(site.grants()).toContain(`${ana} Client Site: Member`);
    const [other] = site.emulator.state().projects.filter(({ name }) => name === "Client Web");
    expect(planned.plan.notes).toEqual([
      expect.stringContaining(
        `Client Web is called Client Site by now (id 501), and another one is called Client Web (id ${other?.id}).`,
      ),
    ]);
  });

  it("the stack follows by one line", async () => {
    const site = await renamed();
    const lookups = { "amplitude_project.web": { name: "Client Site" } };
    const { outcomes, after } = await site.stack({ ...stack, lookups }).apply();
    expect([outcomes, after.plan.steps, after.plan.notes]).toEqual([[], [], []]);
  });
});

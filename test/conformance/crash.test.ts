import { confirmAbsent } from "../../src/resources";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";

const resources = {
  "amplitude_user.jo": { email: "jo@nova.agency", given_name: "Jo" },
  "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency", "sam@nova.agency"] },
  "amplitude_group.eng": { name: "eng" },
  "amplitude_group_membership.ada": { group_id: "${amplitude_group.eng.id}", email: "ada@acme.com" },
  "amplitude_project_role_assignment.nova": {
    principal_type: "group",
    principal: "${amplitude_group.nova.id}",
    project_id: "501",
    role: "Member",
  },
  "amplitude_leaver.ana": { email: "ana@nova.agency", left_on: "2026-11-20" },
};
const live = () =>
  organization().project("Web").group("old", ["ana@nova.agency"]).grant("ana@nova.agency", "Web", "Viewer");

const settledAs = (site: Harness) => ({
  people: site.people(),
  nova: site.members("nova"),
  eng: site.members("eng"),
  grants: site.grants(),
});
const wanted = {
  people: ["ada@acme.com", "jo@nova.agency", "priya@acme.com", "sam@nova.agency", "tom@acme.com"],
  nova: ["jo@nova.agency", "sam@nova.agency"],
  eng: ["ada@acme.com"],
  grants: ["nova Web: Member"],
};
const invited = ["ada@acme.com", "jo@nova.agency", "sam@nova.agency"];

describe("the process dies", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "after %i finished steps: the next run finishes, and nobody is invited twice",
    async (stopAfter) => {
      const site = harness({ organization: live(), stack: { resources } });
      await site.apply({ stopAfter, crash: true });
      const { after } = await site.apply();
      expect(after.plan.steps).toEqual([]);
      expect(settledAs(site)).toEqual(wanted);
      expect(site.invitations().sort()).toEqual(invited);
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "after %i finished steps, and what it wrote down is lost too",
    async (stopAfter) => {
      const site = harness({ organization: live(), stack: { resources } });
      await site.apply({ stopAfter, crash: true });
      site.base = undefined;
      const { after } = await site.apply();
      // Nobody knows any more whether the leaver ever was there.
      const open = after.plan.steps.filter(({ operation }) => operation !== confirmAbsent.name);
      expect(open.filter(({ actor }) => actor !== "record")).toEqual([]);
      expect(settledAs(site)).toEqual(wanted);
      expect(site.invitations().sort()).toEqual(invited);
    },
  );

  it.each([1, 2, 3, 4, 5, 6])(
    "while no answer arrives any more, from the POST, PATCH or DELETE number %i on",
    async (nth) => {
      const site = harness({ organization: live(), stack: { resources } });
      for (const method of ["POST", "PATCH", "DELETE"]) {
        await site.fault({
          match: { method },
          skip: nth - 1,
          times: 1000,
          fault: { type: "reset", when: "after" },
        });
      }
      await site.apply({ crash: true });
      await site.heal();
      const { after } = await site.apply();
      expect(after.plan.steps).toEqual([]);
      expect(settledAs(site)).toEqual(wanted);
      expect(site.invitations().sort()).toEqual(invited);
    },
  );
});

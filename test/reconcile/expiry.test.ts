import { harness } from "../support/harness";
import { organization } from "../support/organization";

const day = 24 * 60 * 60;
const live = () => organization().people("jo@nova.agency").group("nova").project("Web");
const ends = "2026-11-25";

describe("something ends", () => {
  it.each([
    [
      "a person",
      { "amplitude_user.jo": { email: "jo@nova.agency", expires_at: ends } },
      ["remove jo@nova.agency from the organization: done"],
    ],
    [
      "a membership",
      { "amplitude_group_membership.jo": { group_id: "601", email: "jo@nova.agency", expires_at: ends } },
      ["nova loses jo@nova.agency: done"],
    ],
    [
      "a member of a whole set",
      {
        "amplitude_group.nova": {
          name: "nova",
          members: ["jo@nova.agency", "tom@acme.com"],
          member_expires_at: { "Jo@nova.agency": ends },
        },
      },
      ["nova loses jo@nova.agency: done"],
    ],
    [
      "a grant",
      {
        "amplitude_project_role_assignment.jo": {
          principal_type: "user",
          principal: "jo@nova.agency",
          project_id: "501",
          role: "Member",
          expires_at: ends,
        },
      },
      ["jo@nova.agency loses Member on Web: done"],
    ],
  ])(
    "%s: to the end of its day it stays, after that it goes, and the line may remain",
    async (_, resources, expected) => {
      const site = harness({ organization: live(), stack: { resources } });
      await site.apply();
      await site.advance(2 * day);
      expect((await site.plan()).plan.steps).toEqual([]);
      await site.advance(day);
      site.forget();
      const { outcomes, after } = await site.apply();
      expect(outcomes).toEqual(expected);
      expect(site.writes()).toHaveLength(1);
      expect(after.plan.steps).toEqual([]);
    },
  );

  it("is not created when it is over before it began", async () => {
    const site = harness({
      organization: organization(),
      stack: { resources: { "amplitude_user.jo": { email: "jo@nova.agency", expires_at: "2026-11-01" } } },
    });
    await site.apply();
    expect(site.writes()).toEqual([]);
    expect((await site.plan()).plan.steps).toEqual([]);
  });

  it("is one record when it ends later: shown and approved, and no request", async () => {
    const user = { email: "jo@nova.agency", expires_at: ends };
    const site = harness({ organization: live(), stack: { resources: { "amplitude_user.jo": user } } });
    await site.apply();
    site.stack({ resources: { "amplitude_user.jo": { ...user, expires_at: "2027-11-25" } } }).forget();
    const { planned, after } = await site.apply();
    expect(planned.plan.steps.map(({ actor, text }) => `${actor}: ${text}`)).toEqual([
      "record: jo@nova.agency: expires_at 2026-11-25 → 2027-11-25",
    ]);
    expect(site.writes()).toEqual([]);
    expect(after.plan.steps).toEqual([]);
  });
});

describe("a person ends whom another line still names", () => {
  it("is removed once or refused, and never invited again by the line that remains", async () => {
    const site = harness({
      organization: organization(),
      stack: {
        resources: {
          "amplitude_user.jo": { email: "jo@nova.agency", expires_at: ends },
          "amplitude_group.nova": { name: "nova", members: ["jo@nova.agency"] },
        },
      },
    });
    await site.apply();
    await site.advance(3 * day);
    for (let run = 0; run < 3; run++) await site.apply().catch(() => undefined);
    expect(site.invitations()).toEqual(["jo@nova.agency"]);
  });
});

describe("an end that has nothing to do with the identity provider", () => {
  it("does not wait for it", async () => {
    const site = harness({
      organization: live().grant("jo@nova.agency", "Web", "Member"),
      stack: {
        resources: {
          "amplitude_project_role_assignment.jo": {
            principal_type: "user",
            principal: "jo@nova.agency",
            project_id: "501",
            role: "Member",
            expires_at: "2026-11-01",
          },
          "amplitude_idp_group.later": { name: "amp-later", expected_members: ["jo@nova.agency"] },
        },
      },
    });
    await site.apply();
    expect(site.grants()).toEqual([]);
  });
});

import { harness, type Harness } from "../support/harness";
import { acme, grantOn, plain } from "./race";

const [jo, ana, priya] = ["jo@nova.agency", "ana@nova.agency", "priya@acme.com"];
const MEMBERS = "/api/2/organizations/7/members";
const GRANTS = "/user-management/1/project-role-assignments";
const rank = (email: string, role: string) => ({
  [`amplitude_organization_role.${email.slice(0, 3)}`]: { email, role },
});

/** The next look is answered from before the last write, each list before it as it is. */
const stale = async (site: Harness, path: string, skip = 0): Promise<void> =>
  await site.fault({ match: { method: "GET", path }, skip, fault: { type: "stale-read" } });

describe("a look that says that all is as wanted is no reason not to write: it may be older than what somebody did", () => {
  it("whom somebody demoted is an administrator again before another one goes", async () => {
    const site = harness({
      organization: acme().person(ana, { organizationRole: "admin" }),
      stack: {
        provider: { minimum_admins: 1 },
        resources: { ...rank(ana, "admin"), ...rank(priya, "member") },
      },
    });
    await stale(site, `${MEMBERS}/*`);
    await site.ui({ type: "set_organization_role", email: ana, role: "member" });
    const { sent } = await site.apply();
    expect(sent).toEqual([
      `GET ${MEMBERS}/${ana}`,
      `PATCH ${MEMBERS}/${ana}`,
      `GET ${MEMBERS}/${priya}`,
      `PATCH ${MEMBERS}/${priya}`,
    ]);
    const { people } = site.emulator.state();
    expect(people.filter(({ organizationRole }) => organizationRole === "admin")).toMatchObject([
      { email: ana },
    ]);
  });

  it("a role that is said to be gone is taken away", async () => {
    const site = harness({
      organization: acme(),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Viewer") } },
    });
    await stale(site, `${GRANTS}/*`);
    await stale(site, GRANTS, 3);
    await site.apply();
    site.stack({});
    const { sent } = await site.apply();
    expect(sent.map(plain)).toEqual([`GET ${GRANTS}/ID`, `GET ${GRANTS}`, `DELETE ${GRANTS}/ID`]);
    expect(site.grants()).toEqual([]);
  });

  it("a group that is said to be gone is deleted", async () => {
    const site = harness({
      organization: acme(),
      stack: { resources: { "amplitude_group.eng": { name: "eng", members: [] } } },
    });
    await stale(site, "/scim/1/Groups/*");
    await site.apply();
    site.stack({});
    await site.apply();
    expect(site.emulator.state().groups).toEqual([]);
  });
});

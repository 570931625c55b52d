import { driftText, planText, runText, tallyText, viewOf } from "../../src/report";
import { reportOf } from "../support/drift-report";
import { harness } from "../support/harness";
import { organization } from "../support/organization";

const plain = { color: false } as const;
/** Without what only identifies. */
const shown = (text: string): string =>
  `\n${text
    .replace(/(plan|drift) [0-9a-f]{4}-[0-9a-f]{4}/, "$1 DIGEST")
    .replace(/confirm [0-9a-f]{16}/g, "confirm ID")
    .replace(/\[[0-9a-f]{16}\]/g, "[ID]")}`;

const agencyArrives = () =>
  harness({
    organization: organization()
      .person("ana@nova.agency", { givenName: "Ana" })
      .project("Web", "Mobile")
      .group("old", ["ana@nova.agency", "jo@nova.agency"])
      .grant("old", "Web", "Viewer")
      .grant("ana@nova.agency", "Mobile", "Manager")
      .grant("jo@nova.agency", "Web", "Member"),
    stack: {
      resources: {
        "amplitude_group.nova": {
          name: "agency-nova",
          members: ["jo@nova.agency", "sam@nova.agency", "tyra@nova.agency"],
        },
        "amplitude_idp_group.x": { name: "amp-analysts", expected_members: ["priya@acme.com"] },
        "amplitude_project_role_assignment.nova": {
          principal_type: "group",
          principal: "${amplitude_group.nova.id}",
          project_id: "501",
          role: "Member",
          expires_at: "2027-03-31",
        },
        "amplitude_project_role_assignment.jo": {
          principal_type: "user",
          principal: "jo@nova.agency",
          project_id: "501",
          role: "Viewer",
        },
        "amplitude_leaver.ana": {
          email: "ana@nova.agency",
          left_on: "2026-11-20",
          ticket: "SEC-311",
          content_to: "tom@acme.com",
        },
      },
    },
  });

describe("an agency arrives, somebody leaves, an identity provider is waited for", () => {
  it("plans it", async () => {
    expect(shown(planText(viewOf(await agencyArrives().plan(), "apply"), plain))).toMatchInlineSnapshot(`
     "
     acme · org 7 (us) · plan DIGEST · 127.0.0.1
     Read 2026-11-23 09:00:00 UTC, complete: 4 people, 1 group, 3 role assignments, 4 roles, 2 projects, 1 group id (6 requests)
     The organization is the one named: the one group id that user-management lists is SCIM's.

     2 people join · 1 leaves · 1 moves with equal access       8 writes · 2 at the identity provider · 1 by hand · 1 later · 5 records · 2 e-mails

     People (4)
     - ana@nova.agency  leaves: ends with nothing   SEC-311
         Mobile                   Manager → no access        was direct
         Web                      Viewer → no access         was via group old
     + sam@nova.agency  joins
         Web                      no access → Member         via group agency-nova
         Amplitude e-mails an invitation. It cannot be undone.
     + tyra@nova.agency  joins
         Web                      no access → Member         via group agency-nova
         Amplitude e-mails an invitation. It cannot be undone.
     = jo@nova.agency  access is equal, by other ways
         Web                      Member                     was Member direct + Viewer via group old, now Viewer direct + Member via group agency-nova + Viewer via group old

     What cannot be undone: the invitation to sam@nova.agency; the invitation to tyra@nova.agency; removing ana@nova.agency, whose content then has no owner.
     What somebody is without for a while: nothing.

     Steps, in this order
        1  write    old loses ana@nova.agency   SEC-311
        2  write    ana@nova.agency loses Manager on Mobile   SEC-311
        3  by hand  ana@nova.agency's charts and dashboards to tom@acme.com   SEC-311   Amplitude, Settings > Organization Settings > Members & Groups > ana@nova.agency > Transfer content ownership > tom@acme.com   [confirm ID]
        4  later    remove ana@nova.agency from the organization   not before 2026-11-28T00:00:00.000Z   SEC-311
        5  write    create group agency-nova
        6  IdP      the identity provider pushes group amp-analysts
        7  IdP      amp-analysts gains priya@acme.com
        8  write    agency-nova gains jo@nova.agency, sam@nova.agency (invited by it), tyra@nova.agency (invited by it)
        9  write    agency-nova gets Member on Web
       10  write    jo@nova.agency: Member → Viewer on Web
           record   amp-analysts: expected_members ["priya@acme.com"]
           record   ana@nova.agency: content_to tom@acme.com, left_on 2026-11-20, ticket SEC-311
           record   agency-nova on Web: expires_at 2027-03-31

     Guards
       ok         whole-read        6 lists, each proved whole
       ok         organization      the one named: the one group id that user-management lists is SCIM's
       ok         removals          1 of 4 people (25 %); limit 25 %, counted above 4
       ok         pending-removals  not shown by Amplitude: invitations are counted as people
       ok         group-removals    at most 1 of 2 members of old (50 %); limit 25 %, counted above 4
       ok         removals-in-all   1 person leaves the organization or a group; no limit is set
       ok         groups-in-use     no group goes
       ok         projects-in-use   no project goes
       ok         invitations       2 to be sent; limit 20
       ok         administrators    not readable, none declared; no minimum is set
       ok         break-glass       0 would lose administration (0 named); limit 0
       ok         operator          0 would lose administration (0 named); limit 0
       ok         single-sign-on    single sign-on is not switched on; limit 0
       not judged returns           not judged: there is no state of an earlier apply, so nobody knows whether somebody removed one of 2 who are to be invited; the audit log since 2026-08-25 tells of no removal of them, and not of every one. Declare the person with \`rejoins\`, or as somebody who left, or remove the lines that name them.
       ok         gaps              nobody loses for a while what they keep; limit 0
       ok         loosened-policy   no limit is loosened; limit 0

     Policies none was judged

     Not checked: lines deleted from the stack: there is no base of an earlier apply; organization roles and settings, add-ons, modules and API keys (Amplitude has no API for them).

     Cost: 24 requests, of which 6 write; 1 asks for a second list of 1 project before something is taken there; no wait for the limit; 30 of 100 a minute stay with the identity provider.
     To run exactly this: apply
     "
    `);
  });

  it("runs it, as far as it goes", async () => {
    const site = agencyArrives();
    await site.fault({
      match: { method: "POST", path: "/user-management/1/project-role-assignments" },
      fault: { type: "status", status: 403, body: { title: "Forbidden", detail: "Early access only." } },
    });
    const { results } = await site.apply();
    expect(shown(`${runText(results, plain)}${tallyText(results)}`)).toMatchInlineSnapshot(`
     "
       done     old loses ana@nova.agency
       done     ana@nova.agency loses Manager on Mobile
       by hand  ana@nova.agency's charts and dashboards to tom@acme.com
                Amplitude, Settings > Organization Settings > Members & Groups > ana@nova.agency > Transfer content ownership > tom@acme.com
       later    remove ana@nova.agency from the organization
                not before 2026-11-28T00:00:00.000Z
       done     create group agency-nova
       waiting  the identity provider pushes group amp-analysts
                At the identity provider: create the group amp-analysts and push it to Amplitude
       waiting  amp-analysts gains priya@acme.com
                At the identity provider: add priya@acme.com to amp-analysts
       done     agency-nova gains jo@nova.agency
       done     agency-nova gains sam@nova.agency (invited by it)
       done     agency-nova gains tyra@nova.agency (invited by it)
       FAILED   agency-nova gets Member on Web
                POST /user-management/1/project-role-assignments: 127.0.0.1 answered 403: Forbidden: Early access only. AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY lack the right to do this: the User Management API needs the Enterprise plan and an enrolled organization. Check that it is the right kind of key, and that its permissions reach this resource. If it works from another machine, review the organization's IP allowlist.
       skipped  jo@nova.agency: Member → Viewer on Web
                jo@nova.agency would be only Viewer on Web, not Member
       recorded 1 declaration as in effect
     6 done · 1 by hand · 1 later · 2 waiting · 1 failed · 1 skipped"
    `);
  });
});

describe("somebody changed things in Amplitude's pages", () => {
  const changed = async () => {
    const site = harness({
      organization: organization()
        .project("Web")
        .people("sam@nova.agency", "lee@else.com")
        .group("marketing"),
      stack: {
        resources: {
          "amplitude_user.jo": { email: "jo@nova.agency" },
          "amplitude_group.nova": { name: "nova", members: ["sam@nova.agency"] },
          "amplitude_project_role_assignment.nova": {
            principal_type: "group",
            principal: "${amplitude_group.nova.id}",
            project_id: "501",
            role: "Viewer",
          },
        },
      },
    });
    await site.apply();
    await site.ui({ type: "grant", group: "nova", project: "Web", role: "Admin" });
    await site.ui({ type: "add_member", group: "nova", email: "lee@else.com" });
    await site.ui({ type: "remove_person", email: "jo@nova.agency" });
    await site.ui({ type: "grant", person: "lee@else.com", project: "Web", role: "Member" });
    return site;
  };

  it("is shown with who did it", async () => {
    const site = await changed();
    const [plan, drift] = [await site.plan(), await site.drift()];
    expect(shown(driftText(reportOf(plan, drift, ["Audit log: 30 days."]), plain))).toMatchInlineSnapshot(`
     "
     acme · org 7 (us) · drift 2026-11-23 09:00 UTC
     Read 2026-11-23 09:00:00 UTC, complete: 4 people, 2 groups, 2 role assignments, 4 roles, 1 project, 2 group ids (6 requests)
     Audit log: 30 days.

     Changed outside (3)
        1  jo@nova.agency   by priya@acme.com, 2026-11-23 09:00 UTC, in Amplitude's pages   [ID]
           revert  invite jo@nova.agency
           adopt   // Remove the lines that name jo@nova.agency, or say so: stack.left("jo@nova.agency", { ... });
        2  nova   by priya@acme.com, 2026-11-23 09:00 UTC, in Amplitude's pages   [ID]
           revert  nova loses lee@else.com
           adopt   new Group(stack, "nova", { members: ["lee@else.com", "sam@nova.agency"] });
        3  nova on Web   by priya@acme.com, 2026-11-23 09:00 UTC, in Amplitude's pages   [ID]
           revert  nova: Admin → Viewer on Web
           adopt   nova.may(Role.Admin, web);

     Added by hand around what is declared; no apply takes it away (1)
        1  lee@else.com on Web: Member   by unknown: the audit log has no entry for it   [ID]
           revert  lee@else.com loses Member on Web (Amplitude, Settings > Projects > Web > Access > lee@else.com > Remove)
           adopt   leeElseCom.may(Role.Member, web);

     In the audit log since 2026-11-23 09:00 UTC (0)

     Against a policy (0)

     Not applied yet (0)

     At the identity provider (0)

     Arrived since the last apply, by other means (0)

     Declared by nobody, never touched (4)
       person lee@else.com; person priya@acme.com; person tom@acme.com; group marketing

     Not checked: organization roles and settings, add-ons, modules and API keys (Amplitude has no API for them).

     To accept one for a while: amplitude-access accept <id> --until <date> --owner <e-mail> --because "..."
     "
    `);
  });

  it("is planned back, but for whom somebody removed", async () => {
    const site = await changed();
    expect(shown(planText(viewOf(await site.plan(), "apply"), plain))).toMatchInlineSnapshot(`
     "
     acme · org 7 (us) · plan DIGEST · 127.0.0.1
     Read 2026-11-23 09:00:00 UTC, complete: 4 people, 2 groups, 2 role assignments, 4 roles, 1 project, 2 group ids (6 requests)
     The organization is the one named: the 2 group ids that user-management lists are SCIM's.

     2 people lose access       3 writes · 3 records · 1 refused · 0 e-mails

     People (2)
     - lee@else.com  loses access
         Web                      Admin → Member             was Member direct + Admin via group nova, now direct   loses: Modify project settings, Manage project team, Configure integrations, Set up destinations, Delete project, Create shared content
     - sam@nova.agency  loses access
         Web                      Admin → Viewer             via group nova   loses: Modify project settings, Manage project team, Configure integrations, Set up destinations, Delete project, Create personal charts, Create shared content, Build cohorts, Export data, View tracking plans, View experiment results

     What cannot be undone: nothing.
     What somebody is without for a while: nothing.

     Steps, in this order
       1  write    invite jo@nova.agency   refused, see below
       2  write    nova loses lee@else.com
       3  write    nova: Admin → Viewer on Web

     Guards
       ok         whole-read        6 lists, each proved whole
       ok         organization      the one named: the 2 group ids that user-management lists are SCIM's
       ok         removals          0 of 4 people (0 %); limit 25 %, counted above 4
       ok         pending-removals  not shown by Amplitude: invitations are counted as people
       ok         group-removals    at most 1 of 2 members of nova (50 %); limit 25 %, counted above 4
       ok         removals-in-all   1 person leaves the organization or a group; no limit is set
       ok         groups-in-use     no group goes
       ok         projects-in-use   no project goes
       ok         invitations       1 to be sent; limit 20
       ok         administrators    not readable, none declared; no minimum is set
       ok         break-glass       0 would lose administration (0 named); limit 0
       ok         operator          0 would lose administration (0 named); limit 0
       ok         single-sign-on    single sign-on is not switched on; limit 0
       refused    returns           jo@nova.agency was removed outside of the stack and is not invited again. Declare the person with \`rejoins\`, or as somebody who left, or remove the lines that name them.
       ok         gaps              nobody loses for a while what they keep; limit 0
       ok         loosened-policy   no limit is loosened; limit 0

     Policies none was judged

     Not checked: organization roles and settings, add-ons, modules and API keys (Amplitude has no API for them).

     Cost: 18 requests, of which 2 write; 2 ask for a second list of 1 group and 1 project before something is taken there; no wait for the limit; 30 of 100 a minute stay with the identity provider.
     To run exactly this: apply
     "
    `);
  });
});

describe("nothing is to be done", () => {
  it("says so in one line", async () => {
    const site = harness({ organization: organization(), stack: {} });
    await site.apply();
    const text = planText(viewOf(await site.plan(), "apply"), plain);
    expect(text).toContain("\nNo changes. The organization is as the stack says.\n");
    expect(text).toContain("What cannot be undone: nothing.");
    expect(runText([], plain)).toBe("");
    expect(tallyText([])).toBe("nothing to do");
  });
});

import { organization, type OrganizationBuilder } from "../support/organization";
import { group, idpGroup, may, ranks, user, users } from "./resource-blocks";
import { golden, printed, type WorkedExample } from "./worked-example";

const ANA = "ana@nova.agency";
const JO = "jo@nova.agency";
const NIA = "nia@acme.com";
const TOM = "tom@acme.com";
const PRIYA = "priya@acme.com";

/** An organization whose pages a machine can use. */
const managed = (): OrganizationBuilder => organization().switches({ management: "served" });
const twoThousand = Array.from({ length: 2000 }, (_, index) => `person${index}@nova.agency`);
const renamed = twoThousand.map((email) => email.replace("person", "Person").replace("nova", "Nova"));

const examples: readonly WorkedExample[] = [
  {
    name: "onboarding-through-a-provider",
    title: "Onboarding through a group of the identity provider",
    story:
      "Jo joins the agency. Okta provides everybody of amp-nova, and sets Member on Web for them. The stack expects Jo there, lets the group see\n" +
      "Mobile too, and gives Jo one grant of their own. Nobody writes the group from here: its step waits for Okta, and what needs Jo comes after it.",
    organization: organization()
      .project("Web", "Mobile")
      .idpGroup("amp-nova", [ANA], { mapping: { projectRoles: { Web: "Member" } } })
      .grant(ANA, "Web", "Member"),
    before: { resources: idpGroup("amp-nova", [ANA], { maps_project_roles: { Web: "Member" } }) },
    after: {
      resources: {
        ...idpGroup("amp-nova", [ANA, JO], { maps_project_roles: { Web: "Member" } }),
        ...may("amp-nova", "Viewer", "502", "amplitude_idp_group"),
        ...may(JO, "Member", "502"),
      },
    },
  },
  {
    name: "from-group-to-grant",
    title: "A person moved from a group to a grant of their own",
    story:
      "Ana leaves the group agency-nova and keeps what it gave her. The group would come first, by preference; it comes second, for Ana's sake.",
    organization: organization()
      .project("Web")
      .group("agency-nova", [ANA, JO])
      .grant("agency-nova", "Web", "Member"),
    before: { resources: { ...group("agency-nova", ANA, JO), ...may("agency-nova", "Member") } },
    after: {
      resources: { ...group("agency-nova", JO), ...may("agency-nova", "Member"), ...may(ANA, "Member") },
    },
  },
  {
    name: "from-provided-group-to-grant",
    title: "The same where an identity provider writes the group",
    story:
      "Okta's administrator is to take Ana out of amp-nova, and she keeps what it gave her. The step of others says what it must not come before.",
    organization: organization()
      .project("Web")
      .idpGroup("amp-nova", [ANA, JO])
      .grant("amp-nova", "Web", "Member"),
    before: {
      resources: {
        ...idpGroup("amp-nova", [ANA, JO]),
        ...may("amp-nova", "Member", "501", "amplitude_idp_group"),
      },
    },
    after: {
      resources: {
        ...idpGroup("amp-nova", [JO]),
        ...may("amp-nova", "Member", "501", "amplitude_idp_group"),
        ...may(ANA, "Member"),
      },
    },
  },
  {
    name: "groups-swapped",
    title: "Two groups exchange their roles and their members",
    story:
      "Ana is to read and Jo to edit, as before, but the two groups that give it change places. Every order takes something from somebody for a\n" +
      "while: the plan shows the smallest loss as a gap, and holds its first step back until somebody approves it.",
    organization: organization()
      .project("Web")
      .group("blue", [ANA])
      .group("green", [JO])
      .grant("blue", "Web", "Viewer")
      .grant("green", "Web", "Manager"),
    before: {
      resources: {
        ...group("blue", ANA),
        ...group("green", JO),
        ...may("blue", "Viewer"),
        ...may("green", "Manager"),
      },
    },
    after: {
      resources: {
        ...group("blue", JO),
        ...group("green", ANA),
        ...may("blue", "Manager"),
        ...may("green", "Viewer"),
      },
    },
  },
  {
    name: "administrator-demoted",
    title: "An administrator demoted",
    story:
      "Priya hands administration over to Nia. Two administrators must be left at every moment, so Nia comes first.",
    organization: managed().person(NIA),
    before: {
      provider: { minimum_admins: 2 },
      resources: { ...ranks(PRIYA, "admin"), ...ranks(NIA, "member") },
    },
    after: {
      provider: { minimum_admins: 2 },
      resources: { ...ranks(PRIYA, "member"), ...ranks(NIA, "admin") },
    },
  },
  {
    name: "offboarding-with-a-failure",
    title: "Offboarding a collaborator, and one step fails",
    story:
      "Ana leaves the agency. She is in two groups, has a grant, a Govern module and a role of her own, and knows a key. Amplitude refuses to take\n" +
      "her out of one group: everything else of hers goes all the same, and she is removed, which ends what is left.",
    organization: managed().person(ANA).group("agency-nova", [ANA, JO]).group("readers", [ANA]),
    more: {
      projects: [{ id: 501, name: "Web", addOns: ["govern"] }],
      assignments: [
        { principalType: "group", principal: 601, project: 501, role: "Member" },
        { principalType: "user", principal: ANA, project: 501, role: "Manager" },
      ],
      modules: [{ principalType: "user", principal: ANA, project: 501, module: "govern_data_manager" }],
      apiKeys: [{ id: "key1", label: "nova-sync", scope: "secret", projectId: 501 }],
    },
    before: {
      provider: { owns_people_of: ["nova.agency"] },
      resources: {
        ...user(ANA),
        ...user(JO),
        ...group("agency-nova", ANA, JO),
        ...group("readers", ANA),
        ...may("agency-nova", "Member"),
        ...may(ANA, "Manager"),
        "amplitude_module_grant.ana": {
          principal_type: "user",
          principal: ANA,
          project_id: "501",
          module: "govern_data_manager",
        },
        "amplitude_api_key.sync": {
          key_type: "secret",
          project_id: "501",
          label: "nova-sync",
          generation: 1,
          owners: [JO],
          known_to: [ANA],
        },
      },
    },
    after: {
      provider: { owns_people_of: ["nova.agency"] },
      resources: {
        ...user(JO),
        ...group("agency-nova", JO),
        ...group("readers"),
        ...may("agency-nova", "Member"),
        "amplitude_leaver.ana": { email: ANA, left_on: "2026-11-23", ticket: "SEC-311" },
        "amplitude_api_key.sync": {
          key_type: "secret",
          project_id: "501",
          label: "nova-sync",
          generation: 2,
          owners: [JO],
          known_to: [JO],
        },
      },
    },
    failing: {
      match: { method: "PATCH", path: "/scim/1/Groups/601" },
      times: 1000,
      fault: { type: "status", status: 403, body: { detail: "forbidden" } },
    },
  },
  {
    name: "administrator-not-accepted",
    title: "The last administrator but one, replaced by somebody who has not accepted yet",
    story:
      "Nia is invited and is to follow Priya. Two administrators must be left who can log in, and Nia cannot before she has accepted the\n" +
      "invitation. Priya keeps administration until then.",
    organization: managed(),
    before: { provider: { minimum_admins: 2 }, resources: ranks(PRIYA, "admin") },
    after: {
      provider: { minimum_admins: 2 },
      resources: { ...ranks(PRIYA, "member"), ...user(NIA), ...ranks(NIA, "admin") },
    },
  },
  {
    name: "promoted-by-hand",
    title: "Somebody taken out of the stack, whom somebody else made an administrator",
    story:
      "No API of Amplitude shows who administers: the stack says so. Nia is not among them and her line is gone, but Priya made her an administrator\n" +
      "in Amplitude's pages two weeks ago, and the audit log has it. Removing her might take an administrator: nobody does that by accident.",
    organization: organization().people(NIA),
    more: {
      audit: [
        {
          timestamp: "2026-11-09T14:02:00Z",
          domain: "user",
          feature: "role",
          action: "update",
          target: NIA,
          actor: PRIYA,
          properties: { from: "member", to: "admin" },
        },
      ],
    },
    before: { provider: { admins: [TOM, PRIYA], minimum_admins: 2 }, resources: user(NIA) },
    after: { provider: { admins: [TOM, PRIYA], minimum_admins: 2 } },
  },
  {
    name: "single-sign-on",
    title: "Single sign-on enforced while people move to the identity provider",
    story:
      "Everybody is to log in through Okta, and Priya and Nia are not there yet. Enforced before that, it would shut both out: it comes last.",
    organization: managed().person(NIA).idpGroup("amp-everybody", [TOM]),
    before: {
      provider: { minimum_admins: 2, break_glass: [TOM] },
      resources: {
        ...idpGroup("amp-everybody", [TOM]),
        "amplitude_organization.acme": { org_id: "7", sso_enforced: false },
      },
    },
    after: {
      provider: { minimum_admins: 2, break_glass: [TOM] },
      resources: {
        ...idpGroup("amp-everybody", [TOM, PRIYA, NIA]),
        "amplitude_organization.acme": { org_id: "7", sso_enforced: true },
      },
    },
  },
  {
    name: "project-archived",
    title: "A project archived while a group still grants it",
    story:
      "The project Old is closed. The stack drops its own group's grant on it, which goes first; the grant of a group that nobody declared is still\n" +
      "there, and whoever reads by it would lose that without a word. So the guard holds the last step back.",
    organization: managed().group("agency-nova", [ANA]).group("analysts", [JO]),
    more: {
      projects: [{ id: 501, name: "Old", environment: "staging" }],
      assignments: [
        { principalType: "group", principal: 601, project: 501, role: "Member" },
        { principalType: "group", principal: 602, project: 501, role: "Viewer" },
      ],
    },
    before: {
      resources: {
        "amplitude_project.old": { name: "Old", environment: "staging", deletion_protection: false },
        ...group("agency-nova", ANA),
        ...may("agency-nova", "Member"),
      },
    },
    after: { resources: group("agency-nova", ANA) },
  },
  {
    name: "spelled-otherwise",
    title: "Two thousand people spelled in another case",
    story:
      "Somebody exports the list of people from another tool, which writes e-mails in capitals. Nothing is to be done.",
    organization: organization()
      .people(...twoThousand)
      .group("everybody", twoThousand),
    before: {
      resources: {
        ...users(twoThousand),
        ...group("everybody", ...twoThousand),
      },
    },
    after: {
      resources: {
        ...users(renamed),
        "amplitude_group.everybody": { name: "everybody", members: renamed },
      },
    },
  },
];

it.each(examples)("$title", async (example) => {
  const text = await printed(example);
  expect(text).toBe(golden(example.name, text));
});

import type { Effect } from "../../src/access";
import { acme, byHand, bySync, grantOn, unreached, type Others, type Race } from "./race";

const PERSON = "/scim/1/Users/jo@nova.agency";
const MEMBERS = "/api/2/organizations/7/members";
const GRANTS = "/user-management/1/project-role-assignments";
const [jo, ana, new_] = ["jo@nova.agency", "ana@nova.agency", "sam@nova.agency"];
const asOkta = /SCIM API changed it at .* through okta SCIM client/;
const asMapping = /okta \(role mapping\) changed it at/;

/** People, groups and grants. */
export const accessRaces = {
  invite: {
    organization: acme(),
    after: { "amplitude_user.sam": { email: new_ } },
    step: `invite ${new_}`,
    sends: ["POST /scim/1/Users"],
    byHand: {
      what: "somebody invites them",
      does: byHand({ type: "invite", email: new_ }),
      ends: "done",
      sends: ["POST /scim/1/Users", `GET /scim/1/Users/${new_}`],
    },
    bySync: {
      what: "it invites them",
      does: bySync({ name: "amp", members: [new_] }),
      ends: "done",
      sends: ["POST /scim/1/Users", `GET /scim/1/Users/${new_}`],
    },
  },
  rename_person: {
    organization: acme().person(new_, { status: "pending" }).idpGroup("amp", [new_]),
    after: { "amplitude_user.sam": { email: new_, given_name: "Sam", family_name: "Berg" } },
    step: `rename ${new_}: no name → Sam Berg`,
    sends: [`GET /scim/1/Users/${new_}`, `PUT /scim/1/Users/${new_}`],
    byHand: {
      what: "they accept, and give themselves another name",
      does: byHand({ type: "accept_invitation", email: new_, givenName: "Samuel", familyName: "Berg" }),
      ends: "clash",
      sends: [`GET /scim/1/Users/${new_}`, `GET /scim/1/Users/${new_}`],
      told: /there was one name when this was planned, and it met another; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "it takes them out of the organization",
      does: bySync({ name: "amp", members: [] }, { deprovisions: true }),
      ends: "clash",
      sends: [`GET /scim/1/Users/${new_}`, `GET /scim/1/Users/${new_}`],
      told: /it met nobody of that address; SCIM API changed it at/,
    },
  },
  remove_person: {
    organization: acme(),
    before: { "amplitude_user.jo": { email: jo } },
    after: {},
    step: `remove ${jo} from the organization`,
    sends: [`DELETE ${PERSON}`],
    byHand: {
      what: "somebody removes them",
      does: byHand({ type: "remove_person", email: jo }),
      ends: "done",
      sends: [`DELETE ${PERSON}`],
    },
    bySync: unreached([`DELETE ${PERSON}`]),
  },
  accept: {
    organization: acme().person(new_, { status: "pending", organizationRole: "admin" }),
    provider: { minimum_admins: 2 },
    after: { "amplitude_organization_role.priya": { email: "priya@acme.com", role: "member" } },
    step: `${new_} accepts the invitation`,
    outcome: "waiting",
  },
  set_organization_role: {
    organization: acme(),
    after: { "amplitude_organization_role.jo": { email: jo, role: "viewer" } },
    step: `${jo}: organization role member → viewer`,
    sends: [`GET ${MEMBERS}/${jo}`, `PATCH ${MEMBERS}/${jo}`],
    byHand: {
      what: "somebody gives another role",
      does: byHand({ type: "set_organization_role", email: jo, role: "manager" }),
      ends: "clash",
      sends: [`GET ${MEMBERS}/${jo}`, `GET ${MEMBERS}/${jo}`],
      told: /there was member when this was planned, and it met manager; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "its mapping gives another role",
      does: bySync({ name: "amp", members: [jo], mapping: { organizationRole: "manager" } }),
      ends: "clash",
      sends: [`GET ${MEMBERS}/${jo}`, `GET ${MEMBERS}/${jo}`],
      told: asMapping,
    },
  },
  create_group: {
    organization: acme(),
    after: { "amplitude_group.eng": { name: "eng" } },
    step: "create group eng",
    sends: ["POST /scim/1/Groups"],
    byHand: {
      what: "somebody makes one of that name, with people in it",
      does: byHand({ type: "create_group", name: "eng", members: [ana] }),
      ends: "clash",
      sends: ["POST /scim/1/Groups", "GET /scim/1/Groups"],
      told: /there was no such group when .*, and it met one of ana@nova\.agency; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "it pushes one of that name",
      does: bySync({ name: "eng", members: [ana] }),
      ends: "clash",
      sends: ["POST /scim/1/Groups", "GET /scim/1/Groups"],
      told: asOkta,
    },
  },
  rename_group: {
    organization: acme().group("eng", [jo]),
    before: { "amplitude_group.eng": { name: "eng", members: [jo] } },
    after: { "amplitude_group.eng": { name: "engineering", members: [jo] } },
    step: "rename group eng to engineering",
    sends: ["GET /scim/1/Groups/601", "PATCH /scim/1/Groups/601"],
    byHand: {
      what: "somebody gives it another name",
      does: byHand({ type: "rename_group", group: "eng", name: "builders" }),
      ends: "clash",
      sends: ["GET /scim/1/Groups/601", "GET /scim/1/Groups/601"],
      told: /there was group eng when .*, and it met group builders; priya@acme\.com changed it at/,
    },
    bySync: unreached(["GET /scim/1/Groups/601", "PATCH /scim/1/Groups/601"]),
  },
  delete_group: {
    organization: acme().group("eng", [jo]),
    before: { "amplitude_group.eng": { name: "eng", members: [jo] } },
    after: {},
    step: "delete group eng",
    sends: ["GET /scim/1/Groups/601", "DELETE /scim/1/Groups/601"],
    byHand: {
      what: "somebody puts somebody else into it",
      does: byHand({ type: "add_member", group: "eng", email: ana }),
      ends: "clash",
      sends: ["GET /scim/1/Groups/601", "GET /scim/1/Groups/601"],
      told: /there was eng without ana@nova\.agency .*, and it met eng with them; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "it puts somebody else into it",
      does: bySync({ name: "eng", members: [jo, ana] }),
      ends: "clash",
      sends: ["GET /scim/1/Groups/601", "GET /scim/1/Groups/601"],
      told: asOkta,
    },
  },
  add_member: {
    organization: acme().group("eng"),
    after: { "amplitude_group.eng": { name: "eng", members: [jo] } },
    step: `eng gains ${jo}`,
    sends: ["PATCH /scim/1/Groups/601"],
    byHand: {
      what: "somebody deletes the group",
      does: byHand({ type: "delete_group", group: "eng" }),
      ends: "clash",
      sends: ["PATCH /scim/1/Groups/601", "GET /scim/1/Groups/601"],
      told: /there was group eng when .*, and it met no such group; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "it puts them in",
      does: bySync({ name: "eng", members: [jo] }),
      ends: "done",
      sends: ["PATCH /scim/1/Groups/601"],
    },
  },
  remove_member: {
    organization: acme().group("eng", [ana, jo]),
    after: { "amplitude_group.eng": { name: "eng", members: [ana] } },
    step: `eng loses ${jo}`,
    sends: ["PATCH /scim/1/Groups/601"],
    byHand: {
      what: "somebody takes them out",
      does: byHand({ type: "remove_member", group: "eng", email: jo }),
      ends: "done",
      sends: ["PATCH /scim/1/Groups/601"],
    },
    bySync: {
      what: "it takes them out",
      does: bySync({ name: "eng", members: [ana] }),
      ends: "done",
      sends: ["PATCH /scim/1/Groups/601"],
    },
  },
  grant: {
    organization: acme(),
    after: { "amplitude_project_role_assignment.jo": grantOn(jo, "Manager") },
    step: `${jo} gets Manager on Web`,
    sends: [`POST ${GRANTS}`],
    byHand: {
      what: "somebody gives another role",
      does: byHand({ type: "grant", person: jo, project: "Web", role: "Viewer" }),
      ends: "clash",
      sends: [`POST ${GRANTS}`, `GET ${GRANTS}`, "GET /user-management/1/roles"],
      told: /there was no role when this was planned, and it met Viewer; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "its mapping gives another role",
      does: bySync({ name: "amp", members: [jo], mapping: { projectRoles: { Web: "Viewer" } } }),
      ends: "clash",
      sends: [`POST ${GRANTS}`, `GET ${GRANTS}`, "GET /user-management/1/roles"],
      told: asMapping,
    },
  },
  revoke: {
    organization: acme().grant(jo, "Web", "Viewer"),
    before: { "amplitude_project_role_assignment.jo": grantOn(jo, "Viewer") },
    after: {},
    step: `${jo} loses Viewer on Web`,
    sends: [`GET ${GRANTS}/ID`, `DELETE ${GRANTS}/ID`],
    byHand: {
      what: "somebody gives another role, on purpose",
      does: byHand({ type: "grant", person: jo, project: "Web", role: "Manager" }),
      ends: "clash",
      sends: [
        `GET ${GRANTS}/ID`,
        "GET /user-management/1/roles",
        `GET ${GRANTS}/ID`,
        "GET /user-management/1/roles",
      ],
      told: /there was Viewer when this was planned, and it met Manager; priya@acme\.com changed it at/,
    },
    bySync: {
      what: "its mapping gives another role",
      does: bySync({ name: "amp", members: [jo], mapping: { projectRoles: { Web: "Manager" } } }),
      ends: "clash",
      sends: [
        `GET ${GRANTS}/ID`,
        "GET /user-management/1/roles",
        `GET ${GRANTS}/ID`,
        "GET /user-management/1/roles",
      ],
      told: asMapping,
    },
  },
  idp_gain: {
    organization: acme().idpGroup("amp", [jo]),
    after: { "amplitude_idp_group.amp": { name: "amp", expected_members: [jo, ana] } },
    step: `amp gains ${ana}`,
    outcome: "waiting",
  },
  idp_lose: {
    organization: acme().idpGroup("amp", [jo, ana]),
    after: { "amplitude_idp_group.amp": { name: "amp", expected_members: [jo] } },
    step: `amp loses ${ana}`,
    outcome: "waiting",
  },
} satisfies Partial<Record<Effect["type"], Race | Others>>;

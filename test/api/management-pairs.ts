import { Secret } from "../../src/api/secret";
import type { Use } from "./pair-use";

const production = {
  id: "288501",
  name: "Client Production",
  archived: false,
  environment: "production",
  addOns: ["govern", "experiment"],
};
const old = { id: "288502", name: "Old", archived: true, addOns: [] };
const ofBo = {
  id: "aaaaaaaaaaaaaaaaaaaaaa",
  principalType: "user",
  principal: "bo@acme.com",
  projectId: "288501",
  module: "experiment_analyst",
} as const;
const ofAnalysts = {
  id: "bbbbbbbbbbbbbbbbbbbbbb",
  principalType: "group",
  principal: "632",
  projectId: "288501",
  module: "govern_consumer",
} as const;
const eva = { email: "eva@nova.agency", givenName: "Eva", familyName: "Ek" };

/** Uses of the management pairs: the playbook's routes, and ours that follow their shape. */
export const managementUses: Readonly<Record<string, Use>> = {
  "management: reads the organization and its settings": {
    call: (api) => api.settings(),
    gives: {
      ssoEnforced: false,
      jitDefaultRole: "member",
      scimEnabled: true,
      mfaRequired: false,
      ipAllowlist: ["203.0.113.0/24"],
    },
  },
  "management: changes some settings and answers all of them": {
    call: (api) =>
      api.updateSettings({ ssoEnforced: true, mfaRequired: true, ipAllowlist: ["203.0.113.0/24"] }),
    gives: undefined,
  },
  "management: refuses an IP range that is none": {
    call: (api) => api.updateSettings({ ipAllowlist: ["203.0.113.0"] }),
    gives: { status: 400, happened: "no" },
  },
  "management: lists members, those who were invited and those who joined alike": {
    call: async (api) => (await api.members()).items,
    gives: [
      { email: "tom@acme.com", role: "admin", status: "joined", lastLogin: "2026-11-20T08:00:00.000Z" },
      { email: "cy@nova.agency", role: "no_access", status: "pending" },
    ],
  },
  "management: invites a person with a role": {
    call: (api) => api.inviteWithRole(eva, "member"),
    gives: { email: "eva@nova.agency", role: "member", status: "pending" },
  },
  "management: refuses to invite somebody whose invitation is pending": {
    call: (api) => api.inviteWithRole({ email: eva.email }, "member"),
    gives: { status: 409, happened: "no" },
  },
  "management: reads one member": {
    call: (api) => api.member("bo@acme.com"),
    gives: { email: "bo@acme.com", role: "viewer", status: "pending" },
  },
  "management: answers 404 for a member who is not there": {
    call: (api) => api.member("bo@acme.com"),
    gives: undefined,
  },
  "management: reads one project, archived or not": {
    call: (api) => api.managedProject("288502"),
    gives: old,
  },
  "management: changes an organization role": {
    call: (api) => api.setOrganizationRole("bo@acme.com", "no_access"),
    gives: undefined,
  },
  "management: refuses to demote the only administrator": {
    call: (api) => api.setOrganizationRole("tom@acme.com", "member"),
    gives: { status: 403, advice: expect.stringContaining("last administrator") as unknown },
  },
  "management: removes a person or revokes the invitation": {
    call: (api) => api.removeMember("bo@acme.com"),
    gives: undefined,
  },
  "management: answers 404 for the removal of somebody who is not there": {
    call: (api) => api.removeMember("bo@acme.com"),
    gives: undefined,
  },
  "management: gives a person a role on a project, by its name": {
    call: (api) => api.grantProjectRole("288501", "bo@acme.com", "Member"),
    gives: undefined,
  },
  "management: refuses a new member of an archived project": {
    call: (api) => api.grantProjectRole("288501", "bo@acme.com", "Member"),
    gives: { status: 409, happened: "no", advice: expect.stringContaining("archived") as unknown },
  },
  "management: lists archived projects too": {
    call: async (api) => (await api.managedProjects()).items,
    gives: [production, old],
  },
  "management: creates a project": {
    call: (api) => api.createProject({ name: "Client Staging", environment: "staging", addOns: ["govern"] }),
    gives: {
      id: "288502",
      name: "Client Staging",
      archived: false,
      environment: "staging",
      addOns: ["govern"],
    },
  },
  "management: refuses a project name that is taken": {
    call: (api) => api.createProject({ name: "Client Production" }),
    gives: { status: 409, happened: "no" },
  },
  "management: archives a project": {
    call: (api) => api.updateProject("288501", { archived: true }),
    gives: undefined,
  },
  "management: lists module grants of people and groups": {
    call: async (api) => (await api.moduleGrants()).items,
    gives: [ofBo, ofAnalysts],
  },
  "management: reads one module grant": { call: (api) => api.moduleGrant(ofBo.id), gives: ofBo },
  "management: grants a module to a group": {
    call: (api) => api.grantModule(ofAnalysts),
    gives: ofAnalysts,
    whole: { id: ofAnalysts.id },
  },
  "management: refuses a module that is granted already": {
    call: (api) => api.grantModule(ofBo),
    gives: { status: 409, happened: "no" },
  },
  "management: refuses a module of an add-on that the project lacks": {
    call: (api) => api.grantModule(ofBo),
    gives: { status: 400, happened: "no" },
  },
  "management: revokes a module": { call: (api) => api.revokeModule(ofBo.id), gives: undefined },
  "management: lists API keys without their values": {
    call: async (api) => (await api.apiKeys()).items,
    gives: [
      {
        id: "key-7",
        type: "secret",
        projectId: "288501",
        label: "warehouse",
        createdAt: "2026-05-01T08:00:00.000Z",
      },
      { id: "key-8", type: "organization", label: "access as code", createdAt: "2026-01-01T00:00:00.000Z" },
    ],
  },
  "management: reads one API key without its value": {
    call: (api) => api.apiKey("key-7"),
    gives: {
      id: "key-7",
      type: "secret",
      projectId: "288501",
      label: "warehouse",
      createdAt: "2026-05-01T08:00:00.000Z",
    },
  },
  "management: answers 404 for an API key that is not there": {
    call: (api) => api.apiKey("key-9"),
    gives: undefined,
  },
  "management: creates an API key and shows its value once": {
    call: (api) => api.createApiKey({ type: "project", projectId: "288501", label: "warehouse" }),
    gives: {
      record: {
        id: "key-1",
        type: "project",
        projectId: "288501",
        label: "warehouse",
        createdAt: "2026-11-23T09:00:00.000Z",
      },
      value: expect.any(Secret) as unknown,
    },
    whole: { value: "0123456789abcdef" },
  },
  "management: refuses a key of the organization that names a project": {
    call: (api) => api.createApiKey({ type: "organization", projectId: "288501", label: "x" }),
    gives: { status: 400, happened: "no" },
  },
  "management: refuses a second key of one label, type and project": {
    call: (api) => api.createApiKey({ type: "secret", projectId: "288501", label: "warehouse" }),
    gives: { status: 409, happened: "no" },
  },
  "management: deletes an API key": { call: (api) => api.deleteApiKey("key-7"), gives: undefined },
  "management: rejects credentials that are not the organization's": {
    call: (api) => api.members(),
    gives: {
      status: 401,
      advice: expect.stringContaining("AMPLITUDE_ORG_SECRET_KEY were not accepted") as unknown,
    },
  },
};

export const managementUnused: Readonly<Record<string, string>> = {
  "management: lists projects without the archived ones": "the client always asks for the archived ones too",
  "management: refuses an organization that is not the keys'":
    "the organization is the stack's, in every path: test/api/management.test.ts has the 403",
};

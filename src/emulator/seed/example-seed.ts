import type { Seed } from "./schema";

/**
 * A small organization to try things on: two administrators, an agency with people of its own, a group that an
 * identity provider fills, and one person who has not accepted the invitation.
 */
export const exampleSeed: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 36958, name: "Acme", region: "us" },
  credentials: {
    scimKey: "scim-us-acme",
    orgApiKey: "org-us-acme",
    orgSecretKey: "secret-us-acme",
    token: "token-us-acme",
  },
  people: [
    {
      email: "tom@acme.com",
      givenName: "Tom",
      familyName: "Ode",
      organizationRole: "owner",
      lastLogin: "2026-11-22T08:00:00Z",
    },
    {
      email: "priya@acme.com",
      givenName: "Priya",
      familyName: "Rao",
      organizationRole: "admin",
      lastLogin: "2026-11-21T08:00:00Z",
    },
    { email: "ana@nova.agency", givenName: "Ana", familyName: "Lima", lastLogin: "2026-11-20T08:00:00Z" },
    { email: "leo@nova.agency", givenName: "Leo", familyName: "Stern", lastLogin: "2026-11-02T08:00:00Z" },
    {
      email: "mia@acme.com",
      givenName: "Mia",
      familyName: "Koch",
      organizationRole: "viewer",
      lastLogin: "2026-10-30T08:00:00Z",
    },
    { email: "nils@acme.com", status: "pending", organizationRole: "viewer" },
  ],
  groups: [
    { id: 632, name: "agency-nova", members: ["ana@nova.agency", "leo@nova.agency"] },
    { id: 633, name: "amp-analysts", members: ["priya@acme.com", "mia@acme.com"] },
  ],
  projects: [
    { id: 288501, name: "Client Production" },
    { id: 288502, name: "Client Staging" },
    { id: 288503, name: "Client Reporting" },
  ],
  assignments: [
    { principalType: "group", principal: "agency-nova", project: 288501, role: "Member" },
    { principalType: "group", principal: "agency-nova", project: 288502, role: "Manager" },
    { principalType: "group", principal: "amp-analysts", project: 288501, role: "Viewer" },
    { principalType: "user", principal: "ana@nova.agency", project: 288503, role: "Manager" },
    { principalType: "user", principal: "mia@acme.com", project: 288503, role: "Viewer" },
  ],
  identityProvider: {
    name: "okta",
    groups: [{ name: "amp-analysts", members: ["priya@acme.com", "mia@acme.com"] }],
  },
};

import type { Seed } from "../../src/emulator";
import { today } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/** An organization in which something of every sort is declared, something was found, and something is nobody's. */
export const changeable: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme" },
  clock: today,
  settings: { mfaRequired: true },
  people: [
    { email: "tom@acme.com", organizationRole: "owner" },
    { email: "priya@acme.com", organizationRole: "admin" },
    { email: "ana@nova.agency", givenName: "Ana", familyName: "Lima" },
    { email: "kim@acme.com" },
    { email: "leo@nova.agency" },
    { email: "eve@evil.example", status: "pending" },
  ],
  groups: [
    { id: 601, name: "eng", members: ["ana@nova.agency"] },
    { id: 602, name: "crew", members: ["ana@nova.agency"] },
    { id: 603, name: "okta", members: ["kim@acme.com"] },
    { id: 604, name: "others", members: ["kim@acme.com"] },
  ],
  projects: [
    { id: 501, name: "Web", addOns: ["experiment"] },
    { id: 502, name: "Attic" },
  ],
  assignments: [
    { id: "eng-web", principalType: "group", principal: "eng", project: 501, role: "Member" },
    { id: "others-web", principalType: "group", principal: "others", project: 501, role: "Viewer" },
    { id: "kim-attic", principalType: "user", principal: "kim@acme.com", project: 502, role: "Viewer" },
  ],
  modules: [
    {
      id: "eng-module",
      principalType: "group",
      principal: "eng",
      project: 501,
      module: "experiment_analyst",
    },
  ],
  apiKeys: [{ id: "k1", label: "sync", scope: "secret", projectId: 501 }],
  properties: [
    { project: 501, type: "user", name: "gp:email", hidden: true },
    { project: 501, type: "event", name: "price" },
    { project: 501, type: "group", name: "plan" },
  ],
  identityProvider: { name: "okta", groups: [{ name: "okta", members: ["kim@acme.com"] }] },
  switches: { management: "served" },
};

/** What is declared of it. */
export const declared: StackContent = {
  provider: { admins: ["tom@acme.com", "priya@acme.com"] },
  lookups: { "amplitude_project.web": { name: "Web" } },
  resources: {
    "amplitude_organization.acme": {
      org_id: "7",
      mfa_required: true,
      sso_enforced: false,
      scim_enabled: true,
    },
    "amplitude_user.ana": { email: "ana@nova.agency", given_name: "Ana", family_name: "Lima" },
    "amplitude_group.eng": { name: "eng", members: ["ana@nova.agency"] },
    "amplitude_group.crew": { name: "crew" },
    "amplitude_group_membership.ana": { group_id: "${amplitude_group.crew.id}", email: "ana@nova.agency" },
    "amplitude_idp_group.okta": { name: "okta", expected_members: ["kim@acme.com"] },
    "amplitude_project_role_assignment.eng": {
      principal_type: "group",
      principal: "${amplitude_group.eng.id}",
      project_id: "${data.amplitude_project.web.id}",
      role: "Member",
    },
    "amplitude_module_grant.eng": {
      principal_type: "group",
      principal: "${amplitude_group.eng.id}",
      project_id: "${data.amplitude_project.web.id}",
      module: "experiment_analyst",
    },
    "amplitude_api_key.sync": {
      key_type: "secret",
      project_id: "${data.amplitude_project.web.id}",
      label: "sync",
      generation: 1,
    },
    "amplitude_property_visibility.email": {
      project_id: "${data.amplitude_project.web.id}",
      property_type: "user",
      name: "email",
      hidden: true,
    },
    "amplitude_leaver.leo": { email: "leo@nova.agency", left_on: "2026-11-20" },
  },
};

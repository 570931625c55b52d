import { connected, type OtherSide, withManagement } from "./connected";

/** A client that has a management URL. */
export const managed = (otherSide: OtherSide) => connected(otherSide, { env: withManagement });
export const list = (data: unknown[], next_cursor: string | null = null): Response =>
  Response.json({ data, next_cursor });

export const settings = {
  id: 36958,
  name: "Acme",
  sso_enforced: false,
  jit_default_role: "member",
  scim_enabled: true,
  mfa_required: false,
  ip_allowlist: ["203.0.113.0/24"],
};
export const member = {
  id: "Ana@nova.agency",
  email: "Ana@nova.agency",
  role: "admin",
  status: "joined",
  last_login: "2026-11-20T09:00:00+01:00",
};
export const project = {
  id: 288501,
  name: "Client Production",
  archived: false,
  environment: "production",
  add_ons: ["govern"],
};
export const grant = {
  id: "g1",
  principal_type: "group",
  principal: 632,
  project_id: 288501,
  module: "govern_consumer",
};
export const key = {
  id: "k1",
  type: "project",
  project_id: 288501,
  label: "warehouse",
  created_at: "2026-11-01T00:00:00Z",
  last_four: "cdef",
};
export const grantRecord = {
  id: "g1",
  principalType: "group",
  principal: "632",
  projectId: "288501",
  module: "govern_consumer",
} as const;

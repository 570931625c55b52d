import { calm, type Trouble } from "./trouble";
import type { Side, World } from "./world";

/* Worlds of two people, for what has a name. */

export const [ana, jo] = ["ana@nova.agency", "jo@nova.agency"];
const side = (more: Partial<Side>): Side => ({
  present: [ana, jo],
  groups: { "okta-nova": [] },
  grants: {},
  admins: [],
  modules: [],
  lab: "absent",
  keys: {},
  ...more,
});
/** From one side to the other, with nothing else about it. */
export const between = (before: Partial<Side>, after: Partial<Side>, more: Partial<World> = {}): World => ({
  before: side(before),
  after: side(after),
  leaverLines: false,
  visited: false,
  knowers: [],
  mapped: undefined,
  deprovisions: false,
  sso: false,
  apart: false,
  ends: false,
  token: true,
  minimum: 1,
  maximumRemovals: undefined,
  maximumInvitations: undefined,
  ...more,
});
/** Writes that are refused again and again. */
export const refused = (method: string, path: string, skip = 0): Trouble => ({
  ...calm,
  faults: [{ match: { method, path }, times: 30, skip, fault: { type: "status", status: 403 } }],
});

import type { PropertyPlace } from "../../src/api/property";
import type { Use } from "./pair-use";

const user: PropertyPlace = { projectId: "288501", type: "user" };
const event: PropertyPlace = { projectId: "288501", type: "event" };
const group: PropertyPlace = { projectId: "288501", type: "group" };
/** No key pair is known of this project: the token reaches its users' properties. */
const overToken: PropertyPlace = { projectId: "288502", type: "user" };
const deviceId = { name: "device_id", hidden: false, classifications: ["PII"] };
const refused = { status: 409, happened: "no" };

/** Uses of the pairs about properties. */
export const propertyUses: Readonly<Record<string, Use>> = {
  "taxonomy: lists the user properties of the key pair's project, custom ones with a prefix": {
    call: async (api) => (await api.properties(user)).items,
    gives: [deviceId, { name: "gp:email", hidden: true, classifications: [] }],
  },
  "taxonomy: lists the shared event properties": {
    call: async (api) => (await api.properties(event)).items,
    gives: [{ name: "Revenue", hidden: false, classifications: ["REVENUE"] }],
  },
  "taxonomy: lists the shared group properties": {
    call: async (api) => (await api.properties(group)).items,
    gives: [{ name: "grp:plan", hidden: false, classifications: [] }],
  },
  "taxonomy: answers 404 where the plan does not include it": {
    call: (api) => api.properties(group),
    gives: { status: 404, advice: expect.stringContaining("Enterprise") as unknown },
  },
  "taxonomy: hides a custom user property and classifies it, with a form": {
    call: (api) =>
      api.updateProperty(user, "gp:email", { hidden: true, classifications: ["PII", "SENSITIVE"] }),
    gives: undefined,
  },
  "taxonomy: classifies an event property whose name needs encoding": {
    call: (api) => api.updateProperty(event, "Completed Task", { classifications: ["PII"] }),
    gives: undefined,
  },
  "taxonomy: refuses to change a property that is not there": {
    call: (api) => api.updateProperty(event, "Phone", { hidden: true }),
    gives: refused,
  },
  "taxonomy: refuses to change a property that is not in the tracking plan": {
    call: (api) => api.updateProperty(event, "Phone", { classifications: ["PII"] }),
    gives: { ...refused, advice: expect.stringContaining("tracking plan") as unknown },
  },
  "taxonomy: refuses to hide a property without data": {
    call: (api) => api.updateProperty(group, "grp:plan", { hidden: true }),
    gives: refused,
  },
  "taxonomy: refuses classifications without Data Access Control": {
    call: (api) => api.updateProperty(user, "gp:email", { classifications: ["PII"] }),
    gives: { status: 400, advice: expect.stringContaining("Data Access Control") as unknown },
  },
  "taxonomy: rejects keys that are no project's": {
    call: (api) => api.properties(user),
    gives: { status: 401, request: "GET /api/2/taxonomy/user-property (project 288501)" },
  },
  "developer: lists the user properties of a project, those that only arrive with data too": {
    call: async (api) => (await api.properties(overToken)).items,
    gives: [
      { name: "gp:email", hidden: true, classifications: ["PII"] },
      { name: "gp:phone", hidden: false, classifications: [] },
    ],
  },
  "developer: hides and classifies a user property, with an idempotency key": {
    call: (api) => api.updateProperty(overToken, "gp:email", { hidden: true, classifications: ["PII"] }),
    gives: undefined,
  },
  "developer: refuses to change a user property that is not in the schema": {
    call: (api) => api.updateProperty(overToken, "gp:phone", { hidden: true }),
    gives: { status: 422, happened: "no" },
  },
  "developer: refuses a token without the scope for properties": {
    call: (api) => api.properties(overToken),
    gives: { status: 403, advice: expect.stringContaining("taxonomy:read") as unknown },
  },
};

/** Pairs that this client never sends, and why. */
export const propertyUnused: Readonly<Record<string, string>> = {
  "taxonomy: gets one user property by name": "one list costs what one property does",
  "taxonomy: answers 404 for a user property that is not there": "the same",
  "taxonomy: answers 400 for an event property that is not there": "the same",
  "taxonomy: says no to a user property with 200 and success false":
    "a success by its status: test/api/property.test.ts takes it for the refusal that it is",
  "developer: gets one user property": "they are listed",
  "developer: refuses a write without an idempotency key": "the client never leaves it out",
};

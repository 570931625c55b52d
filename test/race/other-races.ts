import type { Effect } from "../../src/access";
import { acme, byHand, unreached, type Others, type Race } from "./race";

const MODULES = "/api/2/organizations/7/module-grants";
const KEYS = "/api/2/organizations/7/api-keys";
const jo = "jo@nova.agency";
const key = { key_type: "secret", project_id: "501", label: "sync", generation: 1 };
const webOnly = { ...acme().seed(), projects: [{ id: 501, name: "Web", addOns: ["experiment" as const] }] };
const moduleGrant = {
  principal_type: "user",
  principal: jo,
  project_id: "501",
  module: "experiment_analyst",
};
const old = { ...acme().seed(), projects: [{ id: 501, name: "Web", archived: true }] };

/** Projects, modules, keys and settings. */
export const otherRaces = {
  create_project: {
    organization: acme(),
    after: { "amplitude_project.app": { name: "App", environment: "staging" } },
    step: "create project App",
    sends: ["POST /api/2/projects"],
    byHand: {
      what: "another program makes one of that name, for something else",
      does: (site) => site.elsewhere("POST", "/api/2/projects", { name: "App", environment: "production" }),
      ends: "clash",
      sends: ["POST /api/2/projects", "GET /api/2/projects"],
      told: /there was none when .*, and it met a project of that name, environment production; Organization API key changed it at/,
    },
    bySync: unreached(["POST /api/2/projects"]),
  },
  rename_project: {
    organization: acme(),
    before: { "amplitude_project.web": { name: "Web" } },
    after: { "amplitude_project.web": { name: "Website" } },
    step: "project Web: name Web → Website",
    sends: ["GET /api/2/projects/501", "PATCH /api/2/projects/501"],
    byHand: {
      what: "another program gives it another name",
      does: (site) => site.elsewhere("PATCH", "/api/2/projects/501", { name: "Shop" }),
      ends: "clash",
      sends: ["GET /api/2/projects/501", "GET /api/2/projects/501"],
      told: /there was project Web when .*, and it met project Shop; Organization API key changed it at/,
    },
    bySync: unreached(["GET /api/2/projects/501", "PATCH /api/2/projects/501"]),
  },
  archive_project: {
    organization: acme(),
    before: { "amplitude_project.web": { name: "Web", deletion_protection: false } },
    after: {},
    step: "archive project Web",
    sends: ["GET /api/2/projects/501", "PATCH /api/2/projects/501"],
    byHand: {
      what: "another program gives it another name",
      does: (site) => site.elsewhere("PATCH", "/api/2/projects/501", { name: "Shop" }),
      ends: "clash",
      sends: ["GET /api/2/projects/501", "GET /api/2/projects/501"],
      told: /there was project Web when .*, and it met project Shop; Organization API key changed it at/,
    },
    bySync: unreached(["GET /api/2/projects/501", "PATCH /api/2/projects/501"]),
  },
  restore_project: {
    organization: old,
    after: { "amplitude_project.web": { name: "Web" } },
    step: "restore project Web",
    sends: ["PATCH /api/2/projects/501"],
    byHand: {
      what: "somebody restores it",
      does: byHand({ type: "archive_project", project: "Web", archived: false }),
      ends: "done",
      sends: ["PATCH /api/2/projects/501"],
    },
    bySync: unreached(["PATCH /api/2/projects/501"]),
  },
  grant_module: {
    organization: webOnly,
    after: { "amplitude_module_grant.jo": moduleGrant },
    step: `${jo} gets experiment analyst on Web`,
    sends: [`POST ${MODULES}`],
    byHand: {
      what: "somebody gives it",
      does: byHand({ type: "grant_module", person: jo, project: "Web", module: "experiment_analyst" }),
      ends: "done",
      sends: [`POST ${MODULES}`, `GET ${MODULES}`],
    },
    bySync: unreached([`POST ${MODULES}`]),
  },
  revoke_module: {
    organization: {
      ...webOnly,
      modules: [
        { id: "m-1", principalType: "user", principal: jo, project: 501, module: "experiment_analyst" },
      ],
    },
    before: { "amplitude_module_grant.jo": moduleGrant },
    after: {},
    step: `${jo} loses experiment analyst on Web`,
    sends: [`DELETE ${MODULES}/ID`],
    byHand: {
      what: "somebody takes it away",
      does: byHand({ type: "revoke_module", person: jo, project: "Web", module: "experiment_analyst" }),
      ends: "done",
      sends: [`DELETE ${MODULES}/ID`, `GET ${MODULES}`],
    },
    bySync: unreached([`DELETE ${MODULES}/ID`]),
  },
  create_key: {
    organization: acme(),
    after: { "amplitude_api_key.sync": key },
    step: "create secret key sync of Web, generation 1",
    sends: [`POST ${KEYS}`],
    byHand: {
      what: "somebody makes one of that label",
      does: byHand({ type: "create_api_key", label: "sync", scope: "secret", project: "Web" }),
      ends: "clash",
      sends: [`POST ${KEYS}`, `GET ${KEYS}`],
      told: /there was no such key when .*, and it met one that somebody else made .*; priya@acme\.com changed it at/,
    },
    bySync: unreached([`POST ${KEYS}`]),
  },
  hand_over_key: {
    organization: acme(),
    before: { "amplitude_api_key.sync": key },
    after: { "amplitude_api_key.sync": { ...key, generation: 2 } },
    step: "secret key sync of Web, generation 2: in use everywhere",
    outcome: "by hand",
  },
  delete_key: {
    organization: acme(),
    before: { "amplitude_api_key.sync": key },
    after: {},
    step: "delete secret key sync of Web, generation 1",
    sends: [`DELETE ${KEYS}/ID`],
    byHand: {
      what: "somebody deletes it",
      does: byHand({ type: "delete_api_key", key: "sync" }),
      ends: "done",
      sends: [`DELETE ${KEYS}/ID`, `GET ${KEYS}`],
    },
    bySync: unreached([`DELETE ${KEYS}/ID`]),
  },
  setting: {
    organization: acme(),
    after: { "amplitude_organization.acme": { org_id: "7", jit_default_role: "viewer" } },
    step: "organization: jit_default_role viewer",
    sends: ["GET /api/2/organizations/7", "PATCH /api/2/organizations/7"],
    byHand: {
      what: "somebody sets it to something else",
      does: byHand({ type: "change_sso", jitDefaultRole: "manager" }),
      ends: "clash",
      sends: ["GET /api/2/organizations/7", "GET /api/2/organizations/7"],
      told: /there was none when this was planned, and it met manager; priya@acme\.com changed it at/,
    },
    bySync: unreached(["GET /api/2/organizations/7", "PATCH /api/2/organizations/7"]),
  },
} satisfies Partial<Record<Effect["type"], Race | Others>>;

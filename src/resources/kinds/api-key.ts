import type { ApiKey, Organization } from "../../access";
import {
  bool,
  computed,
  count,
  days,
  daysOf,
  DiagnosticError,
  email,
  idOf,
  name,
  oneOf,
  optional,
  problem,
  required,
  setOf,
  string,
  Unknown,
  type ConfigOf,
  type Diagnostic,
  type Id,
  type StateOf,
} from "../../schema";
import { generationOf, liveLabel } from "../../collections";
import { engagement, expiresAt, id, status } from "../attributes";
import { idText } from "../holder";
import { defineKind } from "../kind";
import { createdKey, createKey, deleteKey, keyName, type KeyValues } from "../operations/key";
import { projectReference } from "../references";
import { rowById } from "../row-by-id";

const keyTypes = ["project", "organization", "govern", "secret"] as const;

/** Days after which the playbook ("Rotate API Keys Regularly") has a key rotated. Govern keys it leaves out: they are a project's. */
const rotation = { project: 365, organization: 90, govern: 365, secret: 180 } as const;

const attributes = {
  id,
  key_type: required(
    oneOf(keyTypes),
    "project: events and queries of one project. organization: all of it. govern: tracking plan and taxonomy. secret: exports.",
    { requiresReplace: true },
  ),
  project_id: optional<Id>(
    idOf("project id", () => "project"),
    "Id of the project, written as a reference to it; left out for a key of the organization, and only there.",
    { requiresReplace: true },
  ),
  label: required(name, "What it is called, once per type and project.", { requiresReplace: true }),
  generation: required(
    count,
    "1, and one more whenever somebody decides to rotate it: another key is made, handed over, then the old one is deleted.",
    { requiresReplace: true },
  ),
  owners: optional(setOf(email), "People and service accounts who use it.", { origin: "declared" }),
  known_to: optional(setOf(email), "Who saw its value. When one of them leaves, it is due.", {
    origin: "declared",
  }),
  rotate_every: optional(
    days,
    'How long one generation may last, "180 days". Left out: as the playbook says for its type.',
    { origin: "declared" },
  ),
  store: optional(
    string,
    "A label of where its value belongs. What that is, the environment of the run says, never the stack.",
    { origin: "declared" },
  ),
  expires_at: expiresAt,
  engagement,
  recipient_public_key: optional(
    string,
    "Terraform only: whom to encrypt the value to, a JWK as JSON or a PEM. The state then holds `encrypted_value`, and the value nowhere.",
    { origin: "declared" },
  ),
  value_in_state: optional(
    bool,
    "Terraform only: whether the state may hold the value itself, for whoever can read it.",
    {
      origin: "declared",
    },
  ),
  created_at: computed(string, "When Amplitude made it, RFC 3339."),
  status,
  value: computed(string, "Terraform only: the value, where `value_in_state` is true.", { sensitive: true }),
  encrypted_value: computed(
    string,
    "Terraform only: the value as a compact JWE, where `recipient_public_key` is given.",
  ),
};
type Config = ConfigOf<typeof attributes>;
type State = StateOf<typeof attributes>;

const state = ({ id: keyId, keyType, projectId, label, generation, createdAt }: ApiKey): State => ({
  id: keyId,
  // A type that Amplitude has and we do not know is shown as it is.
  key_type: keyType as State["key_type"],
  project_id: projectId,
  label,
  generation,
  created_at: createdAt,
});

const keysOf = (live: Organization): Iterable<ApiKey> => live.keys();

function valuesOf(config: Config, live: Organization): KeyValues & { projectId: string | undefined } {
  const { key_type: keyType, project_id: project, label, generation } = config;
  const base = { keyType, label, generation: String(generation) };
  if (project === undefined) return { ...base, projectId: undefined };
  const { name, id: projectId } = projectReference(live, project);
  return { ...base, project: name, projectId };
}

/** An API key. Amplitude shows its value once: it goes to a store, and nowhere else. By hand on Amplitude today. */
export const apiKey = defineKind({
  type: "amplitude_api_key",
  description:
    "An API key of a project or of the organization. A higher generation makes another key, waits until it is handed over, and deletes the old one. By hand on Amplitude today: no documented API makes keys.",
  attributes,
  key: ["key_type", "project_id", "label", "generation"],
  family: "management",
  reads: ["keys", "managedProjects"],
  nature: "made",
  isGrant: true,
  secret: {
    recipient: "recipient_public_key",
    plainly: "value_in_state",
    value: "value",
    encrypted: "encrypted_value",
  },
  can: { create: true, update: true, delete: true },
  createdAs: ({ key_type: keyType, project_id: projectId, label, generation }) =>
    projectId instanceof Unknown
      ? undefined
      : createdKey({ keyType, label, generation, ...(projectId === undefined ? {} : { projectId }) }),
  find: (live, config) => {
    const found = only(live, config);
    return found && state(found);
  },
  findById(live, keyId) {
    const found = rowById(live, keysOf, keyId);
    return found && state(found);
  },
  *list(live) {
    for (const found of live.keys()) yield state(found);
  },
  *around(live) {
    for (const found of live.keys()) yield state(found);
  },
  reachesAll: ({ project_id: project }) => project === undefined,
  shows: ({ id, key_type: type, project_id: projectId, label, generation, created_at: createdAt }) =>
    id === undefined || type === undefined || label === undefined || generation === undefined
      ? {}
      : {
          keys: [
            {
              id,
              type,
              label: liveLabel(label, generation),
              createdAt: createdAt ?? "",
              ...(typeof projectId === "string" ? { projectId } : {}),
            },
          ],
        },
  isThere: async (api, keyId) => (await api.apiKey(keyId)) !== undefined,
  id: (found) => found.id,
  label: (config, live) => keyName(valuesOf(config, live)),
  names: ({ owners = [] }) => ({ present: owners, absent: [] }),
  knownTo: ({ owners = [], known_to: knownTo = [] }) => [...owners, ...knownTo],
  rotation: ({ key_type: keyType, rotate_every: every, generation }, found) => ({
    days: (every === undefined ? undefined : daysOf(every)) ?? rotation[keyType],
    since: found?.created_at,
    change: `generation: ${generation} -> ${generation + 1}`,
  }),
  validate,
  check(config, live) {
    if (config.key_type !== "govern" || typeof config.project_id !== "string") return [];
    const addOns = live.project(config.project_id)?.addOns;
    if (addOns === undefined || addOns.includes("govern")) return [];
    const name = projectReference(live, config.project_id).name;
    const advice = "Switch the add-on govern on for the project first, or give the key another type.";
    return [problem(`${name} does not have the add-on govern`, advice, { attribute: "key_type" })];
  },
  steps({ action, prior, config }, { live }) {
    const { projectId, ...values } = valuesOf((config ?? prior) as Config, live);
    if (action === "create") return [createKey.draft(values, { projectId, store: config?.store })];
    return action === "delete" ? [deleteKey.draft(values, { projectId, keyId: prior?.id })] : [];
  },
  example: {
    create: {
      key_type: "secret",
      project_id: "288501",
      label: "nova-braze-sync",
      generation: 1,
      owners: ["jo@nova.agency"],
      known_to: ["marco@nova.agency"],
      rotate_every: "180 days",
    },
    update: { known_to: ["marco@nova.agency", "sam@nova.agency"], expires_at: "2027-03-31" },
  },
});

/** Nothing says that Amplitude refuses a second key of the same label: then nobody can tell which is meant. */
function only(live: Organization, { key_type: keyType, project_id: project, label, generation }: Config) {
  const found = [...live.keys()].filter(
    (key) =>
      key.keyType === keyType &&
      key.projectId === (project === undefined ? undefined : idText(project)) &&
      key.label === label &&
      key.generation === generation,
  );
  if (found.length < 2) return found[0];
  const ids = found.map((key) => key.id).join(", ");
  throw new DiagnosticError([
    problem(
      `Two live ${keyType} keys are labelled ${JSON.stringify(label)}`,
      `Amplitude has them under the ids ${ids}, and a label must say which is meant. Delete one of them in Amplitude.`,
    ),
  ]);
}

function validate({ key_type: keyType, project_id: project, label, generation }: Config): Diagnostic[] {
  const problems: Diagnostic[] = [];
  if (keyType === "organization" && project !== undefined) {
    const advice =
      "A key of the organization is of no project: leave project_id out, or give it another type.";
    problems.push(problem("An organization key with a project", advice, { attribute: "project_id" }));
  }
  if (keyType !== "organization" && project === undefined) {
    const advice = `A key of type ${keyType} is of one project: say which.`;
    problems.push(problem(`A ${keyType} key without a project`, advice, { attribute: "project_id" }));
  }
  if (generation === 0)
    problems.push(problem("generation is 0", "The first one is 1.", { attribute: "generation" }));
  if (generationOf(label).generation > 1) {
    const advice =
      "Amplitude shows the generation so. Leave it out of the label, and write it as generation.";
    problems.push(
      problem(`The label ${JSON.stringify(label)} ends in a generation`, advice, { attribute: "label" }),
    );
  }
  return problems;
}

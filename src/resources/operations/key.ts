import { keyText, type KeyIdentity } from "../../access";
import { ApiFailure, ensure, type ApiKeyRecord, type Secret, type WriteApi } from "../../api";
import { liveLabel } from "../../collections";
import type { PendingKey } from "../key-sink";
import { defineOperation, idIn, type Created } from "../operation";
import { isCalled } from "../references";
import { Unexpected } from "../unexpected";

/** `generation`: a whole number, as text. No project: a key of the organization. */
export type KeyValues = {
  readonly keyType: string;
  readonly label: string;
  readonly project?: string;
  readonly generation: string;
};
type Place = { readonly projectId?: string | undefined };
type CreateFacts = Place & { readonly store?: string | undefined };

/** The key as the model of the organization knows it. */
export function identityOf({ keyType, label, project, generation }: KeyValues, place: Place): KeyIdentity {
  return {
    keyType,
    label,
    generation: Number(generation),
    ...(project === undefined ? {} : { projectId: place.projectId ?? `new:${project}` }),
  };
}

/** Under which name `Created` has the id of a key. */
export const createdKey = (identity: KeyIdentity): string => `key ${keyText(identity)}`;

/** `secret key nova-sync of Client Reporting, generation 2` */
export function keyName({ keyType, label, project, generation }: KeyValues): string {
  const of = project === undefined ? "" : ` of ${project}`;
  return `${keyType} key ${label}${of}, generation ${generation}`;
}

/** Where Amplitude keeps them (playbook, "API Key Types"). */
function page({ project }: KeyValues): string {
  return project === undefined
    ? "Amplitude, Settings > Organization Settings > API Keys"
    : `Amplitude, Settings > Projects > ${project} > General > API Keys`;
}

const shownLabel = ({ label, generation }: KeyValues): string => liveLabel(label, Number(generation));
const nobody = (): string[] => [];

/** Makes a key. Amplitude shows its value once, and no documented API makes one (https://amplitude.com/docs/apis/keys-and-tokens). */
export const createKey = defineOperation<KeyValues, CreateFacts>({
  name: "key.create",
  actor: "write",
  family: "management",
  confirms: "act",
  effects: (values, facts) => [{ type: "create_key", ...identityOf(values, facts) }],
  people: nobody,
  text: (values, { store }) =>
    `create ${keyName(values)}${store === undefined ? "" : `; its value goes to ${store}`}`,
  how: (values, { store = "the store of whoever uses it" }) =>
    `${page(values)} > Create: ${values.keyType} key ${shownLabel(values)}. Its value is shown once: put it into ${store}, and nowhere else`,
  seenOnce: pendingOf,
  async perform(api, entries, created, sink) {
    for (const { values, facts } of entries) {
      const made = await make(api, values, facts, created);
      const projectId =
        values.project === undefined ? undefined : idIn(created, "project", values.project, facts.projectId);
      created.set(createdKey(identityOf(values, { projectId })), made.record.id);
      if (made.value === undefined) throw lost(values, "the answer that held it did not arrive");
      try {
        await sink.put({ ...pendingOf(values, facts), id: made.record.id }, made.value);
      } catch (error) {
        throw lost(values, error instanceof Error ? error.message : String(error), made.record.id);
      }
    }
  },
});

function pendingOf({ generation, ...values }: KeyValues, { store }: CreateFacts): PendingKey {
  return { ...values, generation: Number(generation), ...(store === undefined ? {} : { store }) };
}

/** No value: the key is there, and what Amplitude said of it was not heard. */
async function make(
  api: WriteApi,
  values: KeyValues,
  { projectId: knownId }: CreateFacts,
  created: Created,
): Promise<{ readonly record: ApiKeyRecord; readonly value?: Secret }> {
  const { keyType: type, project } = values;
  const projectId = project === undefined ? undefined : idIn(created, "project", project, knownId);
  const label = shownLabel(values);
  const draft = { type, label, ...(projectId === undefined ? {} : { projectId }) };
  let inDoubt = false;
  const { value } = await ensure<{ readonly record: ApiKeyRecord; readonly value?: Secret }>({
    create: () =>
      api.createApiKey(draft).catch((error: unknown) => {
        inDoubt ||= error instanceof ApiFailure && error.happened === "maybe";
        throw error;
      }),
    lookUp: async () => {
      const { items } = await api.apiKeys();
      const record = items.find(
        (key) => key.type === type && isCalled(key.label, label) && key.projectId === projectId,
      );
      return record && { record };
    },
    // Refused without doubt, it is not ours: nobody here ever had its value.
    equal: () => inDoubt,
    update: ({ record: { id } }) => {
      const [was, is] = ["no such key", `one that somebody else made (id ${id})`];
      throw new Unexpected({ request: "POST api-keys", family: "management", was, is });
    },
  });
  return value;
}

/** Nobody has the value and nobody can: only another key helps. */
function lost(values: KeyValues, said: string, id?: string): Error {
  return new Error(
    `The ${keyName(values)}${id === undefined ? "" : ` (id ${id})`} is there, and its value was not handed over: ${said}. ` +
      `Raise its generation to ${Number(values.generation) + 1}: another key is made, and this one deleted.`,
  );
}

/** Whoever uses the key works with the new one: only people know, and the old one stays until they say so. */
export const handOverKey = defineOperation<KeyValues, Place & { readonly lost?: boolean }>({
  name: "key.hand-over",
  actor: "hand",
  confirms: "act",
  effects: (values, facts) => [{ type: "hand_over_key", ...identityOf(values, facts) }],
  people: nobody,
  text: (values, { lost: isLost = false }) =>
    isLost
      ? `${keyName(values)}: its value was not seen to arrive where it belongs`
      : `${keyName(values)}: in use everywhere`,
  how: (values, { lost: isLost = false }) =>
    isLost
      ? `raise its generation to ${Number(values.generation) + 1}, which makes another key and deletes this one; or confirm that the value has arrived and works`
      : `give the new key to whoever uses the old one, and test each integration; the old one is deleted when that is confirmed`,
});

/** Deletes a key: whoever still uses it is refused from then on. */
export const deleteKey = defineOperation<KeyValues, Place & { readonly keyId?: string | undefined }>({
  name: "key.delete",
  actor: "write",
  family: "management",
  confirms: "act",
  effects: (values, facts) => [{ type: "delete_key", ...identityOf(values, facts) }],
  people: nobody,
  text: (values) => `delete ${keyName(values)}`,
  how: (values) =>
    `${page(values)} > ${values.keyType} key ${shownLabel(values)} > Delete, once nobody uses it`,
  async perform(api, entries) {
    for (const { values, facts } of entries) {
      if (facts.keyId === undefined)
        throw new Error(`The ${keyName(values)} has no id: no list shows it. Run plan again.`);
      await api.deleteApiKey(facts.keyId);
    }
  },
});

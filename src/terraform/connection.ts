import { canonicalEmails } from "../access";
import {
  connect,
  CredentialsRefused,
  readCredentials,
  type Environment,
  type Family,
  type WriteApi,
} from "../api";
import {
  Administration,
  hasUnknown,
  isSupported,
  LiveReads,
  WriteQueue,
  type Applier,
  type Values,
} from "../lifecycle";
import {
  credentialVariables,
  collectionNamed,
  noSink,
  type Created,
  type KeySink,
  type Kind,
} from "../resources";
import { log } from "./plugin/log";
import type { Stop } from "./stop";

/** One configured provider: the way to the organization, and what every call of the process shares. */
export interface Connection {
  readonly applier: Applier;
  readonly api: WriteApi;
  readonly orgId: string;
  readonly reads: LiveReads;
  /** Whether what no API reaches is kept in state for a person to do. */
  readonly byHand: boolean;
  /** The queue of all writes; a kind with a value that is seen once has it put into `sink`. */
  queueFor(kind: Kind, sink: KeySink): WriteQueue;
  /** Whether the credentials given reach an instance. */
  supports(kind: Kind, values: Values): boolean;
  /** What the environment lacks, without which an instance cannot be managed. */
  missingFor(kind: Kind, values: Values): readonly string[];
}

/** A block of which something is known only after an apply. */
export type Configured = Connection | "not known yet";

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const texts = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : Array.isArray(value)
      ? value.filter((item) => typeof item === "string")
      : [];
const map = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, string>>) : {};

/** Connects as the provider block says. Sends nothing yet. Throws CredentialsRefused. */
export function connectionOf(config: Values, env: Environment, stop: Stop): Configured {
  const { role_ids: roles, project_ids: projects, ...needed } = config;
  if (hasUnknown(needed)) return "not known yet";
  const credentials = text(config["credentials"]);
  const selection = {
    orgId: text(config["org_id"]) ?? "",
    region: config["region"] === "eu" ? ("eu" as const) : ("us" as const),
    credentials,
  };
  const environment = withBlock(config, credentials, env);
  const access = readCredentials(environment, selection);
  if ("problems" in access) throw new CredentialsRefused(access.problems);
  const { missing, families, variables } = access.access;
  const api = connect({
    ...selection,
    env: environment,
    sleep: (ms) => stop.sleep(ms),
    onWait: (seconds, why) => log("info", `waiting ${seconds} s: ${why}`),
  });
  const reads = new LiveReads(api, {
    roleIds: hasUnknown(roles) ? {} : map(roles),
    projectIds: hasUnknown(projects) ? {} : map(projects),
  });
  const administration = new Administration(
    {
      minimumAdmins: typeof config["minimum_admins"] === "number" ? config["minimum_admins"] : 0,
      protectedPeople: canonicalEmails([...texts(config["break_glass"]), ...texts(config["operator"])]),
    },
    reads,
  );
  const created: Created = new Map();
  const queue = new WriteQueue({ api, created, sink: noSink });
  return {
    api,
    orgId: selection.orgId,
    reads,
    byHand: config["unsupported"] === "by-hand",
    queueFor: (kind, sink) => (kind.secret === undefined ? queue : new WriteQueue({ api, created, sink })),
    supports: (kind, values) => isSupported(kind, values, api),
    missingFor: (kind, values) => {
      const place = kind.place?.(values);
      if (place !== undefined && families.has(kind.family))
        return [`a key pair of project ${place.projectId} in ${variables[kind.family].join()}`];
      const needs = new Set<Family>([
        kind.family,
        ...kind.reads.map((collection) => collectionNamed(collection).family),
      ]);
      return [
        ...new Set([...needs].filter((family) => !families.has(family)).flatMap((family) => missing[family])),
      ];
    },
    applier: {
      reads,
      created,
      // Over whichever API: the list that an instance is found in was served by the one that writes it.
      families: families.has("developer") ? new Set([...families, "taxonomy"]) : families,
      queue,
      now: () => api.now(),
      sleep: (ms) => api.sleep(ms),
      stopped: () => stop.asked,
      refusal: (draft) => administration.refusal(draft),
    },
  };
}

/** Credentials of the block stand for the variables that they are named after. */
function withBlock(config: Values, credentials: string | undefined, env: Environment): Environment {
  const prefix = credentials === undefined ? "AMPLITUDE_" : `AMPLITUDE_${credentials}_`;
  const given = Object.entries(credentialVariables).flatMap(([name, suffix]) => {
    const value = text(config[name]);
    return value === undefined ? [] : [[prefix + suffix, value] as const];
  });
  return given.length === 0 ? env : { ...env, ...Object.fromEntries(given) };
}

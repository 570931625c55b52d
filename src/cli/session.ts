import { join, resolve } from "node:path";
import { connect, type Environment, type Sent, type WriteApi } from "../api";
import {
  makePlan,
  parseSnapshot,
  parseStack,
  plannedWithLog,
  proveMissing,
  readOrganization,
  unite,
  withVerdict,
  type ApprovedBy,
  type Base,
  type Desired,
  type LivePlan,
  type Opening,
  type PlanInput,
} from "../reconcile";
import type { Snapshot, Witness } from "../resources";
import { cleanText, knowPlan, type Redaction } from "../report";
import { DiagnosticError, diagnosticText, problem } from "../schema";
import { BaseFile } from "./base-file";
import { emulatorTarget, type EmulatorTarget } from "./emulator-target";
import { openedSnapshot } from "./encrypted-snapshot";
import { loginsFor } from "./logins";
import { verdictOf, type PoliciesSource } from "./own-policies";
import { readNeeded } from "./private-file";
import { readReviewed } from "./reviewed-files";
import { synthesize } from "./synthesize";
import type { Terminal } from "./terminal";

/** What a command was started with. */
export interface Surroundings {
  readonly env: Environment;
  readonly directory: string;
  readonly terminal: Terminal;
  /** Takes people out of what is printed, where the command line asks for it. */
  readonly redaction?: Redaction | undefined;
}

/** Options that every command has. */
export interface SessionOptions {
  /** Synthesized files; empty: the `app` of cdktf.json is run. */
  readonly config: readonly string[];
  /** true: the example organization; a path: a seed, which is written back at the end. */
  readonly emulator?: string | true | undefined;
  readonly base?: string | undefined;
  readonly live?: string | undefined;
  readonly stack: readonly string[];
  readonly retire: readonly string[];
  readonly readOnly?: boolean | undefined;
  /** Writes although nothing proves that the SCIM key is of this organization. */
  readonly trustOrganization?: boolean | undefined;
  /** Folder of confirmations; `confirmations` where it is left out. */
  readonly confirmations?: string | undefined;
  /** Folder of approvals; `approvals` where it is left out. */
  readonly approvals?: string | undefined;
  /** What trusted code found approved. */
  readonly approvedBy?: string | undefined;
  /** Ends with 5 where the audit log is needed and cannot be read. */
  readonly requireAuditLog?: boolean | undefined;
  /** File of policies; `policies.ts` beside the stack where it is left out. */
  readonly policies?: string | undefined;
}

/** One run against one organization: the stacks, the connection, the base. */
export interface Session {
  readonly desired: Desired;
  /** Connects when first asked for. Throws CredentialsRefused. */
  readonly api: () => WriteApi;
  /** Where Amplitude is, for the base and for people. */
  readonly host: string;
  /** What code has brought into effect so far; nothing is remembered where the organization does not outlive the command. */
  readonly base: BaseFile;
  readonly options: SessionOptions;
  readonly policies: PoliciesSource;
  readonly directory: string;
  readonly terminal: Terminal;
  readonly redaction: Redaction | undefined;
  /** Requests that may have changed something since it was asked last. */
  takeRequests(): readonly Sent[];
  /** Gives back what was taken; `keep`: what a run changed in an emulated organization goes into its file. */
  close(keep?: "keep"): Promise<void>;
}

/** Reads the stacks and connects. Sends nothing yet. Throws DiagnosticError, CredentialsRefused. */
export async function openSession(
  options: SessionOptions,
  { env, directory, terminal, redaction }: Surroundings,
): Promise<Session> {
  const desired = await readStacks(options, { env, directory, terminal });
  const target =
    options.emulator === undefined
      ? undefined
      : await emulatorTarget(options.emulator, desired, directory, env);
  const environment = target?.env ?? env;
  // A plan from a snapshot needs no credential, so nothing is connected before something is to be read.
  let connected: WriteApi | undefined;
  const requests: Sent[] = [];
  const api = (): WriteApi =>
    (connected ??= connect({
      orgId: desired.orgId,
      region: desired.region,
      credentials: desired.credentials,
      env: environment,
      readOnly: options.readOnly,
      ...(target === undefined ? {} : { fetch: target.fetch, readText: target.readText }),
      onSent: (sent) => requests.push(sent),
      onWait: (seconds, why) =>
        seconds >= 1 && target === undefined
          ? terminal.note(`waiting ${Math.ceil(seconds)} s: ${why}`)
          : undefined,
    }));
  const host = hostOf(environment, desired);
  const basePath = basePathOf(options, desired, host, directory, target);
  const organization = { orgId: desired.orgId, host };
  const base = await BaseFile.load(basePath, organization);
  return {
    desired,
    api,
    host,
    base,
    options,
    policies: {
      named: options.policies,
      directory,
      env,
      exposed: (line) => terminal.note(`warning: ${line}`),
    },
    directory,
    terminal,
    redaction,
    takeRequests: () => requests.splice(0),
    close: async (keep) => {
      if (keep === "keep") await target?.keep();
    },
  };
}

async function readStacks(
  options: SessionOptions,
  { env, directory, terminal }: Surroundings,
): Promise<Desired> {
  if (options.config.length > 0) {
    const texts = await Promise.all(
      options.config.map(async (file) => ({
        file,
        text: await readNeeded(resolve(directory, file), "configuration"),
      })),
    );
    return unite(texts.map(({ file, text }) => parseStack(text, file)));
  }
  const { files, warnings } = await synthesize(directory, env, (line) => terminal.note(`warning: ${line}`));
  for (const warning of warnings) terminal.note(`warning: ${cleanText(diagnosticText(warning))}`);
  return unite(files.map(({ file, text }) => parseStack(text, file)));
}

/** The host that the base and plan files are bound to. */
export function hostOf(
  env: Environment,
  { credentials, region }: Pick<Desired, "credentials" | "region">,
): string {
  const prefix = credentials === undefined ? "AMPLITUDE_" : `AMPLITUDE_${credentials}_`;
  const base = env[`${prefix}BASE_URL`];
  if (base !== undefined && URL.canParse(base)) return new URL(base).host;
  return region === "eu" ? "core.eu.amplitude.com" : "core.amplitude.com";
}

function basePathOf(
  options: SessionOptions,
  { orgId }: Desired,
  host: string,
  directory: string,
  target: EmulatorTarget | undefined,
): string | undefined {
  if (options.base !== undefined) return resolve(directory, options.base);
  if (target !== undefined) return target.basePath;
  const name = `base-${orgId}-${host.replaceAll(/[^a-z0-9.]+/gi, "-")}.json`;
  return join(directory, ".amplitude-access", name);
}

/** A snapshot and the plan that follows from it. */
export interface Planned {
  readonly snapshot: Snapshot;
  readonly live: LivePlan;
  /** When people logged in for whose acceptance the plan would wait, by canonical e-mail. */
  readonly logins: ReadonlyMap<string, string>;
  /** What trusted code found approved, where it was given. */
  readonly approvedBy?: ApprovedBy;
  /** The plan of the same reading where somebody lets guards' steps pass, and with the second lists that were asked for. */
  readonly again: (more: {
    readonly openings?: readonly Opening[];
    readonly witnesses?: readonly Witness[];
  }) => Promise<LivePlan>;
}

/** Reads the organization, or the file given for it, and plans. `base` is the session's unless a run has advanced it. */
export async function planNow(session: Session, base: Base = session.base.base): Promise<Planned> {
  const { desired, options, host } = session;
  const { snapshot, now } = await readLive(session, base);
  if (options.live === undefined) await proveMissing(session.api(), base, snapshot, desired);
  const stacks = desired.stacks.map(({ name }) => name);
  mustBeKnown("--stack", options.stack, [...stacks, ...options.retire]);
  const both = options.retire.filter((name) => stacks.includes(name));
  if (both.length > 0) {
    throw new DiagnosticError([
      problem(`The stack ${both.join(", ")} is given and to be retired`, "Leave its file out, or --retire."),
    ]);
  }
  if (base === session.base.base) mustBeKnown("--retire", options.retire, stacksInEffect(base));
  const { confirmations, openings, approvedBy, notes } = await readReviewed({
    ...options,
    directory: session.directory,
    organization: desired.orgId,
  });
  if (base === session.base.base) for (const note of notes) session.terminal.note(cleanText(note));
  const given: PlanInput = {
    confirmations,
    openings,
    desired,
    snapshot,
    base,
    baseKnown: session.base.isKnown || base !== session.base.base,
    retired: new Set(options.retire),
    trusted: options.trustOrganization === true,
    ...(options.stack.length === 0 ? {} : { only: new Set(options.stack) }),
    host,
    now,
  };
  const judged = async (planned: LivePlan, opened: PlanInput["openings"]): Promise<LivePlan> =>
    withVerdict(planned, await verdictOf({ live: planned, desired }, session.policies), opened);
  // A snapshot has no log, and needs no credential.
  const looked =
    options.live === undefined
      ? await plannedWithLog(session.api(), given, options.requireAuditLog)
      : { input: given, live: makePlan(given) };
  const logins = await loginsFor(session, looked.live, base);
  const input = logins.size === 0 ? looked.input : { ...looked.input, logins };
  const live = await judged(logins.size === 0 ? looked.live : makePlan(input), openings);
  if (session.redaction !== undefined) knowPlan(session.redaction, live);
  return {
    snapshot,
    live,
    logins,
    ...(approvedBy === undefined ? {} : { approvedBy }),
    again: ({ openings: more = [], witnesses = [] }) => {
      const opened = [...openings, ...more];
      const asked = [...(snapshot.witnesses ?? []), ...witnesses];
      const known = asked.length === 0 ? input.snapshot : { ...input.snapshot, witnesses: asked };
      return judged(makePlan({ ...input, openings: opened, snapshot: known }), opened);
    },
  };
}

function stacksInEffect({ entries }: Base): string[] {
  return [...new Set(Object.keys(entries).map((address) => address.slice(0, address.indexOf("/"))))];
}

/** A mistyped name must not be taken for a wish that is already fulfilled. */
function mustBeKnown(option: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const listed = known.length === 0 ? "There is none" : `The stacks are ${known.join(", ")}`;
  throw new DiagnosticError([
    problem(`There is no stack ${unknown.join(", ")}`, `${listed}. Correct ${option}.`),
  ]);
}

async function readLive(
  { api: connected, options, desired, host, directory, terminal, policies }: Session,
  base: Base,
): Promise<{ snapshot: Snapshot; now: number }> {
  if (options.live !== undefined) {
    const text = await readNeeded(resolve(directory, options.live), "snapshot");
    const opened = await openedSnapshot(text, options.live, policies);
    const saved = parseSnapshot(opened, options.live, { orgId: desired.orgId, host });
    return { snapshot: saved.snapshot, now: Date.parse(saved.readAt) };
  }
  const api = connected();
  const progress = terminal.progress("Reading the organization, requests", 0);
  const timer = setInterval(() => progress.step(api.meter.requests), 200);
  try {
    const snapshot = await readOrganization(api, desired, base);
    return { snapshot, now: api.now() };
  } finally {
    clearInterval(timer);
    progress.end();
  }
}

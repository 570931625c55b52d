/* eslint max-lines: ["error", { "max": 320, "skipBlankLines": true, "skipComments": true }] -- one harness, whose parts share one emulator */
import { connect, type AuditEvent, type Family } from "../../src/api";
import { patience } from "../../src/cli/patience";
import { createEmulator, projectKeysText, type Emulator, type Seed } from "../../src/emulator";
import {
  approvalOf,
  approvedIn,
  asShown,
  baseText,
  driftOf,
  emptyBase,
  Ledger,
  leftOverOf,
  makePlan,
  parseBase,
  parsePlan,
  parseStack,
  plannedWithLog,
  proveMissing,
  readOrganization,
  metLeavers,
  recordedFound,
  runSteps,
  settled,
  unite,
  type ApprovedSteps,
  type Base,
  type Confirmation,
  type Desired,
  type Drift,
  type Guard,
  type GuardRule,
  type LeftOver,
  type LivePlan,
  type Opening,
  type Plan,
  type StepResult,
} from "../../src/reconcile";
import type { KeySink, Snapshot } from "../../src/resources";
import { environment } from "./environment";
import { keeping } from "./keeping";
import { grantsOf, lately } from "./look";
import type { OrganizationBuilder } from "./organization";
import { stackFile, type StackContent } from "./stack-file";

const host = "127.0.0.1";
const organization = { orgId: "7", host };

/** What one run is started with. */
export interface RunSettings {
  readonly retire?: readonly string[];
  readonly only?: readonly string[];
  /** Reviewed files that say which steps by hand were done. */
  readonly confirmations?: readonly Confirmation[];
  /** What guards are to let pass. */
  readonly openings?: readonly Opening[] | ((guards: readonly Guard[]) => readonly Opening[]);
  /** false: nobody says that it is the right organization. */
  readonly trusted?: boolean;
  /** Other guards than all. */
  readonly guards?: readonly GuardRule[];
  /** What was read, with something that is not as it should be. */
  readonly read?: (snapshot: Snapshot) => Snapshot;
}

export interface ApplySettings extends RunSettings {
  /** Text of a saved plan, or what the run that is resumed was approved for. */
  readonly approved?: string | ApprovedSteps;
  /** Stops after that many requests' worth of steps have finished, as a Ctrl-C or a crash would. */
  readonly stopAfter?: number;
  /** What others do between the plan and the first write. */
  readonly meanwhile?: () => Promise<void>;
  /** Called with the plan before anything is written. */
  readonly seen?: (plan: Plan) => void;
  /** Waits for others for a minute, and calls this before every look. */
  readonly waiting?: () => Promise<void>;
  /** The process dies: nothing is read again at the end, the base is what the last step left. */
  readonly crash?: boolean;
}

/** What an apply came to. */
export interface Applied {
  readonly planned: LivePlan;
  readonly results: readonly StepResult[];
  /** `invite jo@nova.agency: done`, records left out. */
  readonly outcomes: readonly string[];
  readonly records: readonly string[];
  /** Why steps of an approved plan did not run. */
  readonly lapsed: readonly string[];
  /** The fresh plan afterwards; the one before where the process died. */
  readonly after: LivePlan;
  /** What was asked between the two plans, `GET /scim/1/Groups/601`, addresses decoded. */
  readonly sent: readonly string[];
}

/** One organization at the emulator, its stacks, and the base between runs. */
export interface Harness {
  readonly emulator: Emulator;
  base: Base | undefined;
  /** What its stacks say together. */
  desired(): Desired;
  /** Values of keys that were made, by id; where no other sink is given. */
  readonly values: Map<string, string>;
  plan(settings?: RunSettings): Promise<LivePlan>;
  apply(settings?: ApplySettings): Promise<Applied>;
  drift(settings?: Pick<RunSettings, "read">): Promise<Drift>;
  /** Entries of the audit log, as a client reads them. */
  events(): Promise<readonly AuditEvent[]>;
  /** What is left of a run, and who was in its way. */
  leftOver(applied: Applied): Promise<LeftOver>;
  /** Other stacks than before; the base stays. */
  stack(...contents: readonly StackContent[]): Harness;
  /** Somebody does something in Amplitude's own pages. */
  ui(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Another program uses the organization's keys; its requests are no writes of ours. */
  elsewhere(method: string, path: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  fault(order: Readonly<Record<string, unknown>>): Promise<void>;
  /** Nothing goes wrong any more. */
  heal(): Promise<void>;
  /** The identity provider pushes its groups. */
  sync(): Promise<void>;
  idp(
    groups: readonly Readonly<Record<string, unknown>>[],
    more?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  advance(seconds: number): Promise<void>;
  /** Forgets what was asked so far. */
  forget(): void;
  /** Requests that change something, `POST /scim/1/Users`, addresses decoded. */
  writes(): string[];
  people(): string[];
  members(group: string): string[];
  /** `eng Web: Viewer`, sorted. */
  grants(): string[];
  /** Invitations that Amplitude sent, from its audit log. */
  invitations(): string[];
}

export interface HarnessSettings {
  readonly organization: OrganizationBuilder | Seed;
  /** One that runs already, instead: somebody else works on the same organization. */
  readonly emulator?: Emulator;
  readonly stack?: StackContent | readonly StackContent[];
  /** Families without credentials. The management family is there where the organization's switch serves it. */
  readonly without?: readonly Family[];
  /** Ids of projects whose key pair is known; by default those of all. */
  readonly projectKeys?: readonly number[];
  readonly timeoutMs?: number;
  /** Looks up singly what the base holds and a list lacks, as the command line does: that costs requests, which most tests count. */
  readonly proves?: boolean;
  /** Where values of new keys go; left out: into `values`. */
  readonly sink?: KeySink;
}

/** Puts the parts together as the command line does, without argv, files or a terminal. */
export function harness(settings: HarnessSettings): Harness {
  const seed = "seed" in settings.organization ? settings.organization.seed() : settings.organization;
  const emulator = settings.emulator ?? createEmulator(seed, { clock: "virtual" });
  const env = environment(emulator, settings.without ?? []);
  const open = (readOnly: boolean) =>
    connect({
      orgId: 7,
      region: "us",
      env,
      readOnly,
      fetch: (request) => emulator.fetch(request),
      readText: () => ({ text: projectKeysText(emulator.state(), settings.projectKeys) }),
      random: () => 0,
      ...(settings.timeoutMs === undefined ? {} : { timeoutMs: settings.timeoutMs }),
    });
  const control = async (method: string, path: string, body?: unknown): Promise<void> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await emulator.fetch(new Request(`http://${host}/_emulator${path}`, init));
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  };
  const foreign = new Set<Emulator["requests"][number]>();
  let forgotten = 0;
  let desired = desiredOf(settings.stack ?? {});
  const planNow = async (
    readOnly: boolean,
    { retire, only, confirmations = [], openings = [], trusted = true, guards, read }: RunSettings,
    base = self.base,
  ) => {
    const api = open(readOnly);
    const whole = await readOrganization(api, desired, base);
    const snapshot = read?.(whole) ?? whole;
    if (settings.proves === true && base !== undefined) await proveMissing(api, base, snapshot, desired);
    const { input, live: closed } = await plannedWithLog(api, {
      desired,
      snapshot,
      base: base ?? emptyBase(organization),
      baseKnown: base !== undefined,
      retired: new Set(retire),
      confirmations,
      openings: typeof openings === "function" ? [] : openings,
      trusted,
      ...(guards === undefined ? {} : { guards }),
      ...(only === undefined ? {} : { only: new Set(only) }),
      host,
      now: api.now(),
    });
    if (typeof openings !== "function") return { api, plan: closed };
    // As at a terminal: whoever answers has seen the plan with what the guards hold back.
    const given = openings(closed.plan.guards);
    return { api, plan: given.length === 0 ? closed : makePlan({ ...input, openings: given }) };
  };
  const kept = (base: Base): Base => parseBase(baseText(base), "base.json", organization);
  let written: () => Base | undefined = () => undefined;
  // Text again only for who looks: a run writes it after every request.
  const wrote = (ledger: Ledger): void => {
    const base = ledger.base();
    let text: Base | undefined;
    written = () => (text ??= kept(base));
  };
  const self: Harness = {
    emulator,
    get base() {
      return written();
    },
    set base(base) {
      written = () => base;
    },
    desired: () => desired,
    values: new Map(),
    plan: async (run = {}) => (await planNow(true, run)).plan,
    async apply({ approved, stopAfter = Infinity, crash = false, waiting, meanwhile, seen, ...run } = {}) {
      const { api, plan: planned } = await planNow(false, run);
      seen?.(planned.plan);
      if (planned.plan.refusals.some(({ steps }) => steps === undefined))
        return { planned, results: [], outcomes: [], records: [], lapsed: [], after: planned, sent: [] };
      const given =
        typeof approved === "string" ? approvedIn(parsePlan(approved, "plan.json", planned.plan)) : approved;
      const approval = given && asShown(approvalOf(given, planned.plan), given, planned);
      const lapsed = new Map(approval?.lapsed.map(({ step, why }) => [step.id, why]));
      const ledger = new Ledger(self.base ?? emptyBase(organization), planned, desired);
      const met = metLeavers(planned.leavers, planned.live);
      ledger.watch(recordedFound(planned, desired, ledger.base()), met);
      if (crash) wrote(ledger);
      let finished = 0;
      await meanwhile?.();
      const first = emulator.requests.length;
      const look = patience(api, 60_000, { note: () => undefined }, () => false);
      const results = await runSteps(planned, {
        api,
        ...(approval === undefined ? {} : { approved: approval.holds, lapsed }),
        now: api.now(),
        stopped: () => finished >= stopAfter,
        ...(waiting === undefined ? {} : { lookAgain: (open) => waiting().then(() => look(open)) }),
        sink: settings.sink ?? keeping(self.values),
        onBegin(steps, created) {
          for (const step of steps) ledger.begin(step, created);
          wrote(ledger);
          return Promise.resolve();
        },
        onDone(done, created) {
          for (const { step, outcome } of done) {
            if (outcome !== "done") continue;
            ledger.advance(step, created, new Date(api.now()).toISOString());
            finished += 1;
          }
          wrote(ledger);
          return Promise.resolve();
        },
      });
      const sent = emulator.requests.slice(first);
      let after = planned;
      // A trial that has nothing to do does not look twice.
      if (settings.proves === true && results.length === 0) self.base ??= kept(ledger.base());
      else if (!crash) {
        after = (await planNow(false, run, ledger.base())).plan;
        const base = settled(ledger.base(), after.live, after.instances, undefined, after);
        self.base = kept({ ...base, found: recordedFound(after, desired, base) });
      }
      const texts = results.map(({ step, outcome }) => ({ step, text: `${step.text}: ${outcome}` }));
      return {
        planned,
        results,
        outcomes: texts.filter(({ step }) => step.actor !== "record").map(({ text }) => text),
        records: texts.filter(({ step }) => step.actor === "record").map(({ text }) => text),
        lapsed: (approval?.lapsed ?? []).map(({ step, why }) => `${step.text}: ${why}`),
        after,
        sent: sent.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
      };
    },
    async drift(run = {}) {
      const { api, plan } = await planNow(true, run);
      return driftOf(plan, desired, await lately(api), self.base);
    },
    events: async () => await lately(open(true)),
    async leftOver({ after, results }) {
      const api = open(true);
      await api.people();
      return leftOverOf(after, results, await lately(api));
    },
    stack(...contents) {
      desired = desiredOf(contents);
      return self;
    },
    ui: async (change) => await control("POST", "/ui", { actor: "priya@acme.com", change }),
    async elsewhere(method, path, body) {
      const { orgApiKey, orgSecretKey } = emulator.state().credentials;
      const authorization = `Basic ${Buffer.from(`${orgApiKey}:${orgSecretKey}`).toString("base64")}`;
      const headers = { authorization, "content-type": "application/json" };
      const first = emulator.requests.length;
      const response = await emulator.fetch(
        new Request(`http://${host}${path}`, { method, headers, body: JSON.stringify(body) }),
      );
      for (const request of emulator.requests.slice(first)) foreign.add(request);
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    },
    fault: async (order) => await control("POST", "/faults", order),
    heal: async () => await control("DELETE", "/faults"),
    sync: async () => await control("POST", "/idp/sync"),
    idp: async (groups, more = {}) => await control("PUT", "/idp", { name: "okta", groups, ...more }),
    advance: async (seconds) => await control("POST", "/clock/advance", { seconds }),
    forget() {
      forgotten = emulator.requests.length;
    },
    writes: () =>
      emulator.requests
        .slice(forgotten)
        .filter((request) => !foreign.has(request))
        .filter(({ method, family }) => method !== "GET" && family !== "audit-log")
        .map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
    people: () =>
      emulator
        .state()
        .people.map(({ email }) => email)
        .sort(),
    members: (group) =>
      [...(emulator.state().groups.find(({ name }) => name === group)?.members ?? [])].sort(),
    grants: () => grantsOf(emulator),
    invitations: () =>
      emulator
        .state()
        .audit.filter(
          ({ domain, feature, action }) => domain === "user" && feature === "user" && action === "invite",
        )
        .map(({ target }) => target),
  };
  return self;
}

function desiredOf(given: StackContent | readonly StackContent[]): Desired {
  const contents = (Array.isArray(given) ? given : [given]) as readonly StackContent[];
  return unite(
    contents.map((content) => parseStack(stackFile(content), `${content.name ?? "acme"}/cdk.tf.json`)),
  );
}

import type { Organization } from "../access";
import type { Context, Kind } from "../resources";
import { problem, Unknown, type Diagnostic } from "../schema";
import { attributesOf, compare, type Values } from "./compare";
import { carryOutAll, type Applier } from "./carry-out-all";
import { identify, isMissing, liveState, type Identity } from "./identity";
import { hasUnknown, VERIFIED } from "./plan-instance";
import { isReadable, wasRead } from "./support";
import { canEnd, currentOf, TERM } from "./term";

/** How it ended: the state to keep, and what is to be said. With an error, a state means that something is there. */
export interface Applied {
  readonly state: Values | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface InstanceChange {
  /** What was in effect; undefined to create. */
  readonly prior: Values | undefined;
  /** What was planned, Unknown where this is to tell; undefined to take it away. */
  readonly planned: Values | undefined;
}

/** Brings one instance to what was planned, atom by atom. Throws what reading threw; a failed write is a diagnostic. */
export async function applyInstance(
  kind: Kind,
  { prior, planned }: InstanceChange,
  applier: Applier,
): Promise<Applied> {
  const instance = planned ?? prior ?? {};
  const id = idOf(kind, prior);
  const { live, found, identity, missed } = await look(kind, { prior, planned }, applier);
  if (missed !== undefined) return { state: prior, diagnostics: [missed] };
  // Only now: an emulator's clock is known once something was read.
  const now = applier.now();
  const current = planned === undefined ? undefined : currentOf(kind, planned, now);
  const made = prior === undefined && madeId(kind, instance, applier) !== undefined;
  const refused =
    planned === undefined
      ? undefined
      : refusedCreation(kind, { prior, current, exists: made || isThere(identity, prior), live });
  if (refused !== undefined) return { state: prior, diagnostics: [refused] };

  const change = compare(kind, withDeclared(kind, found, prior), current);
  const foundId = idOf(kind, found) ?? id;
  const context: Context = { live, now, ...(foundId === undefined ? {} : { id: foundId }) };
  const drafts = [
    ...(change.action === "no-op" ? [] : kind.steps(change, context)),
    ...(current === undefined ? [] : (kind.awaits?.(current, context) ?? [])),
  ];
  const run = await carryOutAll(drafts, context, applier, kind.apart);
  if (run.touched) applier.reads.forget(kind, known(instance), id ?? madeId(kind, instance, applier));
  if (planned === undefined) {
    // Somebody else's change of the same run may have taken it away with something larger.
    if (run.errors.length > 0 && run.open.length === 0 && (await isGone(kind, prior, applier)))
      return { state: undefined, diagnostics: [] };
    const left = run.errors.length > 0 || run.open.length > 0;
    const open = run.open.map((diagnostic): Diagnostic => ({ ...diagnostic, severity: "error" }));
    return { state: left ? prior : undefined, diagnostics: [...run.errors, ...open] };
  }
  if (run.errors.length > 0 && (prior !== undefined || !run.touched)) {
    return { state: prior, diagnostics: [...run.errors, ...run.open] };
  }
  const settling = { prior, planned, current, verified: wasRead(kind, instance, live) };
  const { state, diagnostics } = await stateAfter(kind, settling, applier);
  return { state, diagnostics: [...run.errors, ...diagnostics, ...run.open] };
}

/** Whether there is something that a creation would meet: what is archived is restored by it. */
function isThere(identity: Identity, prior: Values | undefined): boolean {
  return liveState(identity) !== undefined && (prior !== undefined || identity.answer !== "archived");
}

/** Whether what could not be taken away is not there any more. A look that fails proves nothing. */
async function isGone(kind: Kind, prior: Values | undefined, applier: Applier): Promise<boolean> {
  const config = known(prior ?? {});
  const id = idOf(kind, prior);
  if (!isReadable(kind, applier.families)) return false;
  applier.reads.forget(kind, config, id);
  return await applier.reads.around(kind, config, id).then(
    (live) => isMissing(identify(kind, config, { live, known: { id, config } })),
    () => false,
  );
}

interface Looked {
  readonly live: Organization;
  readonly identity: Identity;
  readonly found: Values | undefined;
  /** Others did not do their part in time. */
  readonly missed?: Diagnostic;
}

/** What is live; what only an identity provider can make is waited for. */
async function look(kind: Kind, { prior, planned }: InstanceChange, applier: Applier): Promise<Looked> {
  const id = idOf(kind, prior);
  const config = known(prior ?? planned ?? {});
  const patience = prior === undefined && planned !== undefined ? patienceOf(kind, planned) : 0;
  for (let waited = 0; ; waited += POLL_MS) {
    const live = await applier.reads.around(kind, known({ ...config, ...planned }), id, {
      asListed: waited === 0,
      unproved: prior === undefined && planned !== undefined && kind.nature === "made",
    });
    const identity = identify(kind, config, { live, known: { id, config } });
    const found = liveState(identity);
    if (found !== undefined || patience === 0) return { live, found, identity };
    if (waited >= patience) {
      const text = kind.label(config, live);
      const advice = 'Have it pushed, then apply again; or wait longer: timeouts = { create = "1h" }.';
      return {
        live,
        found,
        identity,
        missed: problem(`The identity provider has not pushed ${text}`, advice),
      };
    }
    await applier.sleep(POLL_MS);
    applier.reads.forget(kind, config, id);
  }
}

const POLL_MS = 15_000;
const PATIENCE_MS = 10 * 60_000;

/** How long to wait for others, in milliseconds. */
function patienceOf(kind: Kind, { timeouts }: Values): number {
  if (kind.attributes["timeouts"] === undefined) return 0;
  const text = (timeouts as Readonly<Record<string, string>> | undefined)?.["create"];
  if (text === undefined) return PATIENCE_MS;
  const [, hours = "0", minutes = "0", seconds = "0"] =
    /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

interface Situation {
  readonly prior: Values | undefined;
  readonly current: Values | undefined;
  readonly exists: boolean;
  readonly live: Organization;
}

/** Creating what exists, or changing what is gone. */
function refusedCreation(kind: Kind, { prior, current, exists, live }: Situation): Diagnostic | undefined {
  if (current === undefined || kind.nature !== "made") return undefined;
  const label = kind.label(current, live);
  if (prior === undefined && exists) {
    const key = kind.key.map((name) => encodeURIComponent(String(current[name]))).join("/");
    return problem(
      `${label} exists already`,
      `Nothing was written. To manage it from here, import it: terraform import ${kind.type}.NAME ${JSON.stringify(key)}`,
    );
  }
  if (prior !== undefined && !exists && prior[TERM] !== "expired") {
    return problem(
      `${label} is gone`,
      "Somebody removed it since the plan. Nothing was written; plan again.",
    );
  }
  return undefined;
}

/** What was declared and cannot be read stays as it was. */
function withDeclared(kind: Kind, found: Values | undefined, prior: Values | undefined): Values | undefined {
  if (found === undefined || prior === undefined) return found;
  const declared: Record<string, unknown> = {};
  for (const [name, { origin }] of attributesOf(kind))
    if (origin === "declared") declared[name] = prior[name];
  return { ...found, ...declared };
}

interface Settling extends InstanceChange {
  readonly planned: Values;
  readonly current: Values | undefined;
  readonly verified: boolean;
}

/** What was planned, with what only the apply could tell. */
async function stateAfter(
  kind: Kind,
  { prior, planned, current, verified }: Settling,
  applier: Applier,
): Promise<Applied & { readonly state: Values }> {
  const after: Record<string, unknown> = { ...planned };
  const open = attributesOf(kind).filter(([name]) => planned[name] instanceof Unknown);
  const settle = (name: string, value: unknown): void => {
    if (planned[name] instanceof Unknown) after[name] = value;
  };
  settle(VERIFIED, verified);
  if (canEnd(kind)) settle(TERM, current === undefined ? "expired" : "present");
  const predicted = current === undefined ? {} : ((kind.predict?.(current) ?? {}) as Values);
  const unread = open.map(([name]) => name).filter((name) => after[name] instanceof Unknown);
  if (unread.length === 0) return { state: after, diagnostics: [] };
  // What was written is there whether it can be read back or not: its state must not be lost.
  const read: { readonly found?: Values | undefined; readonly said?: string } =
    current === undefined
      ? {}
      : await foundAfter(kind, prior, current, applier).then(
          (found) => ({ found }),
          (error: unknown) => ({ said: error instanceof Error ? error.message : String(error) }),
        );
  for (const name of unread) after[name] = read.found?.[name] ?? predicted[name];
  const nameless = current !== undefined && verified && unread.includes("id") && after["id"] === undefined;
  const said = read.said ?? (nameless ? "Amplitude does not show it yet." : undefined);
  return {
    state: after,
    diagnostics:
      said === undefined
        ? []
        : [problem("It was written, and could not be read back", `${said} Apply again.`)],
  };
}

async function foundAfter(
  kind: Kind,
  prior: Values | undefined,
  current: Values,
  applier: Applier,
): Promise<Values | undefined> {
  const made = prior === undefined ? madeId(kind, current, applier) : undefined;
  const id = idOf(kind, prior) ?? made;
  const config = known(current);
  const look = async (): Promise<Values | undefined> => {
    const live = await applier.reads.around(kind, config, id);
    return liveState(identify(kind, config, { live, known: { id, config: known(prior ?? current) } }));
  };
  const found = await look();
  if (found !== undefined || prior !== undefined) return found;
  // What was just made may show a moment later: it is looked at once more, and has the id of its creation anyway.
  applier.reads.forget(kind, config, id);
  return (await look()) ?? (made === undefined ? undefined : { id: made });
}

/** The id of what this process made under the same name. */
function madeId(kind: Kind, values: Values, { created }: Applier): string | undefined {
  const { referent } = kind;
  const byName = referent && `${referent} ${String(values["name"])}`;
  const name = kind.createdAs === undefined ? byName : kind.createdAs(known(values));
  return name === undefined ? undefined : created.get(name);
}

function idOf(kind: Kind, prior: Values | undefined): string | undefined {
  return prior === undefined ? undefined : kind.id(known(prior) as never);
}

/** A kind sees what is known; an id that is not is absent there. */
function known(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && !hasUnknown(value)),
  );
}

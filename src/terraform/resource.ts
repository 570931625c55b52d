import {
  absentWarnings,
  applyInstance,
  hasUnknown,
  identify,
  identityWarnings,
  importInstance,
  liveId,
  mayMove,
  movedKey,
  planInstance,
  readInstance,
  validate,
  VERIFIED,
  wasRead,
  type Values,
} from "../lifecycle";
import type { CollectionName, Kind } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { Configured, Connection } from "./connection";
import { UNCONFIGURED } from "./data-source";
import { wireDiagnostics } from "./diagnostics";
import { NewSecret, withoutPlace } from "./new-secret";
import type { ProviderRpcs } from "./plugin/messages";
import type { Decoded, Encodable } from "./plugin/protobuf";
import { readPrivate, writePrivate } from "./private-state";
import { isProtected, nameOf, protection } from "./protection";
import { notDeletable, notReachable, notWritable } from "./unsupported";
import { columnsOf, fromWire, readValue, settled, wireValue, type Columns, type WireValue } from "./value";

/** Of every resource: an older state keeps what there still is, and the rest is read. */
export const SCHEMA_VERSION = 1;

type Request<N extends keyof ProviderRpcs> = Decoded<ProviderRpcs[N]["request"]>;
type Response<N extends keyof ProviderRpcs> = Encodable<ProviderRpcs[N]["response"]>;
type WireDiagnostics = ReturnType<typeof wireDiagnostics>;

/** One resource type: a kind, spoken to over the wire. */
export class Resource {
  readonly columns: Columns;
  readonly #configured: () => Configured;

  constructor(
    readonly kind: Kind,
    configured: () => Configured,
  ) {
    this.columns = columnsOf(kind.attributes);
    this.#configured = configured;
  }

  validate(config: WireValue | undefined): WireDiagnostics {
    return wireDiagnostics(validate(this.kind, this.#value(config) ?? {}));
  }

  upgrade(version: number, json: Uint8Array | undefined): Response<"UpgradeResourceState"> {
    if (version > SCHEMA_VERSION) {
      return refused(
        problem(
          `The state of ${this.kind.type} has version ${version}, and this provider knows ${SCHEMA_VERSION}`,
          "A newer version of the provider wrote it. Use that one, or a newer one still.",
        ),
      );
    }
    const raw: unknown = JSON.parse(Buffer.from(json ?? []).toString("utf8"));
    return { upgraded_state: wireValue(this.columns, fromWire(this.columns, raw)) };
  }

  async plan(request: Request<"PlanResourceChange">): Promise<Response<"PlanResourceChange">> {
    const prior = this.#value(request.prior_state);
    const config = this.#value(request.config);
    const marks = readPrivate(request.prior_private);
    const configured = this.#configured();
    if (config === undefined) {
      return {
        planned_state: wireValue(this.columns, undefined),
        planned_private: request.prior_private,
        diagnostics: wireDiagnostics(this.#removal(prior ?? {}, configured)),
      };
    }
    const supported = configured === "not known yet" || configured.supports(this.kind, config);
    const { planned, replaces: inState, changed } = planInstance(this.kind, prior, config, supported);
    const replaces = [...inState, ...(await this.#moved(configured, prior, config))];
    const diagnostics: Diagnostic[] = [];
    if (replaces.length > 0) diagnostics.push(...protection(this.kind, prior, "replace"));
    if (prior === undefined && marks.protectedFor !== undefined)
      diagnostics.push(...protection(this.kind, { [this.kind.key[0] ?? ""]: marks.protectedFor }, "replace"));
    if (changed && configured !== "not known yet") {
      diagnostics.push(...this.#elsewhere(configured, config));
      if (!supported) diagnostics.push(notWritable(this.kind, prior, planned, configured));
      else if (!hasUnknown(config)) diagnostics.push(...(await this.#checked(configured, config)));
      if (supported && prior === undefined && !hasUnknown(config))
        diagnostics.push(
          ...withoutPlace(this.kind, config),
          ...(await absentWarnings(this.kind, config, configured.reads)),
        );
    }
    if (supported && configured !== "not known yet" && !hasUnknown(config))
      diagnostics.push(...(await this.#awaited(configured, config, prior)));
    const idpGroups = configured === "not known yet" ? [] : configured.reads.idpGroups;
    const mark = writePrivate({
      ...(prior !== undefined && isProtected(this.kind, prior)
        ? { protectedFor: nameOf(this.kind, prior) }
        : {}),
      ...(changed && idpGroups.length > 0 ? { idpGroups } : {}),
    });
    return {
      planned_state: wireValue(this.columns, planned),
      requires_replace: replaces.map((attribute_name) => ({ steps: [{ attribute_name }] })),
      planned_private: mark,
      diagnostics: wireDiagnostics(diagnostics),
    };
  }

  async apply(request: Request<"ApplyResourceChange">): Promise<Response<"ApplyResourceChange">> {
    const prior = this.#value(request.prior_state);
    const planned = this.#value(request.planned_state);
    const configured = this.#configured();
    const done = (state: Values | undefined, diagnostics: readonly Diagnostic[]) => ({
      new_state: wireValue(this.columns, state && settled(state)),
      diagnostics: wireDiagnostics(diagnostics),
    });
    if (configured === "not known yet") return done(prior, [UNCONFIGURED]);
    configured.reads.recall(readPrivate(request.planned_private).idpGroups ?? []);
    if (planned === undefined) {
      // A tainted object is seen here only: its plan looked like the making of a new one.
      const refusals = this.#removal(prior ?? {}, configured);
      if (refusals.length > 0) return done(prior, refusals);
    } else if (!configured.supports(this.kind, planned)) {
      const said = notWritable(this.kind, prior, planned, configured);
      if (said.severity === "error") return done(prior, [said]);
      return done({ ...planned, [VERIFIED]: false }, [said]);
    }
    // Its plan did not know the provider block yet.
    if (planned !== undefined && (await this.#moved(configured, prior, planned)).length > 0)
      return done(prior, [anotherObject(this.kind, prior ?? {}, planned)]);
    const secret = new NewSecret();
    const applier = { ...configured.applier, queue: configured.queueFor(this.kind, secret) };
    const { state, diagnostics } = await applyInstance(this.kind, { prior, planned }, applier);
    const halfMade =
      prior === undefined && state !== undefined && diagnostics.some(({ severity }) => severity === "error");
    return done(
      state && (await secret.into(this.kind, state)),
      halfMade ? [...diagnostics, TAINTED] : diagnostics,
    );
  }

  async read(request: Request<"ReadResource">): Promise<Response<"ReadResource">> {
    const state = this.#value(request.current_state);
    const configured = this.#configured();
    if (state === undefined || configured === "not known yet")
      return { new_state: wireValue(this.columns, state), private: request.private };
    const { imported } = readPrivate(request.private);
    const live = configured.supports(this.kind, state)
      ? await configured.reads.around(this.kind, state, this.kind.id(state as never))
      : undefined;
    if (live === undefined || !wasRead(this.kind, state, live)) {
      if (configured.byHand && imported === undefined)
        return {
          new_state: wireValue(this.columns, { ...state, [VERIFIED]: false }),
          private: request.private,
        };
      return refused(notReachable(this.kind, state, configured, "read"));
    }
    configured.reads.heard(this.kind, state, live);
    const everything = imported === true;
    const now = configured.api.now();
    const read = readInstance(this.kind, state, live, { everything, now });
    return {
      new_state: wireValue(this.columns, read),
      diagnostics: wireDiagnostics(identityWarnings(this.kind, state, live)),
    };
  }

  async import(text: string): Promise<Response<"ImportResourceState">> {
    const configured = this.#configured();
    if (configured === "not known yet") return refused(UNCONFIGURED);
    if (!configured.supports(this.kind, {}))
      return refused(notReachable(this.kind, {}, configured, "import"));
    const names: CollectionName[] = this.kind.key.some(
      (key) => this.kind.attributes[key]?.type.refersTo !== undefined,
    )
      ? ["groups", "projects", "managedProjects"]
      : [];
    const live = await configured.reads.whole([...new Set([...this.kind.reads, ...names])]);
    const state = importInstance(this.kind, text, live);
    return {
      imported_resources: [
        {
          type_name: this.kind.type,
          state: wireValue(this.columns, state),
          private: writePrivate({ imported: true }),
        },
      ],
    };
  }

  #value(value: WireValue | undefined): Values | undefined {
    return readValue(this.columns, value);
  }

  /** Why it may not be taken away. */
  #removal(prior: Values, configured: Configured): Diagnostic[] {
    const refusals = protection(this.kind, prior, "delete");
    if (configured === "not known yet" || configured.supports(this.kind, prior)) return refusals;
    return [...refusals, notDeletable(this.kind, prior, configured)];
  }

  /** The provider block alone says which organization it is. */
  #elsewhere({ orgId }: Connection, config: Values): Diagnostic[] {
    const said = this.kind.organization?.(config);
    if (said === undefined || said === orgId || hasUnknown(said)) return [];
    const advice = `The provider block's org_id is ${orgId}. Correct one of them.`;
    const attribute = this.kind.key[0];
    return [
      problem(
        `${this.kind.type} is that of organization ${said}`,
        advice,
        attribute === undefined ? {} : { attribute },
      ),
    ];
  }

  async #checked({ reads }: Connection, config: Values): Promise<readonly Diagnostic[]> {
    const { checks } = this.kind;
    if (checks === undefined) return [];
    return this.kind.check?.(config, await reads.whole(checks)) ?? [];
  }

  /** What of the key makes it another object, which Terraform forgets and takes over as it does for a replacement. */
  async #moved(
    configured: Connection | "not known yet",
    prior: Values | undefined,
    config: Values,
  ): Promise<readonly string[]> {
    if (configured === "not known yet" || prior === undefined || !configured.supports(this.kind, config))
      return [];
    if (this.kind.key.some((name) => hasUnknown(config[name])) || !mayMove(this.kind, prior, config))
      return [];
    const live = await configured.reads.around(this.kind, config, this.kind.id(prior as never));
    return movedKey(this.kind, prior, config, live);
  }

  /** What others have to do, whatever is planned here. */
  async #awaited(
    { reads, api }: Connection,
    config: Values,
    prior: Values | undefined,
  ): Promise<readonly Diagnostic[]> {
    if (this.kind.awaits === undefined) return [];
    const live = await reads.around(this.kind, config, undefined);
    reads.heard(this.kind, config, live);
    const known = prior && { id: this.kind.id(prior as never), config: prior };
    const id = liveId(this.kind, identify(this.kind, config, { live, known }));
    return this.kind
      .awaits(config as never, { live, now: api.now(), id })
      .map(({ operation, values, facts }) =>
        problem(operation.text(values, facts), operation.how(values, facts), { severity: "warning" }),
      );
  }
}

/** An update in place would keep the id of the old one. */
function anotherObject(kind: Kind, prior: Values, planned: Values): Diagnostic {
  const [before, after] = [nameOf(kind, prior), nameOf(kind, planned)];
  return problem(
    `${kind.type}: ${after} is another object than ${before} (id ${kind.id(prior as never) ?? "not known"})`,
    "Plan again: now that the provider block is known, Terraform replaces it. Nothing was changed.",
  );
}

/** What core makes of a creation that ended in an error and left something. */
const TAINTED = problem(
  "Terraform takes it for tainted",
  "It may be there, whole or in part. terraform untaint keeps it, and the next plan tells what it lacks; otherwise the next apply replaces it.",
  { severity: "warning" },
);

function refused(diagnostic: Diagnostic): { diagnostics: WireDiagnostics } {
  return { diagnostics: wireDiagnostics([diagnostic]) };
}

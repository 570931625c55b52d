import { adviceOn, adviceOnSilence } from "./advice";
import type { Authorizations } from "./authorization";
import type { Budget, OnWait } from "./budget";
import type { Clock } from "./clock";
import type { CostLimit } from "./cost-limit";
import type { Access } from "./credentials";
import type { Attempt, Call, Exchange, Reply } from "./exchange";
import { ApiFailure, FamilyUnavailable, type Happened, OtherOrganization, ReadOnly } from "./failure";
import { askedToWait, mayHaveHappened, type RetryRule } from "./retry";
import { quote, Secret } from "./secret";
import { isRecord, type Answer } from "./wire";

/** Sends requests: authorized, counted, in turn, and again where that can do no harm. */
export interface Transport {
  /** @throws ApiFailure, FamilyUnavailable, ReadOnly */
  send(call: Call): Promise<Answer>;
  /** Requests sent so far, repetitions included. */
  readonly meter: { readonly requests: number };
}

/** A request that may have changed something, for evidence. */
export interface Sent {
  /** `POST /scim/1/Users` */
  readonly request: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** undefined when no whole answer came. */
  readonly status?: number;
  /** What the other side calls it. */
  readonly requestId?: string;
}

/** What a transport works with. */
export interface TransportParts {
  readonly access: Access;
  readonly authorizations: Authorizations;
  readonly exchange: Exchange;
  /** The budget of a base URL's host. */
  readonly budgetOf: (base: string) => Budget;
  readonly costs: CostLimit;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onWait: OnWait;
  readonly retry: RetryRule;
  readonly onSent: (sent: Sent) => void;
}

/** The one door through which every request of every family goes. */
export function transportOf(parts: TransportParts): Transport {
  const { access, authorizations, clock } = parts;
  let requests = 0;

  const say = (call: Call, { reply, said }: Told): string => {
    const base = access.hosts[call.family];
    const words = quote(said, secretsIn(call, reply));
    return base === undefined ? words : `${new URL(base).host} ${words}`;
  };

  const secretsIn = (call: Call, reply: Reply | undefined): readonly Secret[] =>
    call.confidential === true ? [...authorizations.secrets, ...valueIn(reply)] : authorizations.secrets;

  const failure = (call: Call, told: Told, happened: Happened): ApiFailure => {
    const { reply } = told;
    const advice =
      reply === undefined
        ? adviceOnSilence(happened)
        : adviceOn(call.family, { ...reply, waitSeconds: waitSeconds(told) }, access);
    const requestId = reply?.requestId && quote(reply.requestId, secretsIn(call, reply));
    const request = nameOf(call);
    const failed = new ApiFailure(
      request,
      call.family,
      say(call, told),
      advice,
      happened,
      reply?.status,
      requestId,
      reply?.code,
    );
    return reply?.code === "org_id_mismatch" ? new OtherOrganization(failed) : failed;
  };

  const waitSeconds = ({ outcome }: Told): number | undefined => {
    const ms = outcome?.kind === "answer" ? askedToWait(outcome, clock.now()) : undefined;
    return ms === undefined ? undefined : Math.ceil(ms / 1000);
  };

  const sentOf = (call: Call, reply: Reply | undefined): Sent => {
    const requestId = reply?.requestId && quote(reply.requestId, secretsIn(call, reply));
    return {
      request: `${call.method} ${call.path}`,
      at: new Date(clock.now()).toISOString(),
      ...(reply === undefined ? {} : { status: reply.status }),
      ...(requestId === undefined ? {} : { requestId }),
    };
  };

  const send = async (call: Call): Promise<Answer> => {
    const reads = isRead(call);
    if (access.readOnly && !reads) throw new ReadOnly(nameOf(call));
    const authorization = authorizations.of(call.family, call.project);
    const base = access.hosts[call.family];
    if (authorization === undefined || base === undefined) {
      throw new FamilyUnavailable(call.family, access.missing[call.family]);
    }
    await clock.start();
    const budget = parts.budgetOf(base);
    let waitedMs = 0;
    let doubt = false;
    for (let attempt = 1; ; attempt++) {
      const tried = await parts.costs
        .within(call, async () => {
          await budget.take();
          requests++;
          return parts.exchange(base, call, authorization);
        })
        .catch((error: unknown) => {
          // Exchanges never reject: the wait for its turn was given up, and this attempt was not sent.
          const said = error instanceof Error ? error.message : String(error);
          throw new ApiFailure(nameOf(call), call.family, said, "", doubt ? "maybe" : "no");
        });
      const { outcome, reply } = tried;
      if (!reads) parts.onSent(sentOf(call, reply));
      if (reply !== undefined && isAnswer(call, reply)) {
        const { status, body } = reply;
        const absent = isAbsence(call, reply);
        const odd = (text: string) => ({ reply, said: `answered ${status}, but ${text}` });
        return {
          status,
          body: absent ? undefined : body,
          absent,
          repeated: doubt,
          failure: (text) => failure(call, odd(text), reads ? "no" : "maybe"),
          contradicted: (fact, happened) =>
            failure(call, { reply, said: `${tried.said}; ${fact}` }, happened),
        };
      }
      // One attempt that may have happened stays one, however the next are refused.
      doubt ||= !reads && mayHaveHappened(outcome);
      const random = parts.random();
      const next = parts.retry({
        attempt,
        outcome,
        method: call.method,
        reads,
        waitedMs,
        now: clock.now(),
        random,
      });
      if (next === "stop") throw failure(call, tried, doubt ? "maybe" : "no");
      waitedMs += next.retryAfterMs;
      if (outcome.kind === "answer" && outcome.status === 429) {
        budget.hold(next.retryAfterMs);
      } else {
        parts.onWait(Math.ceil(next.retryAfterMs / 1000), say(call, tried));
        await clock.sleep(next.retryAfterMs).catch(() => {
          throw failure(call, tried, doubt ? "maybe" : "no");
        });
      }
    }
  };

  return {
    send,
    meter: {
      get requests() {
        return requests;
      },
    },
  };
}

/** `PUT /api/2/taxonomy/user-property/gp:email (project 288501)` */
function nameOf({ method, path, project }: Call): string {
  return `${method} ${path}${project === undefined ? "" : ` (project ${project})`}`;
}

/** What the other side said, and the answer that it is from. */
type Told = Pick<Attempt, "reply" | "said"> & Partial<Pick<Attempt, "outcome">>;

/** A new key's value, for an answer that is not what it should be and yet holds one. */
function valueIn(reply: Reply | undefined): readonly Secret[] {
  const body = isRecord(reply?.body) ? reply.body : {};
  const inner = isRecord(body["data"]) ? body["data"] : {};
  return [body["value"], inner["value"]]
    .filter((value) => typeof value === "string")
    .map((value) => new Secret("value of the API key", value));
}

/** Judged by what is sent, not by what a caller says: `--read-only` stands on it. */
function isRead(call: Call): boolean {
  return call.method === "GET" || (call.method === "POST" && /^\/api\/2\/audit-logs\/[^/]+$/.test(call.path));
}

function isAnswer(call: Call, reply: Reply): boolean {
  return (reply.status >= 200 && reply.status < 300) || isAbsence(call, reply);
}

/** The User Management API documents `error_code: "not_found"`: https://amplitude.com/docs/apis/user-management. */
function isAbsence({ absence }: Call, { status, code }: Reply): boolean {
  if (absence === "documented") return status === 404 && code === "not_found";
  return absence?.includes(status) === true;
}

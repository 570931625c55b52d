import * as z from "zod";

import type { WriteApi } from "./api";
import { auditLogOf } from "./audit-log";
import { authorizationsOf } from "./authorization";
import { type Budget, budgetOf, defaultIdpShare, type OnWait, ourShare } from "./budget";
import { type Clock, emulatorClock, givenClock } from "./clock";
import { type Environment, readCredentials } from "./credentials";
import { costLimitOf } from "./cost-limit";
import { developerOf } from "./developer";
import { developerPropertiesOf } from "./developer-properties";
import { exchangeOf } from "./exchange";
import { CredentialsRefused } from "./failure";
import type { Region } from "./hosts";
import { loginsOf } from "./logins";
import { managementOf } from "./management";
import type { ReadPrivateText } from "./project-keys";
import { propertiesOf } from "./property";
import { nextTry, type RetryRule } from "./retry";
import { scimOf } from "./scim";
import { type Fetch, inProcess, overSocket, type Send } from "./send";
import { Spellings } from "./spellings";
import { taxonomyOf } from "./taxonomy";
import { type Sent, transportOf } from "./transport";
import { userManagementOf } from "./user-management";

/** Whom to talk to, and with what. */
export interface ConnectOptions {
  readonly orgId: string | number;
  readonly region: Region;
  /** Names a set of environment variables: `ACME` reads `AMPLITUDE_ACME_SCIM_KEY` and so on. */
  readonly credentials?: string | undefined;
  /** Where credentials and hosts come from: `process.env`. */
  readonly env: Environment;
  /** Refuses every write before it is sent. `AMPLITUDE_ACCESS_READ_ONLY=1` does the same. */
  readonly readOnly?: boolean | undefined;
  /** Answers instead of a socket: an emulator's. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** In [0, 1). */
  readonly random?: (() => number) | undefined;
  /** Which request is sent again, and when; `nextTry` when omitted. */
  readonly retry?: RetryRule | undefined;
  /** Told of every request that may change something, once it was answered or given up. */
  readonly onSent?: ((sent: Sent) => void) | undefined;
  /** Told before every wait. */
  readonly onWait?: OnWait | undefined;
  /** Share of SCIM's limit that is left to the identity provider; 0.3 when omitted. */
  readonly idpShare?: number | undefined;
  /** Milliseconds until an unanswered request is given up; 60,000 when omitted. */
  readonly timeoutMs?: number | undefined;
  /** Reads the file of AMPLITUDE_PROJECT_KEYS_FILE: by default from this machine, where only its owner may be able to. */
  readonly readText?: ReadPrivateText | undefined;
}

/**
 * The one way to Amplitude. Sends nothing until a method is called; printing the result shows no secret.
 * @throws CredentialsRefused with every reason why these credentials and hosts cannot be used
 */
export function connect(options: ConnectOptions): WriteApi {
  const result = readCredentials(options.env, options, options.readText);
  if ("problems" in result) throw new CredentialsRefused(result.problems);
  const { access } = result;
  const idpShare = options.idpShare ?? defaultIdpShare;
  if (!(idpShare >= 0 && idpShare < 1))
    throw new RangeError(`The identity provider's share is ${idpShare}: write at least 0 and less than 1.`);

  const timeoutMs = options.timeoutMs ?? 60_000;
  const send = options.fetch === undefined ? overSocket(timeoutMs) : inProcess(timeoutMs, options.fetch);
  const clock =
    access.emulatorClock === undefined ? systemClock(options) : clockAt(access.emulatorClock, send);
  const onWait = options.onWait ?? (() => undefined);
  const random = options.random ?? Math.random;
  const budgets = new Map<string, Budget>();
  const transport = transportOf({
    access,
    authorizations: authorizationsOf(access),
    exchange: exchangeOf(timeoutMs, send),
    budgetOf(base) {
      const { host } = new URL(base);
      const known = budgets.get(host) ?? budgetOf(host, ourShare(idpShare), clock, onWait);
      budgets.set(host, known);
      return known;
    },
    costs: costLimitOf(clock, onWait),
    clock,
    random,
    onWait,
    retry: options.retry ?? nextTry,
    onSent: options.onSent ?? (() => undefined),
  });

  const spellings = new Spellings();

  return {
    families: access.families,
    meter: transport.meter,
    start: () => clock.start(),
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
    ...scimOf(transport, clock, spellings),
    ...userManagementOf(transport, clock, access.orgId, spellings),
    ...auditLogOf(transport, clock, access.orgId),
    ...loginsOf(transport, clock, access.orgId),
    ...developerOf(transport, clock, access.orgId),
    ...propertiesOf({
      taxonomy: taxonomyOf(transport, clock),
      developer: developerPropertiesOf(transport, clock, random),
      access,
    }),
    ...managementOf(transport, clock, access.orgId, spellings),
  };
}

function systemClock(options: ConnectOptions): Clock {
  const { now = Date.now, sleep = (ms: number) => new Promise<void>((wake) => void setTimeout(wake, ms)) } =
    options;
  return givenClock(now, sleep);
}

const advanced = z
  .object({ now: z.unknown().optional(), time: z.unknown().optional(), clock: z.unknown().optional() })
  .transform(({ now, time, clock }) => now ?? time ?? clock)
  .pipe(z.union([z.number(), z.string().transform((text) => Date.parse(text))]))
  .refine((ms) => Number.isFinite(ms));

/** The clock of the emulator at this base URL, which `readCredentials` has found to be on loopback. */
function clockAt(base: string, send: Send): Clock {
  const url = `${base}/_emulator/clock/advance`;
  const headers = { "Content-Type": "application/json" };
  return emulatorClock(async (seconds) => {
    try {
      const { status, text } = await send({
        method: "POST",
        url,
        headers,
        body: JSON.stringify({ seconds }),
      });
      if (status !== 200) throw new Error(`answered ${status}`);
      return advanced.parse(JSON.parse(text));
    } catch (error) {
      const said =
        error instanceof z.ZodError || !(error instanceof Error) ? "the answer holds no time" : error.message;
      throw new Error(
        `POST ${url}: ${said}. AMPLITUDE_EMULATOR_CLOCK needs an emulator with a virtual clock at that address.`,
      );
    }
  });
}

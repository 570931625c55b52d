import { apiRoutes } from "./api-routes";
import { createClock } from "./clock";
import { createCostLimits } from "./cost-limit";
import { controlRoutes } from "./control/routes";
import type { Emulation, LoggedRequest } from "./emulation";
import { familyOf } from "./families";
import { faultAnswer, shortened } from "./fault-answer";
import { createFaults, type Fault } from "./faults";
import { syncProvider, type SyncReport } from "./identity-provider";
import { foreignRequest } from "./loopback";
import { organizationFrom } from "./organization/from-seed";
import type { Organization } from "./organization/organization";
import { stateOf } from "./organization/to-seed";
import { createRateLimit } from "./rate-limit";
import type { Seed, State } from "./seed/schema";
import { checkSeed } from "./seed/seed";
import { switchesSchema, type Switches } from "./switches";

const CONTROL = "/_emulator";

/** A stand-in for one organization at Amplitude, its identity provider, and what goes wrong between. */
export interface Emulator {
  /**
   * Answers one request without a socket, whatever the host of its URL. Rejects as fetch does: with a TypeError
   * whose `cause.code` is `ECONNRESET` when a fault resets the connection, with the signal's reason when a request
   * that is never answered is given up.
   */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The organization in the seed's format. */
  readonly state: () => State;
  /** What Amplitude was asked, in order; control routes are not among it. */
  readonly requests: readonly LoggedRequest[];
}

/** How an emulator runs. */
export interface EmulatorOptions {
  /** By default a virtual clock where the seed sets one, else the machine's. */
  readonly clock?: "real" | "virtual";
}

/** Every route that exists, as `METHOD /path`, in the order of registration: docs/emulator.md lists the same. */
export interface RouteList {
  readonly routes: readonly string[];
}

/** Starts an emulator in this process. Throws SeedError listing every problem of the seed with its path. */
export function createEmulator(seed: Seed, options: EmulatorOptions = {}): Emulator & RouteList {
  const checked = checkSeed(seed);
  const start = checked.clock === undefined ? Date.now() : Date.parse(checked.clock);
  const virtual = options.clock === undefined ? checked.clock !== undefined : options.clock === "virtual";
  const clock = createClock(virtual ? start : undefined);
  const emulation: Emulation = {
    organization: organizationFrom(checked),
    switches: switchesOf(checked),
    provider: checked.identityProvider,
    clock,
    limits: {
      scim: createRateLimit(clock),
      "user-management": createRateLimit(clock),
      "audit-log": createRateLimit(clock),
      developer: createRateLimit(clock),
      taxonomy: createRateLimit(clock),
      management: createRateLimit(clock),
    },
    costs: createCostLimits(clock),
    faults: createFaults(),
    requests: [],
  };
  // Whoever only wants to see the organization asks for no route: making them costs more than the rest.
  let made: ReturnType<typeof apiRoutes> | undefined;
  const api = () => (made ??= apiRoutes(emulation));
  const dispatch = async (
    request: Request,
    organization: Organization,
    fromProvider = false,
  ): Promise<Response> => {
    const response = await api().fetch(request, { organization, fromProvider });
    emulation.faults.remember(emulation.organization);
    return response;
  };
  const sync = (): Promise<SyncReport> =>
    syncProvider(emulation, async (method, path, body) => {
      const headers = {
        authorization: `Bearer ${emulation.organization.credentials.scimKey}`,
        "content-type": "application/json",
        "user-agent": `${emulation.provider?.name ?? "idp"} SCIM client`,
      };
      const request = new Request(`http://127.0.0.1${path}`, { method, headers, body: JSON.stringify(body) });
      return (await dispatch(request, emulation.organization, true)).status;
    });
  const state = (): State =>
    stateOf(
      emulation.organization,
      emulation.provider,
      emulation.switches,
      clock.virtual ? clock.iso() : undefined,
    );
  const replace = (next: State): void => {
    const organization = organizationFrom(next);
    organization.revision = emulation.organization.revision + 1;
    Object.assign(emulation, { organization, switches: switchesOf(next), provider: next.identityProvider });
    if (next.clock !== undefined && options.clock !== "real") clock.set(Date.parse(next.clock));
    for (const limit of [...Object.values(emulation.limits), emulation.costs]) limit.reset();
    emulation.faults.remember(organization);
  };
  let controls: ReturnType<typeof controlRoutes> | undefined;
  const control = () => (controls ??= controlRoutes({ emulation, state, replace, sync }));
  let received = 0;

  const answer = async (request: Request, path: string, log: { status: number }): Promise<Response> => {
    received += 1;
    const every = emulation.provider?.every ?? null;
    if (every !== null && received % every === 0) await sync();
    const isRead = request.method === "GET" || familyOf(path) === "audit-log";
    const faults = emulation.faults.strike(request.method, path, isRead);
    const stale = faults.find((fault) => fault.type === "stale-read");
    const past =
      stale === undefined ? undefined : emulation.faults.before(emulation.organization, stale.writes);
    for (const fault of faults) if (fault.type === "latency") await clock.pass(fault.ms);
    const broken = faults.find((fault) => fault.type !== "latency");
    const response = await suffer(broken, request, () => dispatch(request, past ?? emulation.organization));
    log.status = response.status;
    return response;
  };

  return {
    requests: emulation.requests,
    state,
    get routes() {
      return routesOf([...api().routes, ...control().routes]);
    },
    async fetch(request) {
      const foreign = foreignRequest(request.headers);
      if (foreign !== undefined) return Response.json({ error: foreign }, { status: 403 });
      const { pathname } = new URL(request.url);
      if (pathname === CONTROL || pathname.startsWith(`${CONTROL}/`)) return control().fetch(request);
      const log = {
        method: request.method,
        path: pathname,
        status: 0,
        family: familyOf(pathname),
        at: clock.iso(),
      };
      emulation.requests.push(log);
      return answer(request, decoded(pathname), log);
    },
  };
}

/** Lets a fault have its way around a request. */
async function suffer(
  fault: Fault | undefined,
  request: Request,
  act: () => Promise<Response>,
): Promise<Response> {
  const family = familyOf(new URL(request.url).pathname);
  switch (fault?.type) {
    case "status":
      if (fault.when === "after") await act();
      return faultAnswer(fault, family);
    case "reset":
      if (fault.when === "after") await act();
      throw new TypeError("fetch failed", {
        cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
      });
    case "timeout":
      if (fault.when === "after") await act();
      return givenUp(request);
    case "short-page":
      return shortened(await act(), fault.drop);
    case "stale-read":
    case "latency":
    case undefined:
      return act();
  }
}

/** Longer than anybody waits; a timer's longest is just above. */
const FOR_EVER_MS = 2 ** 30;

/** Answers nothing until the client gives up. */
function givenUp(request: Request): Promise<never> {
  const { signal } = request;
  return new Promise((_resolve, reject) => {
    // Without a socket nothing else holds the request: collected with its signal, it would never be given up.
    const hold = setInterval(() => request, FOR_EVER_MS);
    const abort = (): void => {
      clearInterval(hold);
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

function switchesOf(state: State): Switches {
  return switchesSchema.parse(state.switches);
}

// A pattern of a fault names addresses as people write them: ana@nova.agency, not ana%40nova.agency.
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function routesOf(routes: readonly { method: string; path: string }[]): string[] {
  return routes
    .filter((route) => route.method !== "ALL")
    .map((route) => `${route.method} ${route.path.replace(/\/$/, "")}`);
}

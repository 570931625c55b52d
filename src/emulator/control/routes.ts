import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { Emulation } from "../emulation";
import { faultSchema } from "../faults";
import type { SyncReport } from "../identity-provider";
import { Refusal } from "../organization/act";
import { referenceProblems } from "../seed/references";
import { identityProviderSchema, type State } from "../seed/schema";
import { checkSeed } from "../seed/seed";
import { SeedError, zodProblems } from "../seed/seed-error";
import { switchesSchema } from "../switches";
import { applyUiChange } from "./ui-change";
import { uiRequest } from "./ui-request";

/** What the control routes need of the emulator around them. */
export interface Controls {
  readonly emulation: Emulation;
  readonly state: () => State;
  readonly replace: (state: State) => void;
  readonly sync: () => Promise<SyncReport>;
}

const providerSchema = identityProviderSchema.nullable();
const scheduleSchema = z.strictObject({ every: z.int().min(1).nullable() });
const advanceSchema = z.strictObject({ seconds: z.number().min(0) });
const switchesGiven = z.record(z.string(), z.unknown());
const someSwitches = switchesSchema.partial();

const PAGES = "Mozilla/5.0 (Amplitude's own pages)";

class ControlRefusal extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The request cannot be used: ${problems.join("; ")}`);
  }
}

/**
 * `/_emulator`: how a test or a demo arranges and watches the emulator. No credential: it is reached from
 * this machine only. What is refused comes back as `{ "error", "problems" }`.
 */
export function controlRoutes({ emulation, state, replace, sync }: Controls): Hono {
  const app = new Hono({ strict: false, router: new TrieRouter() });
  const body = async <T>(c: { req: { json(): Promise<unknown> } }, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) throw new ControlRefusal(zodProblems(parsed.error));
    return parsed.data;
  };

  app.get("/_emulator/state", (c) => c.json(state()));
  app.put("/_emulator/state", async (c) => {
    replace(checkSeed(await body(c, z.unknown())));
    return c.json({ replaced: true });
  });

  app.get("/_emulator/requests", (c) => c.json(emulation.requests));
  app.delete("/_emulator/requests", (c) => {
    emulation.requests.length = 0;
    return c.body(null, 204);
  });

  app.post("/_emulator/faults", async (c) => {
    const order = await body(c, faultSchema);
    emulation.faults.arm(order, emulation.organization);
    return c.json(order, 201);
  });
  app.delete("/_emulator/faults", (c) => {
    emulation.faults.clear();
    return c.body(null, 204);
  });

  app.put("/_emulator/idp", async (c) => {
    const provider = await body(c, providerSchema);
    const problems = referenceProblems({ ...state(), identityProvider: provider });
    if (problems.length > 0) throw new ControlRefusal(problems);
    const every = provider?.every ?? emulation.provider?.every ?? null;
    emulation.provider = provider === null ? null : { ...provider, every };
    return c.json(emulation.provider);
  });
  app.post("/_emulator/idp/sync", async (c) => c.json(await sync()));
  app.put("/_emulator/idp/schedule", async (c) => {
    const { every } = await body(c, scheduleSchema);
    if (emulation.provider === null)
      throw new Refusal("conflict", "There is no identity provider: PUT /_emulator/idp first.");
    emulation.provider = { ...emulation.provider, every };
    return c.json({ every });
  });

  app.post("/_emulator/ui", async (c) => {
    const { actor, change, ip } = await body(c, uiRequest);
    const { organization, switches, clock } = emulation;
    const by = { name: actor, ip, userAgent: PAGES, inPages: true as const };
    const shown = applyUiChange({ organization, switches, actor: by, at: clock.iso() }, change);
    emulation.faults.remember(organization);
    return c.json({ done: change.type, ...shown });
  });

  app.post("/_emulator/clock/advance", async (c) => {
    const { seconds } = await body(c, advanceSchema);
    if (!emulation.clock.virtual) {
      throw new Refusal(
        "conflict",
        "The clock is a real one: start with --virtual-clock or give the seed a clock.",
      );
    }
    emulation.clock.advance(seconds);
    return c.json({ now: emulation.clock.iso() });
  });

  app.get("/_emulator/switches", (c) => c.json(emulation.switches));
  app.put("/_emulator/switches", async (c) => {
    const raw = await body(c, switchesGiven);
    const parsed = someSwitches.safeParse(raw);
    if (!parsed.success) throw new ControlRefusal(zodProblems(parsed.error));
    // A switch that is not named stays as it is; parsing would have set it to its default.
    const given = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => name in raw));
    emulation.switches = { ...emulation.switches, ...given };
    return c.json(emulation.switches);
  });

  app.onError((error, c) => {
    if (error instanceof SeedError || error instanceof ControlRefusal)
      return c.json({ error: error.message, problems: error.problems }, 400);
    if (error instanceof Refusal) {
      const status = { "not-found": 404, conflict: 409, invalid: 400, forbidden: 403 }[
        error.reason
      ] as ContentfulStatusCode;
      return c.json({ error: error.message, problems: [error.message] }, status);
    }
    throw error;
  });
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}.`, problems: [] }, 404));
  return app;
}

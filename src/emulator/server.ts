import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createEmulator, type Emulator, type EmulatorOptions } from "./emulator";
import { exampleSeed } from "./seed/example-seed";
import type { Seed } from "./seed/schema";

/** An emulator that listens on 127.0.0.1. */
export interface RunningEmulator {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly emulator: Emulator;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** What to run, and where. */
export interface ServerOptions extends EmulatorOptions {
  /** By default the built-in example organization. */
  readonly seed?: Seed;
  /** 0, the default, picks a free one. */
  readonly port?: number;
}

/** Runs an emulator on a port of 127.0.0.1. Throws SeedError, or what the port says (EADDRINUSE). */
export async function startEmulator(options: ServerOptions = {}): Promise<RunningEmulator> {
  const emulator = createEmulator(options.seed ?? exampleSeed, options);
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: async (request: Request, { incoming }: { incoming: { socket: Socket } }) => {
      try {
        return await emulator.fetch(request);
      } catch {
        // A fault: the connection breaks, or the client has gone already.
        incoming.socket.resetAndDestroy();
        return new Response(null, { status: 500 });
      }
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    emulator,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import type { WriteApi } from "../../src/api/api";

/** How the client comes to send a pair's request, and what it makes of the answer. */
export interface Use {
  readonly call: (api: WriteApi) => Promise<unknown>;
  /** What the caller gets; or, for an answer that is a failure, the failure's facts. */
  readonly gives: unknown;
  /** Where our query differs from the pair's on purpose. */
  readonly query?: Record<string, string>;
  /** What a pair that shows only a part of the answer leaves out. */
  readonly whole?: Record<string, unknown>;
}

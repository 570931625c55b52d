import type { SessionOptions } from "./session";

/** What `apply` is told on its command line. */
export interface ApplyOptions extends SessionOptions {
  /** Saved plans: only steps that one of them holds, and whose facts are as they were, run. */
  readonly files?: readonly string[] | undefined;
  /** Whole digests of approved plans. */
  readonly expect?: readonly string[] | undefined;
  readonly yes?: boolean | undefined;
  /** There is no state although this program has written here before, and that is known. */
  readonly first?: boolean | undefined;
  /** Folder of receipts. */
  readonly evidence?: string | undefined;
  /** Goes on with what the latest receipt was approved for. */
  readonly resume?: boolean | undefined;
  /** How long to wait for the identity provider, in milliseconds. */
  readonly wait?: number | undefined;
  /** A new file for the values of keys whose store the environment does not name. */
  readonly keysOut?: string | undefined;
}

/** How one step ended. */
export type Outcome =
  "done" | "failed" | "waiting" | "by hand" | "later" | "refused" | "not approved" | "skipped" | "stopped";

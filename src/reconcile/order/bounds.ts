import type { Email, Rights } from "../../access";

/** Between what a plan moves: what people hold before it and after it, and who keeps administration. */
export interface Bounds {
  before(email: Email): Rights;
  after(email: Email): Rights;
  /** After it with the steps that are refused or that nobody approved, too; where there are none, the same value as `after`. */
  whole(email: Email): Rights;
  readonly administration: Administration;
}

export interface Administration {
  readonly minimum: number;
  /** Who never loses it: operator, break-glass accounts. */
  readonly kept: ReadonlySet<Email>;
  /** Everybody who administers before, after or in between. */
  readonly candidates: ReadonlySet<Email>;
}

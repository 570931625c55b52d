import type { Email, Model, Organization, Unread } from "../../access";
import type { Administration } from "./bounds";
import type { Gap } from "./gap";

/** From where to where, and what keeps the way safe. */
export interface Way {
  /** The organization when the run begins. */
  readonly before: Organization;
  /** The same with every step done, then synced. */
  readonly after: Model;
  /**
   * The same with what is refused or not approved, too; where that is nothing, `after`. Nobody loses on the way what the whole plan lets
   * them keep, or gains what only the part would give them: what a step that is held back was to take first.
   */
  readonly whole: Model;
  readonly unread: Unread;
  readonly administration: Administration;
  /** Whose steps can get in each other's way, over all steps of the plan. */
  readonly mixed: ReadonlySet<Email>;
  /** What is approved to be lost for a while. */
  readonly gaps: readonly Gap[];
}

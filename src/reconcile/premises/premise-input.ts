import type { Organization } from "../../access";
import type { Snapshot } from "../../resources";
import type { ConfirmedStep } from "../approval/confirmation";
import type { Policy } from "../desired/declaration";
import type { Administration } from "../order/bounds";
import type { LiveStep } from "../step";
import type { Told } from "../unread";

/** What a plan's facts are found from. */
export interface PremiseInput {
  readonly steps: readonly LiveStep[];
  /** The organization now, with what is confirmed by hand. */
  readonly before: Organization;
  readonly told: Told;
  readonly policy: Policy;
  readonly administration: Administration;
  readonly snapshot: Pick<Snapshot, "members" | "settings" | "administration">;
  readonly confirmed: readonly ConfirmedStep[];
}

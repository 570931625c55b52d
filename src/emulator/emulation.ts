import type { Clock } from "./clock";
import type { CostLimits } from "./cost-limit";
import type { Family } from "./families";
import type { Faults } from "./faults";
import type { Organization } from "./organization/organization";
import type { RateLimit } from "./rate-limit";
import type { IdentityProviderState } from "./seed/schema";
import type { Switches } from "./switches";

/** One request as Amplitude received it; control routes are not among them. */
export interface LoggedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** 0 where no answer went out (a reset, a timeout) or has gone out yet. */
  readonly status: number;
  readonly family: Family | "unknown";
  /** RFC 3339, on the emulator's clock. */
  readonly at: string;
}

/** Everything that changes while an emulator runs; one of these per emulator. */
export interface Emulation {
  organization: Organization;
  switches: Switches;
  provider: IdentityProviderState | null;
  readonly clock: Clock;
  readonly limits: Readonly<Record<Family, RateLimit>>;
  readonly costs: CostLimits;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
}

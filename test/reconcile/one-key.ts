import type { Seed } from "../../src/emulator";
import { harness, type Harness, type HarnessSettings } from "../support/harness";
import { organization } from "../support/organization";

/** Where the stack declares its key. */
export const address = "acme/amplitude_api_key.sync";
/** An Amplitude that has a management API, and no key. */
export const seed: Seed = organization()
  .people("jo@nova.agency", "marco@nova.agency")
  .project("Web")
  .switches({ management: "served" })
  .seed();
export const keys = "/api/2/organizations/7/api-keys";

/** A stack with one key. */
export const at = (generation: number, more: Readonly<Record<string, unknown>> = {}) => ({
  resources: {
    "amplitude_api_key.sync": {
      key_type: "secret",
      project_id: "501",
      label: "sync",
      generation,
      ...more,
    },
  },
});
export const siteOf = (more: Partial<HarnessSettings> = {}): Harness =>
  harness({ organization: seed, stack: at(1), ...more });
/** As Amplitude shows them. */
export const labels = (site: Harness): string[] => site.emulator.state().apiKeys.map(({ label }) => label);
export const name = (generation: number): string => `secret key sync of Web, generation ${generation}`;

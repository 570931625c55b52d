import { startEmulator } from "../../src/emulator";
import { providerAttributes, credentialAttributes } from "../../src/resources";
import { providerHandlers, resourceColumns } from "../../src/terraform/provider";
import { columnsOf, wireValue } from "../../src/terraform/value";
import { membershipSeed } from "./memberships";

export interface LimitedRow {
  readonly memberships: number;
  readonly groups: number;
  readonly requests: number;
  /** On the emulator's clock: waits for the limit, and latency. */
  readonly seconds: number;
  /** Of this process, the emulator's part included. */
  readonly cpuSeconds: number;
}

const TYPE = "amplitude_group_membership";
/** As many reads at once as core asks for. */
const PARALLELISM = 10;

/** Reads memberships as the refresh of a plan does, where each answer takes 50 ms and 100 requests a minute are allowed. */
export async function readUnderLimit(count: number): Promise<LimitedRow> {
  const { seed, memberships } = membershipSeed(count);
  const running = await startEmulator({ seed });
  try {
    await fetch(`${running.url}/_emulator/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ times: 1_000_000, fault: { type: "latency", ms: 50 } }),
    });
    const handlers = providerHandlers({
      AMPLITUDE_SCIM_KEY: "scim-us-acme",
      AMPLITUDE_BASE_URL: running.url,
      AMPLITUDE_EMULATOR_CLOCK: "1",
    });
    const block = wireValue(columnsOf({ ...providerAttributes, ...credentialAttributes }), { org_id: "7" });
    await handlers.ConfigureProvider({ config: block, terraform_version: "1" } as never);
    const columns = resourceColumns(TYPE);
    const states = memberships.map(({ group, email }) =>
      wireValue(columns, { group_id: group, email, status: "present", verified: true }),
    );
    const clock = (): number => Date.parse(running.emulator.state().clock ?? "");
    const [began, cpu] = [clock(), process.cpuUsage()];
    const first = running.emulator.requests.length;
    const readers = Array.from({ length: PARALLELISM }, async () => {
      for (let state = states.pop(); state !== undefined; state = states.pop()) {
        const request = { type_name: TYPE, current_state: state, private: new Uint8Array() };
        const { diagnostics = [] } = await handlers.ReadResource(request as never);
        if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
      }
    });
    await Promise.all(readers);
    const { user, system } = process.cpuUsage(cpu);
    return {
      memberships: count,
      groups: seed.groups?.length ?? 0,
      requests: running.emulator.requests.length - first,
      seconds: (clock() - began) / 1000,
      cpuSeconds: (user + system) / 1e6,
    };
  } finally {
    await running.close();
  }
}

import { startEmulator, type LoggedRequest, type RunningEmulator, type Seed } from "../../src/emulator";
import type { Values } from "../../src/lifecycle";
import { credentialAttributes, providerAttributes } from "../../src/resources";
import type { ProviderHandlers } from "../../src/terraform/plugin/rpc";
import { providerHandlers, resourceColumns } from "../../src/terraform/provider";
import { columnsOf, readValue, wireValue, type WireValue } from "../../src/terraform/value";

const credentials = {
  scimKey: "scim-us-acme",
  orgApiKey: "org-us-acme",
  orgSecretKey: "secret-us-acme",
  token: "token-us-acme",
};
const blockColumns = columnsOf({ ...providerAttributes, ...credentialAttributes });
const NONE = new Uint8Array();

/** What an answer came to. */
export interface Told {
  readonly state: Values | undefined;
  /** `error: jo@nova.agency exists already: Nothing was written. ...` */
  readonly said: readonly string[];
}

interface Planned extends Told {
  readonly replaces: readonly string[];
  readonly private: Uint8Array;
}

type Diagnostics = readonly {
  readonly severity?: number;
  readonly summary?: string;
  readonly detail?: string;
}[];

/**
 * Core's part towards one provider and one emulated organization, in this process: for what takes no binary to be seen. Everything goes through
 * the values of the wire, and what breaks a rule of core is an error.
 */
export class Core {
  readonly #handlers: ProviderHandlers;
  readonly #env: Readonly<Record<string, string | undefined>>;

  private constructor(
    readonly emulator: RunningEmulator,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.#env = env;
    const served = emulator.emulator.state().switches.management === "served";
    this.#handlers = providerHandlers({
      AMPLITUDE_SCIM_KEY: credentials.scimKey,
      AMPLITUDE_ORG_API_KEY: credentials.orgApiKey,
      AMPLITUDE_ORG_SECRET_KEY: credentials.orgSecretKey,
      AMPLITUDE_TOKEN: credentials.token,
      AMPLITUDE_BASE_URL: emulator.url,
      AMPLITUDE_EMULATOR_CLOCK: "1",
      AMPLITUDE_TERRAFORM_ASSERT: "1",
      ...(served ? { AMPLITUDE_MANAGEMENT_URL: emulator.url } : {}),
      ...env,
    });
  }

  /** A provider of the seed's organization, configured. */
  static async start(seed: Seed, env: Readonly<Record<string, string | undefined>> = {}): Promise<Core> {
    const core = new Core(await startEmulator({ seed: { ...seed, credentials } }), env);
    await core.configure({ org_id: "7" });
    return core;
  }

  /** Another process of the same provider: it has read nothing. */
  async another(): Promise<Core> {
    const core = new Core(this.emulator, this.#env);
    await core.configure({ org_id: "7" });
    return core;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  async configure(block: Values): Promise<readonly string[]> {
    const answer = await this.#handlers.ConfigureProvider({
      config: sent(wireValue(blockColumns, block)),
      terraform_version: "1.11.4",
    } as never);
    return told(answer.diagnostics);
  }

  async plan(
    type: string,
    prior: Values | undefined,
    config: Values | undefined,
    privately: Uint8Array = NONE,
  ): Promise<Planned> {
    const columns = resourceColumns(type);
    const answer = await this.#handlers.PlanResourceChange({
      type_name: type,
      prior_state: sent(wireValue(columns, prior)),
      proposed_new_state: sent(wireValue(columns, config)),
      config: sent(wireValue(columns, config)),
      prior_private: privately,
    } as never);
    return {
      state: value(type, answer.planned_state),
      said: told(answer.diagnostics),
      replaces: (answer.requires_replace ?? []).flatMap(({ steps = [] }) =>
        steps.map(({ attribute_name: name = "" }) => name),
      ),
      private: answer.planned_private ?? NONE,
    };
  }

  /** Plans and applies; what the plan refuses is not applied. */
  async apply(type: string, prior: Values | undefined, config: Values | undefined): Promise<Told> {
    const planned = await this.plan(type, prior, config);
    if (planned.said.some((line) => line.startsWith("error"))) return planned;
    return this.carryOut(type, prior, planned.state, config, planned.private);
  }

  /** Applies what was planned. */
  async carryOut(
    type: string,
    prior: Values | undefined,
    planned: Values | undefined,
    config: Values | undefined,
    privately: Uint8Array = NONE,
  ): Promise<Told> {
    const columns = resourceColumns(type);
    const answer = await this.#handlers.ApplyResourceChange({
      type_name: type,
      prior_state: sent(wireValue(columns, prior)),
      planned_state: sent(wireValue(columns, planned)),
      config: sent(wireValue(columns, config)),
      planned_private: privately,
    } as never);
    return { state: value(type, answer.new_state), said: told(answer.diagnostics) };
  }

  async read(type: string, state: Values, privately: Uint8Array = NONE): Promise<Told> {
    const answer = await this.#handlers.ReadResource({
      type_name: type,
      current_state: sent(wireValue(resourceColumns(type), state)),
      private: privately,
    } as never);
    return { state: value(type, answer.new_state), said: told(answer.diagnostics) };
  }

  /** Imports, and reads what was imported as core does. */
  async import(type: string, id: string): Promise<Told> {
    const answer = await this.#handlers.ImportResourceState({ type_name: type, id });
    const [imported] = answer.imported_resources ?? [];
    const said = told(answer.diagnostics);
    if (imported === undefined) return { state: undefined, said };
    const state = value(type, imported.state) ?? {};
    const read = await this.read(type, state, imported.private);
    return { state: read.state, said: [...said, ...read.said] };
  }

  async control(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.emulator.url}/_emulator/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** What Amplitude was asked to change since the last time. */
  writes(): string[] {
    return (this.emulator.emulator.requests as LoggedRequest[])
      .splice(0)
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
  }
}

function sent({ msgpack }: WireValue): WireValue {
  return { msgpack, json: NONE };
}

function value(type: string, answered: unknown): Values | undefined {
  return readValue(resourceColumns(type), answered as WireValue | undefined);
}

function told(diagnostics: unknown): string[] {
  return ((diagnostics ?? []) as Diagnostics).map(
    ({ severity, summary, detail }) => `${severity === 1 ? "error" : "warning"}: ${summary}: ${detail}`,
  );
}

import type { Environment } from "../api";
import { validateAttributes, validateLookup, type Values } from "../lifecycle";
import { credentialAttributes, kindOf, kinds, providerAttributes, terraformLookups } from "../resources";
import { DiagnosticError, problem } from "../schema";
import { blockSchema } from "./block-schema";
import { connectionOf, type Configured } from "./connection";
import { holdingCoreRules } from "./core-rules";
import { readData } from "./data-source";
import { diagnosticsOf, wireDiagnostics } from "./diagnostics";
import { log } from "./plugin/log";
import type { Calls } from "./plugin/grpc-server";
import { unaryCalls, type ProviderHandlers } from "./plugin/rpc";
import { Resource, SCHEMA_VERSION } from "./resource";
import { Stop } from "./stop";
import { columnsOf, readValue, wireValue, type Columns } from "./value";

const capabilities = {
  plan_destroy: true,
  get_provider_schema_optional: true,
  move_resource_state: false,
};

/** The attributes of a resource type as they are on the wire. */
export function resourceColumns(type: string): Columns {
  return columnsOf(kindOf(type)?.attributes ?? {});
}

/** The same as bytes, by the path of each call. */
export function providerCalls(env: Environment): Calls {
  return unaryCalls(providerHandlers(env));
}

/** The provider: what it answers to each call of core's, over one connection. */
export function providerHandlers(env: Environment): ProviderHandlers {
  const blockAttributes = { ...providerAttributes, ...credentialAttributes };
  const blockColumns = columnsOf(blockAttributes);
  const stop = new Stop();
  let configured: Configured = "not known yet";
  const resources = new Map(kinds.map((kind) => [kind.type, new Resource(kind, () => configured)]));
  const sources = new Map(
    terraformLookups.map((lookup) => [lookup.type, { lookup, columns: columnsOf(lookup.attributes) }]),
  );
  const resource = (type: string): Resource => found(resources, type, "resource");
  const source = (type: string) => found(sources, type, "data source");

  const handlers: ProviderHandlers = {
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: [...resources.keys()].map((type_name) => ({ type_name })),
      data_sources: [...sources.keys()].map((type_name) => ({ type_name })),
    }),
    GetProviderSchema: () => ({
      provider: blockSchema(blockColumns, "Who may do what in an Amplitude organization."),
      resource_schemas: Object.fromEntries(
        [...resources].map(([type, { kind, columns }]) => [
          type,
          blockSchema(columns, kind.description, SCHEMA_VERSION),
        ]),
      ),
      data_source_schemas: Object.fromEntries(
        [...sources].map(([type, { lookup, columns }]) => [type, blockSchema(columns, lookup.description)]),
      ),
      server_capabilities: capabilities,
    }),
    GetFunctions: () => ({}),
    ValidateProviderConfig: ({ config }) => {
      const values = readValue(blockColumns, config) ?? {};
      return {
        diagnostics: wireDiagnostics(validateAttributes("the amplitude provider", blockAttributes, values)),
      };
    },
    ConfigureProvider: ({ config, terraform_version: version }) =>
      answered("configure the provider", () => {
        log("debug", "configure", { terraform: version });
        configured = connectionOf(readValue(blockColumns, config) ?? {}, env, stop);
        return {};
      }),
    ValidateResourceConfig: ({ type_name: type, config }) =>
      answered(`validate ${type}`, () => ({ diagnostics: resource(type).validate(config) })),
    ValidateDataResourceConfig: ({ type_name: type, config }) =>
      answered(`validate data.${type}`, () => {
        const { lookup, columns } = source(type);
        return { diagnostics: wireDiagnostics(validateLookup(lookup, readValue(columns, config) ?? {})) };
      }),
    UpgradeResourceState: ({ type_name: type, version, raw_state: raw }) =>
      answered(`upgrade the state of ${type}`, () => resource(type).upgrade(version, raw?.json)),
    PlanResourceChange: (request) =>
      answered(`plan ${request.type_name}`, () => resource(request.type_name).plan(request)),
    ApplyResourceChange: (request) =>
      answered(`apply ${request.type_name}`, () => resource(request.type_name).apply(request)),
    ReadResource: (request) =>
      answered(`read ${request.type_name}`, () => resource(request.type_name).read(request)),
    ImportResourceState: ({ type_name: type, id }) =>
      answered(`import ${type}`, () => resource(type).import(id)),
    MoveResourceState: ({ source_type_name: from, target_type_name: to }) =>
      answered(`move ${from} to ${to}`, () => {
        throw new DiagnosticError([
          problem(
            `A ${from} cannot become a ${to}`,
            "Only the name of a resource can move. Remove the one with a `removed` block, and import the other.",
          ),
        ]);
      }),
    ReadDataSource: ({ type_name: type, config }) =>
      answered(`read data.${type}`, async () => {
        const { lookup, columns } = source(type);
        const values: Values = readValue(columns, config) ?? {};
        const { state, diagnostics } = await readData(lookup, values, configured);
        return { state: wireValue(columns, state), diagnostics: wireDiagnostics(diagnostics) };
      }),
    StopProvider: () => {
      stop.ask();
      return {};
    },
  };
  const asserted = env["AMPLITUDE_TERRAFORM_ASSERT"] === "1";
  return asserted
    ? holdingCoreRules(
        handlers,
        (what, type) => (what === "resource" ? resource(type) : source(type)).columns,
      )
    : handlers;
}

function found<T>(all: ReadonlyMap<string, T>, type: string, what: string): T {
  const one = all.get(type);
  if (one === undefined) throw new Error(`There is no ${what} ${type}.`);
  return one;
}

/** Problems that a person can act on are an answer; core shows them at their place. */
async function answered<R extends { readonly diagnostics?: unknown }>(
  what: string,
  answer: () => R | Promise<R>,
): Promise<R> {
  try {
    return await answer();
  } catch (error) {
    return { diagnostics: wireDiagnostics(diagnosticsOf(what, error)) } as unknown as R;
  }
}

import { bytes, flag, integer, list, mapOf, message, one, present, text } from "./protobuf";

/**
 * Plugin protocol 6: the messages that this provider sends and reads, by their published names and numbers
 * (https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol). Nested blocks, nested attributes, ephemeral resources, identities,
 * lists, actions and state stores are left out: the schema has none.
 */

const Empty = message({});
export const DynamicValue = message({ msgpack: bytes(1), json: bytes(2) });

const PathStep = message({
  attribute_name: present(text(1)),
  element_key_string: present(text(2)),
  element_key_int: present(integer(3)),
});
export const AttributePath = message({ steps: list(one(1, PathStep)) });

/** `severity`: 1 error, 2 warning. */
export const Diagnostic = message({
  severity: integer(1),
  summary: text(2),
  detail: text(3),
  attribute: one(4, AttributePath),
});
const Diagnostics = list(one(1, Diagnostic));

const RawState = message({ json: bytes(1), flatmap: mapOf(text(2)) });

const SchemaAttribute = message({
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: flag(4),
  optional: flag(5),
  computed: flag(6),
  sensitive: flag(7),
  description_kind: integer(8),
  deprecated: flag(9),
});
const Block = message({
  version: integer(1),
  attributes: list(one(2, SchemaAttribute)),
  description: text(4),
  description_kind: integer(5),
});
export const Schema = message({ version: integer(1), block: one(2, Block) });

const ServerCapabilities = message({
  plan_destroy: flag(1),
  get_provider_schema_optional: flag(2),
  move_resource_state: flag(3),
});
const ClientCapabilities = message({ deferral_allowed: flag(1), write_only_attributes_allowed: flag(2) });
const TypeName = message({ type_name: text(1) });

const GetMetadataResponse = message({
  server_capabilities: one(1, ServerCapabilities),
  diagnostics: list(one(2, Diagnostic)),
  data_sources: list(one(3, TypeName)),
  resources: list(one(4, TypeName)),
});
const GetProviderSchemaResponse = message({
  provider: one(1, Schema),
  resource_schemas: mapOf(one(2, Schema)),
  data_source_schemas: mapOf(one(3, Schema)),
  diagnostics: list(one(4, Diagnostic)),
  server_capabilities: one(6, ServerCapabilities),
});

const ConfigRequest = message({
  type_name: text(1),
  config: one(2, DynamicValue),
  client_capabilities: one(3, ClientCapabilities),
});
const DiagnosticsResponse = message({ diagnostics: Diagnostics });

const PlanResourceChangeRequest = message({
  type_name: text(1),
  prior_state: one(2, DynamicValue),
  proposed_new_state: one(3, DynamicValue),
  config: one(4, DynamicValue),
  prior_private: bytes(5),
});
const PlanResourceChangeResponse = message({
  planned_state: one(1, DynamicValue),
  requires_replace: list(one(2, AttributePath)),
  planned_private: bytes(3),
  diagnostics: list(one(4, Diagnostic)),
});
const ApplyResourceChangeRequest = message({
  type_name: text(1),
  prior_state: one(2, DynamicValue),
  planned_state: one(3, DynamicValue),
  config: one(4, DynamicValue),
  planned_private: bytes(5),
});
const ApplyResourceChangeResponse = message({
  new_state: one(1, DynamicValue),
  private: bytes(2),
  diagnostics: list(one(3, Diagnostic)),
});
const ReadResourceRequest = message({
  type_name: text(1),
  current_state: one(2, DynamicValue),
  private: bytes(3),
});
const ReadResourceResponse = message({
  new_state: one(1, DynamicValue),
  diagnostics: list(one(2, Diagnostic)),
  private: bytes(3),
});
const ImportedResource = message({ type_name: text(1), state: one(2, DynamicValue), private: bytes(3) });

const rpc = <Request, Response>(request: Request, response: Response) => ({ request, response });

/** The calls that are answered, by path. Whatever else is called is answered as unimplemented, which core takes for absent. */
export const provider = {
  GetMetadata: rpc(Empty, GetMetadataResponse),
  GetProviderSchema: rpc(Empty, GetProviderSchemaResponse),
  GetFunctions: rpc(Empty, message({ diagnostics: list(one(2, Diagnostic)) })),
  ValidateProviderConfig: rpc(
    message({ config: one(1, DynamicValue) }),
    message({ diagnostics: list(one(2, Diagnostic)) }),
  ),
  ValidateResourceConfig: rpc(ConfigRequest, DiagnosticsResponse),
  ValidateDataResourceConfig: rpc(ConfigRequest, DiagnosticsResponse),
  UpgradeResourceState: rpc(
    message({ type_name: text(1), version: integer(2), raw_state: one(3, RawState) }),
    message({ upgraded_state: one(1, DynamicValue), diagnostics: list(one(2, Diagnostic)) }),
  ),
  ConfigureProvider: rpc(
    message({ terraform_version: text(1), config: one(2, DynamicValue) }),
    DiagnosticsResponse,
  ),
  ReadResource: rpc(ReadResourceRequest, ReadResourceResponse),
  PlanResourceChange: rpc(PlanResourceChangeRequest, PlanResourceChangeResponse),
  ApplyResourceChange: rpc(ApplyResourceChangeRequest, ApplyResourceChangeResponse),
  ImportResourceState: rpc(
    message({ type_name: text(1), id: text(2) }),
    message({ imported_resources: list(one(1, ImportedResource)), diagnostics: list(one(2, Diagnostic)) }),
  ),
  MoveResourceState: rpc(
    message({
      source_provider_address: text(1),
      source_type_name: text(2),
      source_schema_version: integer(3),
      source_state: one(4, RawState),
      target_type_name: text(5),
      source_private: bytes(6),
    }),
    message({
      target_state: one(1, DynamicValue),
      diagnostics: list(one(2, Diagnostic)),
      target_private: bytes(3),
    }),
  ),
  ReadDataSource: rpc(
    message({ type_name: text(1), config: one(2, DynamicValue) }),
    message({ state: one(1, DynamicValue), diagnostics: list(one(2, Diagnostic)) }),
  ),
  StopProvider: rpc(Empty, message({ Error: text(1) })),
} as const;

export type ProviderRpcs = typeof provider;

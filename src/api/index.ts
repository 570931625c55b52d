export { addressIn } from "./address";
export * from "./api";
export { auditLogKeptMs, auditLogRequests } from "./audit-log";
export { defaultIdpShare, ourShare, scimRequestsPerMinute } from "./budget";
export { connect, type ConnectOptions } from "./connect";
export { readCredentials, type Access, type Environment } from "./credentials";
export { ensure, type Ensured, type Ensuring } from "./ensure";
export * from "./failure";
export { amplitudeHosts } from "./hosts";
export type { ReadPrivateText } from "./project-keys";
export {
  propertyRecord,
  propertyType,
  type PropertyChange,
  type PropertyPlace,
  type PropertyRead,
  type PropertyRecord,
  type PropertyType,
  type PropertyWrite,
} from "./property";
export * from "./records";
export { quote, Secret } from "./secret";
export type { Sent } from "./transport";
export { userManagementPage } from "./user-management";
export { unknownRow, type UnknownRow } from "./unknown-row";
export { version } from "./version";

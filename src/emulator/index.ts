/** A stand-in for Amplitude and for an identity provider; imports nothing else of this project. */
export { createEmulator, type Emulator, type EmulatorOptions } from "./emulator";
export { startEmulator, type RunningEmulator, type ServerOptions } from "./server";
export { projectKeysText } from "./organization/project-keys";
export { parseSeed } from "./seed/seed";
export { SeedError } from "./seed/seed-error";
export { exampleSeed } from "./seed/example-seed";
export { uiChanges } from "./control/ui-request";
export { syncChanges, type SyncReport } from "./identity-provider";
export { defaultSwitches, type Switches } from "./switches";
export type { LoggedRequest } from "./emulation";
export type { Seed, State } from "./seed/schema";

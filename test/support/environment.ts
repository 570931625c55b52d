import type { Family } from "../../src/api";
import type { Emulator } from "../../src/emulator";

const host = "127.0.0.1";

/** Credentials and hosts, as a run finds them. `without`: families that have none. */
export function environment(emulator: Emulator, without: readonly Family[]): Record<string, string> {
  const { scimKey, orgApiKey, orgSecretKey, token } = emulator.state().credentials;
  const variables: readonly (readonly [Family, string, string | undefined])[] = [
    ["scim", "AMPLITUDE_SCIM_KEY", scimKey],
    ["user-management", "AMPLITUDE_ORG_API_KEY", orgApiKey],
    ["user-management", "AMPLITUDE_ORG_SECRET_KEY", orgSecretKey],
    ["developer", "AMPLITUDE_TOKEN", token],
    ["taxonomy", "AMPLITUDE_PROJECT_KEYS_FILE", "keys.json"],
  ];
  const env: Record<string, string> = {
    AMPLITUDE_BASE_URL: `http://${host}`,
    AMPLITUDE_EMULATOR_CLOCK: "1",
  };
  if (emulator.state().switches.management === "served" && !without.includes("management"))
    env["AMPLITUDE_MANAGEMENT_URL"] = `http://${host}`;
  for (const [family, name, value] of variables) {
    if (value !== undefined && !without.includes(family)) env[name] = value;
  }
  return env;
}

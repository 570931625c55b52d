import { defaultProjectKeys } from "../authentication";
import type { State } from "../seed/schema";

/**
 * Key pairs of an organization's projects as a client's file holds them, `{"288501": {"api_key": ..., "secret_key": ...}}`.
 * @param only ids of projects; all where it is left out
 */
export function projectKeysText({ organization, projects }: State, only?: readonly number[]): string {
  const pairs = projects
    .filter(({ id }) => only === undefined || only.includes(id))
    .map(({ id, keys = defaultProjectKeys(organization.region, id) }) => [
      String(id),
      { api_key: keys.apiKey, secret_key: keys.secretKey },
    ]);
  return JSON.stringify(Object.fromEntries(pairs));
}

import { resolve } from "node:path";
import type { Environment } from "../api";
import type { KeySink } from "../resources";
import { KeyFile } from "./key-file";
import { KeyStores } from "./key-stores";

/**
 * Where values of new keys go: to the store that the stack names, where the operator's environment says what that is, else into the file
 * of `--keys-out`, else nowhere.
 *
 * @param keysOut path of a new file
 * @param credentials names the set of variables, as for every credential
 */
export function keySink(
  keysOut: string | undefined,
  credentials: string | undefined,
  { env, directory }: { readonly env: Environment; readonly directory: string },
): KeySink & { close(): Promise<void> } {
  const variable = `AMPLITUDE_${credentials === undefined ? "" : `${credentials}_`}KEY_STORES`;
  const path = env[variable]?.trim() ?? "";
  const stores = path === "" ? undefined : new KeyStores(resolve(directory, path), variable, env);
  const file = keysOut === undefined ? undefined : new KeyFile(resolve(directory, keysOut));
  const storeOf = async (store: string | undefined): Promise<KeyStores | undefined> =>
    store !== undefined && (await stores?.has(store)) === true ? stores : undefined;
  return {
    async refusal({ store = "" }) {
      const known = await storeOf(store);
      if (known !== undefined) return await known.refusal(store);
      if (file !== undefined) return await file.refusal();
      const named = store === "" ? "It names no store" : `Nothing says what the store ${store} is`;
      return `${named}: name its command in the file of ${variable}, or give --keys-out FILE.`;
    },
    async put(key, value) {
      const known = await storeOf(key.store);
      if (known !== undefined) return await known.put(key.store ?? "", key, value);
      if (file === undefined) throw new Error("there is nowhere to put it");
      await file.put(key, value);
    },
    close: async () => await file?.close(),
  };
}

import type { KeySink } from "../../src/resources";

/** Puts every value into a map, under its key's id. */
export function keeping(values: Map<string, string>): KeySink {
  return {
    refusal: () => Promise.resolve(undefined),
    put({ id }, value) {
      values.set(id, value.reveal());
      return Promise.resolve();
    },
  };
}

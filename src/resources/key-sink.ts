import type { Secret } from "../api";

/** What is known of a key before it is made. */
export interface PendingKey {
  /** As declared, without the generation. */
  readonly label: string;
  /** `project`, `organization`, `govern` or `secret` (playbook, "API Key Types"). */
  readonly keyType: string;
  /** Name of its project; undefined: of the organization. */
  readonly project?: string;
  readonly generation: number;
  /** Label of where its value belongs; the operator says what that is. */
  readonly store?: string;
}

/** A key that was made just now. */
export interface NewKey extends PendingKey {
  /** Amplitude's id. */
  readonly id: string;
}

/** Where values of new keys go. Each is seen once, so that whoever runs steps asks first, and creates no key that is refused. */
export interface KeySink {
  /** Why there is nowhere to put the value, as a sentence; undefined when there is. */
  refusal(key: PendingKey): Promise<string | undefined>;
  /** When it returns, the value is where it belongs, also after a power cut. Throws otherwise; no error holds the value. */
  put(key: NewKey, value: Secret): Promise<void>;
}

/** Takes nothing: no key is made. */
export const noSink: KeySink = {
  refusal: () => Promise.resolve("Nothing says where its value is to go."),
  put: () => Promise.reject(new Error("Nothing says where its value is to go.")),
};

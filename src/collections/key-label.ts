import type { ApiKey } from "../access";
import type { ApiKeyRecord } from "../api";
import { canonicalName } from "../schema";

/*
 * Amplitude gives a key a label and nothing else to tell it by, so that the label carries the generation. The first one has none, so
 * that a key which is there already can be taken over.
 */

const NUMBERED = /^(.+) #([1-9]\d*)$/;

/** How Amplitude shows a key: `nova-sync`, and from the second generation on `nova-sync #2`. */
export function liveLabel(label: string, generation: number): string {
  return generation === 1 ? label : `${label} #${generation}`;
}

/** The label and generation behind what Amplitude shows. `nova-sync #1` is nobody's way of writing: it is a label of its own. */
export function generationOf(shown: string): { readonly label: string; readonly generation: number } {
  const [, label = "", number = ""] = NUMBERED.exec(shown) ?? [];
  const generation = Number(number);
  return generation > 1 && Number.isSafeInteger(generation)
    ? { label, generation }
    : { label: shown, generation: 1 };
}

/** A listed key as the model of the organization knows it. */
export function keyOfRecord({ id, type, projectId, label, createdAt }: ApiKeyRecord): ApiKey {
  return {
    id,
    keyType: type,
    ...(projectId === undefined ? {} : { projectId }),
    ...generationOf(canonicalName(label)),
    createdAt,
  };
}

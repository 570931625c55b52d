import { noSink, type KeySink } from "../../resources";
import type { LiveStep } from "../step";

/**
 * Why keys of a plan cannot be made, by step: there is nowhere to put their values. Asked before anything is written, because a key
 * whose value is lost helps nobody.
 */
export async function withoutSink(
  steps: readonly LiveStep[],
  { sink = noSink, approved }: { readonly sink?: KeySink; readonly approved?: ReadonlySet<string> },
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const { step, operation } of steps) {
    if (step.actor !== "write" || (approved !== undefined && !approved.has(step.id))) continue;
    const key = operation.seenOnce?.(step.values, step.facts);
    const refusal = key && (await sink.refusal(key));
    if (refusal !== undefined)
      refused.set(step.id, `it is not made, because there is nowhere to put its value: ${refusal}`);
  }
  return refused;
}

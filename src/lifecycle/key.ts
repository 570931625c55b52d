import type { Kind } from "../resources";
import type { Values } from "./compare";
import { canonicalText } from "./compare";

/**
 * The natural key of an instance, as text: the canonical key attributes, percent-encoded, joined by `/`. Ids stand for
 * what exists, so that a rename re-keys nothing; `~name` stands for what does not exist yet.
 */
export function keyOf(kind: Kind, values: Values): string {
  return kind.key
    .map((name) => {
      const attribute = kind.attributes[name];
      return encodeURIComponent((attribute && canonicalText(attribute, values[name])) ?? "");
    })
    .join("/");
}

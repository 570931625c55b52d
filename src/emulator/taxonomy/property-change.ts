import { Refusal } from "../organization/act";
import { classificationList } from "../seed/managed-records";
import type { PropertyState } from "../seed/schema";

/**
 * What a form changes about a property's visibility: `is_hidden`, and `classifications` as a text with commas
 * (https://amplitude.com/docs/apis/analytics/taxonomy, "Update a user property"). Throws Refusal for other values.
 */
export function propertyChange(
  form: URLSearchParams,
): Partial<Pick<PropertyState, "hidden" | "classifications">> {
  const hidden = form.get("is_hidden");
  const names = form.get("classifications");
  if (hidden !== null && hidden !== "true" && hidden !== "false")
    throw new Refusal("invalid", "is_hidden is true or false.");
  const listed = names
    ?.split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const classifications = classificationList.safeParse(listed ?? []);
  if (!classifications.success)
    throw new Refusal("invalid", "Valid classifications are PII, SENSITIVE and REVENUE.");
  return {
    ...(hidden === null ? {} : { hidden: hidden === "true" }),
    ...(listed === undefined ? {} : { classifications: classifications.data }),
  };
}

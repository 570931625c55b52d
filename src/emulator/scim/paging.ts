import { Refusal } from "../organization/act";
import type { Switches } from "../switches";

/** A page that SCIM is asked for; `startIndex` counts from 1. */
export interface Page {
  readonly startIndex: number;
  readonly itemsPerPage: number;
}

const MAX = 100;

/**
 * Reads `startIndex` (default 1) and `itemsPerPage` (default and maximum 100, not the standard's `count`):
 * https://amplitude.com/docs/apis/analytics/scim. Throws Refusal for what is no number and, switch
 * scim-items-per-page-over-max, for more than 100.
 */
export function pageOf(query: (name: string) => string | undefined, switches: Switches): Page {
  const startIndex = Math.max(1, integer("startIndex", query("startIndex"), 1));
  const itemsPerPage = Math.max(0, integer("itemsPerPage", query("itemsPerPage"), MAX));
  if (itemsPerPage > MAX && switches["scim-items-per-page-over-max"] === "400") {
    throw new Refusal("invalid", `itemsPerPage is at most ${MAX}.`);
  }
  return { startIndex, itemsPerPage: Math.min(MAX, itemsPerPage) };
}

/** A ListResponse with the rows of one page. */
export function listResponse<T>(page: Page, all: readonly T[], toResource: (item: T) => object): object {
  const from = page.startIndex - 1;
  return {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    startIndex: page.startIndex,
    itemsPerPage: page.itemsPerPage,
    totalResults: all.length,
    Resources: all.slice(from, from + page.itemsPerPage).map(toResource),
  };
}

function integer(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  if (!/^-?\d+$/.test(text)) throw new Refusal("invalid", `${name} is not a whole number: ${text}`);
  return Number(text);
}

import type { Clock } from "./clock";

/** What a limit of costs allows: 0 is no limit. */
export interface CostBounds {
  readonly concurrent: number;
  readonly perHour: number;
}

/** A place among what runs, or why there is none; `seconds` to wait where waiting is known to help. */
export type CostTurn =
  { readonly end: () => void } | { readonly exceeded: "concurrent" | "hour"; readonly seconds?: number };

/** Counts the cost of what each project asks for, at once and over the last hour. */
export interface CostLimits {
  take(project: number, cost: number, bounds: CostBounds): CostTurn;
  reset(): void;
}

const HOUR = 3_600_000;

/**
 * Limits per project, by cost: so much at the same time, so much an hour (https://amplitude.com/docs/apis/analytics/taxonomy, "Limits").
 * What kind of window the hour is, is undocumented: here every cost is free again an hour later.
 */
export function createCostLimits(clock: Clock): CostLimits {
  const projects = new Map<number, { running: number; spent: { at: number; cost: number }[] }>();
  return {
    take(project, cost, { concurrent, perHour }) {
      const now = clock.now();
      const of = projects.get(project) ?? { running: 0, spent: [] };
      projects.set(project, of);
      of.spent = of.spent.filter(({ at }) => at > now - HOUR);
      if (concurrent > 0 && of.running + cost > concurrent) return { exceeded: "concurrent" };
      const used = of.spent.reduce((sum, one) => sum + one.cost, 0);
      if (perHour > 0 && used + cost > perHour) {
        const oldest = of.spent[0]?.at ?? now;
        return { exceeded: "hour", seconds: Math.max(1, Math.ceil((oldest + HOUR - now) / 1000)) };
      }
      of.running += cost;
      of.spent.push({ at: now, cost });
      return {
        end: () => {
          of.running -= cost;
        },
      };
    },
    reset() {
      projects.clear();
    },
  };
}

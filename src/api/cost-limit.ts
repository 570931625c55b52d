import type { OnWait } from "./budget";
import type { Clock } from "./clock";
import type { Call } from "./exchange";

/** Cost that a project's key pair may run at the same time, and in an hour: https://amplitude.com/docs/apis/analytics/taxonomy, "Limits". */
export const taxonomyCosts = { concurrent: 4, perHour: 7200, read: 1, write: 2 } as const;

const hourMs = 3_600_000;

/** Keeps to limits that count costs. */
export interface CostLimit {
  /** Sends when the project's limits allow it. Calls of families without such limits are sent at once. */
  within<T>(call: Pick<Call, "family" | "method" | "project">, send: () => Promise<T>): Promise<T>;
}

interface ProjectCosts {
  running: number;
  readonly spent: { readonly at: number; readonly cost: number }[];
  /** Whose turn comes next waits for whose turn came before. */
  queue: Promise<void>;
  /** Wakes who waits for something to end. */
  ended: () => void;
}

/** The limits of the Taxonomy API, per project, in the order in which they are asked for. */
export function costLimitOf(clock: Clock, onWait: OnWait): CostLimit {
  const projects = new Map<string, ProjectCosts>();

  const turn = async (project: string, of: ProjectCosts, cost: number): Promise<void> => {
    for (;;) {
      if (of.running + cost > taxonomyCosts.concurrent) {
        await new Promise<void>((wake) => (of.ended = wake));
        continue;
      }
      const now = clock.now();
      while (of.spent[0] !== undefined && of.spent[0].at <= now - hourMs) of.spent.shift();
      let free = taxonomyCosts.perHour - of.spent.reduce((sum, one) => sum + one.cost, 0);
      if (free >= cost) {
        of.spent.push({ at: now, cost });
        of.running += cost;
        return;
      }
      let until = now;
      for (const one of of.spent) {
        if (free >= cost) break;
        free += one.cost;
        until = one.at + hourMs;
      }
      const why = `project ${project}: its key pair may spend a cost of ${taxonomyCosts.perHour} an hour`;
      onWait(Math.ceil((until - now) / 1000), why);
      await clock.sleep(until - now);
    }
  };

  return {
    async within({ family, method, project = "" }, send) {
      if (family !== "taxonomy") return send();
      const of = projects.get(project) ?? {
        running: 0,
        spent: [],
        queue: Promise.resolve(),
        ended: () => undefined,
      };
      projects.set(project, of);
      const cost = method === "GET" ? taxonomyCosts.read : taxonomyCosts.write;
      const mine = of.queue.then(() => turn(project, of, cost));
      // One who gave up waiting does not stop the queue.
      of.queue = mine.catch(() => undefined);
      await mine;
      try {
        return await send();
      } finally {
        of.running -= cost;
        of.ended();
      }
    },
  };
}

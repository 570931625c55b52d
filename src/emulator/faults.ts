import { z } from "zod";
import type { Organization } from "./organization/organization";

/** What goes wrong. */
export const faultSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.string().min(1).default("*"),
      /** `*` stands for one segment or a part of one, `**` for any number of them. */
      path: z.string().min(1).default("/**"),
    })
    .prefault({}),
  times: z.int().min(1).default(1),
  skip: z.int().min(0).default(0),
  fault: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("status"),
      status: z.int().min(400).max(599),
      retryAfter: z.union([z.int().min(0), z.string()]).optional(),
      body: z.unknown().optional(),
      /** `after`: the request takes effect, and its answer is lost behind this one. */
      when: z.enum(["before", "after"]).default("before"),
    }),
    z.strictObject({ type: z.literal("reset"), when: z.enum(["before", "after"]).default("before") }),
    z.strictObject({ type: z.literal("timeout"), when: z.enum(["before", "after"]).default("before") }),
    z.strictObject({ type: z.literal("short-page"), drop: z.int().min(1).default(1) }),
    z.strictObject({ type: z.literal("stale-read"), writes: z.int().min(1).default(1) }),
    z.strictObject({ type: z.literal("latency"), ms: z.int().min(0) }),
  ]),
});

/** A fault as it is armed. */
export type FaultOrder = z.output<typeof faultSchema>;
/** What a fault does to one request. */
export type Fault = FaultOrder["fault"];

interface Armed {
  readonly order: FaultOrder;
  readonly pattern: RegExp;
  skip: number;
  left: number;
}

/** The faults that wait for their requests. */
export interface Faults {
  arm(order: FaultOrder, organization: Organization): void;
  clear(): void;
  /**
   * What strikes this request: every latency, and of the rest the one armed first; each is used up by one. Short
   * pages and stale reads wait for a read.
   */
  strike(method: string, path: string, isRead: boolean): Fault[];
  /** To be called after every request and change, so that a stale read has something older to show. */
  remember(organization: Organization): void;
  /** The organization before its last `writes` changes, as far back as the first stale-read fault was armed. */
  before(organization: Organization, writes: number): Organization;
}

/** No faults yet. Copies of the organization are kept only while a stale-read fault waits. */
export function createFaults(): Faults {
  let armed: Armed[] = [];
  let past: Organization[] = [];
  const depth = (): number =>
    Math.max(0, ...armed.map(({ order: { fault } }) => (fault.type === "stale-read" ? fault.writes : 0)));
  const remember = (organization: Organization): void => {
    const keep = depth();
    if (keep === 0) {
      past = [];
      return;
    }
    if (past.at(-1)?.revision === organization.revision) return;
    past.push(organization.copy());
    past = past.slice(-keep - 1);
  };
  return {
    arm(order, organization) {
      armed.push({ order, pattern: pathPattern(order.match.path), skip: order.skip, left: order.times });
      remember(organization);
    },
    clear() {
      armed = [];
      past = [];
    },
    strike(method, path, isRead) {
      const struck: Fault[] = [];
      for (const one of armed) {
        const methods = one.order.match.method;
        if ((methods !== "*" && methods.toUpperCase() !== method) || !one.pattern.test(path)) continue;
        const { type } = one.order.fault;
        if (!isRead && (type === "stale-read" || type === "short-page")) continue;
        if (type !== "latency" && struck.some((other) => other.type !== "latency")) continue;
        if (one.skip > 0) one.skip -= 1;
        else {
          one.left -= 1;
          struck.push(one.order.fault);
        }
      }
      armed = armed.filter((one) => one.left > 0);
      return struck;
    },
    remember,
    before(organization, writes) {
      const changedSince = past.at(-1)?.revision === organization.revision ? 0 : 1;
      return past[Math.max(0, past.length - 1 - writes + changedSince)] ?? organization;
    },
  };
}

function pathPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/\/$/, "")
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/]*"));
  return new RegExp(`^${source}/?$`);
}

import type { Kind } from "../../src/resources";
import type { Harness } from "../support/harness";
import { bringAbout, exampleStack, kindCases, type KindCase } from "./kind-case";
import { sorted } from "./world";

/** What is done to the example. */
export type Stage = "create" | "update" | "delete";

/** What strikes, and whether the request took effect before. */
const faults = [
  ["429 with Retry-After", { type: "status", status: 429, retryAfter: 7 }],
  ["429 without", { type: "status", status: 429 }],
  ["500", { type: "status", status: 500 }],
  ["503 after it took effect", { type: "status", status: 503, when: "after" }],
  ["a reset", { type: "reset" }],
  ["a reset after it took effect", { type: "reset", when: "after" }],
  ["a timeout", { type: "timeout" }],
  ["a timeout after it took effect", { type: "timeout", when: "after" }],
] as const;

const stages = kindCases.flatMap(([type, kind, known]) =>
  (["create", "update", "delete"] as const).flatMap((stage) =>
    known.writes[stage].map((write, index) => ({ type, kind, known, stage, write, index })),
  ),
);
/** Every write of every stage of every kind, met by every fault; what is seen once and lost is a situation of its own. */
export const situations = stages.flatMap((at) =>
  faults
    .filter(([name]) => at.known.seenOnce !== true || at.stage !== "create" || !name.includes("took effect"))
    .map(([name, fault]) => ({ ...at, name, fault, nth: at.index + 1 })),
);

/** Milliseconds that a request is waited for: few where none will be answered. */
export const timeoutMs = (fault: { readonly type: string }, few = 80): number | undefined =>
  fault.type === "timeout" ? few : undefined;

/** Brings the example to the moment before a stage's writes. */
export async function readyFor(stage: Stage, site: Harness, kind: Kind): Promise<void> {
  if (stage === "create") return;
  await bringAbout(site);
  site.stack(stage === "update" ? exampleStack(kind, "update") : {});
}

/** From one write of a stage on, so many requests like it meet the fault. */
export const strike = (
  site: Harness,
  write: string,
  index: number,
  all: readonly string[],
  times: number,
  fault: object,
) => {
  const [method = "", path = ""] = write.split(" ");
  const pattern = path.replace("/ID", "/*");
  // Of writes that look alike the one that is meant is struck.
  const skip = all.slice(0, index).filter((other) => other === write).length;
  return site.fault({ match: { method, path: pattern }, times, skip, fault });
};

/** What is different once a stage is done. */
export const wanted = (known: KindCase, stage: Stage) =>
  sorted({ create: known.created, update: known.updated, delete: known.deleted }[stage]);

/** Nobody was sent two invitations. */
export const invitedOnce = (site: Harness): void => {
  const invited = site.invitations().map((email) => email.toLowerCase());
  expect(invited).toEqual([...new Set(invited)]);
};

import { resolve } from "node:path";
import {
  everyStep,
  exitCodeOf,
  isClosed,
  Ledger,
  openable,
  receiptShown,
  receiptSteps,
  metLeavers,
  recordedFound,
  refusesDeclarations,
  runSteps,
  type Guard,
  type LivePlan,
  type Opening,
  type Plan,
} from "../reconcile";
import { cleanText, viewOf } from "../report";
import { canonicalJson, digest, type Json } from "../schema";
import {
  askedOpenings,
  givenApproval,
  granted,
  lapsedMeanwhile,
  lapsedReasons,
  type Granted,
} from "./apply-approval";
import { finish } from "./apply-finish";
import type { ApplyOptions } from "./apply-options";
import { mustNotRunBackwards } from "./clock-check";
import { Evidence } from "./evidence";
import { keySink } from "./key-sink";
import { patience } from "./patience";
import { blocksEverything } from "./plan-command";
import { renderPlan, shownPlan } from "./plan-formats";
import { heldAgainstSecondLists } from "./second-lists";
import { writtenBefore } from "./written-before";
import { openSession, planNow, type Planned, type Session, type Surroundings } from "./session";

/** Interrupts a run between two requests. */
export interface Stop {
  readonly requested: boolean;
}

/** `apply`: plans again and runs what was approved. Answers the exit code. */
export async function applyCommand(options: ApplyOptions, given: Surroundings, stop: Stop): Promise<number> {
  const surroundings = forEverybody(given);
  const session = await openSession(options, surroundings);
  try {
    return await applyIn(session, options, surroundings, stop);
  } finally {
    await session.base.close();
    await session.close("keep");
  }
}

/** What a run says is made of texts that are known only when they are said. */
function forEverybody(surroundings: Surroundings): Surroundings {
  const { terminal, redaction } = surroundings;
  if (redaction === undefined) return surroundings;
  return {
    ...surroundings,
    terminal: { ...terminal, result: (text) => terminal.result(redaction.text(text)) },
  };
}

async function applyIn(
  session: Session,
  options: ApplyOptions,
  surroundings: Surroundings,
  stop: Stop,
): Promise<number> {
  const { terminal, redaction } = surroundings;
  const planned = await planNow(session);
  const { plan } = planned.live;
  mustNotRunBackwards(session.base.base, session.api().now());
  const given = await givenApproval(options, session, plan);
  const shown = shownPlan(planned.live, viewOf(planned.live, "this run, once it is approved"), redaction);
  terminal.result(renderPlan(shown, "text", { color: terminal.color }));
  const lost = await writtenBefore(session, options, planned);
  if (lost !== undefined) {
    terminal.note(lost);
    return exitCodeOf(["refused"]);
  }
  if (refusedForGood(plan)) {
    sayClosed(plan.guards, terminal);
    return exitCodeOf(["refused"]);
  }
  if (plan.steps.length === 0) {
    await rememberFound(session, planned.live);
    return exitCodeOf(refusesDeclarations(plan.refusals) ? ["refused"] : []);
  }
  if (plan.guards.some((guard) => guard.guard === "organization" && isClosed(guard))) {
    terminal.note(
      `Nothing was written: it is not proved that the SCIM key is of organization ${plan.organization.orgId} (${plan.fingerprint.how}). ` +
        `Look at the people above. If it is the right one, run again with --trust-organization.`,
    );
    return exitCodeOf(["refused"]);
  }
  if (given !== undefined && "outcome" in given) {
    terminal.note(`Nothing was written. ${given.why}`);
    return exitCodeOf([given.outcome]);
  }
  const openings = await typedOpenings(planned, options, terminal);
  const live = openings.length === 0 ? planned.live : await planned.again({ openings });
  sayClosed(live.plan.guards, terminal);
  if (blocksEverything(live.plan)) {
    terminal.note("Nothing was written.");
    return exitCodeOf(["refused"]);
  }
  if (given === undefined && !(await confirmed(options, terminal))) {
    terminal.note("Nothing was written.");
    return exitCodeOf(["refused"]);
  }
  const asked = given ?? { approved: everyStep(live.plan), plans: [] };
  const grant = granted(asked, planned.approvedBy, live);
  if ("outcome" in grant) {
    terminal.note(`Nothing was written. ${grant.why}`);
    return exitCodeOf([grant.outcome]);
  }
  const held = await heldAgainstSecondLists(session, planned, live, {
    openings,
    approved: grant.approval.holds,
  });
  const kept = held === live ? grant : granted(asked, planned.approvedBy, held);
  if ("outcome" in kept) {
    terminal.note(`Nothing was written. ${kept.why}`);
    return exitCodeOf([kept.outcome]);
  }
  const run = { planned, live: held, openings, grant: kept };
  return await runGranted(session, run, options, surroundings, stop);
}

/** An apply that has nothing to do still records what is around declarations, where the state does not have it. */
async function rememberFound({ base, desired }: Session, live: LivePlan): Promise<void> {
  const found = recordedFound(live, desired, base.base);
  if (base.isKnown && canonicalJson(found) !== canonicalJson(base.base.found ?? null)) {
    await base.start();
    await base.settle({ ...base.base, found });
  }
}

interface Run {
  readonly planned: Planned;
  readonly live: LivePlan;
  /** What somebody at the terminal lets pass. */
  readonly openings: readonly Opening[];
  readonly grant: Extract<Granted, { approved: unknown }>;
}

/** Runs what may run, and leaves base and receipt as far as it got. */
async function runGranted(
  session: Session,
  { planned, live, openings, grant }: Run,
  options: ApplyOptions,
  { terminal, directory, env }: Surroundings,
  stop: Stop,
): Promise<number> {
  const { plan } = live;
  const { approval } = grant;
  await session.base.start();
  const startedAt = session.api().now();
  const lapsed = await lapsedReasons(approval, live, session);
  const { orgId, host } = plan.organization;
  const evidence =
    options.evidence === undefined
      ? undefined
      : await Evidence.start(resolve(directory, options.evidence), {
          organization: { orgId, host },
          stacks: [...plan.stacks],
          plan: plan.digest,
          approvedPlans: [...grant.plans],
          before: snapshotDigest(planned),
          startedAt: new Date(startedAt).toISOString(),
          opened: plan.guards.flatMap(({ guard, subject, opened: by }) =>
            by === undefined ? [] : [{ guard, ...(subject === undefined ? {} : { subject }), ...by }],
          ),
          approved: receiptSteps(grant.approved),
          ...receiptShown(grant.approved),
        });
  session.takeRequests();
  const ledger = new Ledger(session.base.base, live, session.desired);
  const found = recordedFound(live, session.desired, session.base.base);
  await session.base.append([ledger.watch(found, metLeavers(live.leavers, live.live))]);
  const progress = terminal.progress("Applying, steps", plan.steps.length);
  let done = 0;
  const sink = keySink(options.keysOut, session.desired.credentials, { env, directory });
  try {
    const results = await runSteps(live, {
      api: session.api(),
      approved: approval.holds,
      lapsed,
      now: startedAt,
      stopped: () => stop.requested,
      sink,
      ...(options.wait === undefined
        ? {}
        : {
            lookAgain: patience(session.api(), options.wait, terminal, () => stop.requested),
            lapsedMeanwhile: async (left) => {
              const now = await planNow(session, ledger.base());
              const fresh = openings.length === 0 ? now.live : await now.again({ openings });
              return await lapsedMeanwhile(left, grant.approved, fresh, session);
            },
          }),
      onBegin: async (steps, created) =>
        await session.base.append(steps.map((step) => ledger.begin(step, created))),
      onApart: (steps) => evidence?.keep(steps, session.takeRequests()),
      async onDone(finished, created) {
        const finishedSteps = finished.filter(({ outcome }) => outcome === "done");
        const at = new Date(session.api().now()).toISOString();
        await session.base.append(finishedSteps.map(({ step }) => ledger.advance(step, created, at)));
        await evidence?.add(finished, session.takeRequests(), at);
        done += finished.length;
        progress.step(done);
      },
    }).finally(async () => {
      progress.end();
      await sink.close();
    });
    const moved = lapsed.size > 0 || results.some(({ outcome }) => outcome === "not approved");
    const ended = await finish(session, ledger, results, { lapsed: moved, startedAt });
    await evidence?.end({
      endedAt: new Date(session.api().now()).toISOString(),
      after: snapshotDigest(ended),
      left: ended.left,
      exitCode: ended.exitCode,
    });
    return ended.exitCode;
  } finally {
    await evidence?.close();
  }
}

const snapshotDigest = ({ snapshot }: Pick<Planned, "snapshot">): string =>
  digest(JSON.parse(JSON.stringify(snapshot)) as Json);

/** What somebody at the terminal lets pass. `--yes` says yes to the plan, never to what a guard holds back. */
async function typedOpenings(
  { live }: Planned,
  { yes }: ApplyOptions,
  terminal: Session["terminal"],
): Promise<readonly Opening[]> {
  return yes === true || !terminal.interactive ? [] : await askedOpenings(live.plan.guards, terminal);
}

/** Whether nothing could run whatever somebody lets pass: denials of policies can be let pass, one by one. */
function refusedForGood(plan: Plan): boolean {
  const denials = plan.guards.filter((guard) => guard.guard === "policy" && isClosed(guard));
  return (
    denials.some(({ opens }) => opens === "never") ||
    plan.refusals.some(({ rule, steps }) => steps === undefined && rule !== "policy")
  );
}

function sayClosed(guards: readonly Guard[], terminal: Session["terminal"]): void {
  for (const { guard, subject, text } of openable(guards)) {
    terminal.note(
      `The guard ${guard} holds steps back: ${cleanText(text)}. An approval opens it: amplitude-access approve ${guard}${subject === undefined ? "" : ` --subject ${JSON.stringify(subject)}`}, reviewed, and named by --approved-by.`,
    );
  }
}

async function confirmed({ yes }: ApplyOptions, terminal: Session["terminal"]): Promise<boolean> {
  if (yes === true) return true;
  if (!terminal.interactive) {
    terminal.note(
      "Nobody can approve this plan: there is no terminal to ask at. Give --yes, or a saved plan that was reviewed: apply plan.json.",
    );
    return false;
  }
  return /^y(es)?$/i.test((await terminal.ask("Run these steps? Only yes runs them: ")).trim());
}

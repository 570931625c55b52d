import * as fc from "fast-check";
import { effectiveAccess, opaqueRights, type Model, type Organization } from "../../src/access";
import { agendaOf, everyEffort, type Effort } from "../../src/reconcile/order/arrange";
import { courseOf, type Course, type CourseInput } from "../../src/reconcile/order/course";
import { ordered } from "../../src/reconcile/order/preference";
import type { LiveStep } from "../../src/reconcile/step";
import { isOfOthers } from "../../src/resources";
import { step } from "./effect-step";
import {
  modelOf,
  organization,
  stepsBetween,
  unreadOf,
  type Circumstances,
  type Situation,
} from "./situation";

/* A run of a plan in which others do their part whenever the plan does not forbid it, judged by effective access alone. */

export const people = ["ana", "jo", "kim"];
const ours = ["g1", "g2"];
const theirs = ["idp-x", "idp-y"];
const holders = [...ours, ...theirs, ...people];

const role = fc.constantFrom("viewer", "member", "manager", "auditor");
const among = fc.tuple(...people.map(() => fc.subarray([...ours, ...theirs], { maxLength: 3 })));

/** Everybody in several groups of both sorts, most of them on one project. */
const side: fc.Arbitrary<Situation> = fc
  .record({
    of: among,
    grants: fc.dictionary(
      fc
        .tuple(fc.constantFrom(...holders), fc.constantFrom("web", "web", "app"))
        .map((place) => place.join(" ")),
      role,
      { minKeys: 2, maxKeys: 6 },
    ),
    archived: fc.constantFrom<readonly string[]>([], [], [], ["app"]),
    sso: fc.constantFrom("false", "false", "true"),
  })
  .map(({ of, grants, archived, sso }) => ({
    people,
    groups: Object.fromEntries(
      [...ours, ...theirs].map((name) => [
        name,
        people.filter((_, index) => of[index]?.includes(name) === true),
      ]),
    ),
    grants,
    archived,
    settings: { sso_enforced: sso },
  }));

/** What is drawn: two sides, what happens around them, and in which order things come. */
export interface Interleaved {
  readonly before: Situation;
  readonly after: Situation;
  readonly circumstances: Circumstances;
  /** Numbers of steps that a guard holds back. */
  readonly held: readonly number[];
  /** One number a turn: what comes next. */
  readonly turns: readonly number[];
}

export const interleaved: fc.Arbitrary<Interleaved> = fc
  .record({
    before: side,
    after: side,
    mapped: fc.option(
      fc.tuple(
        fc.constantFrom(...theirs),
        fc.constantFrom("Web", "App"),
        fc.constantFrom("Viewer", "Member"),
      ),
      { nil: undefined, freq: 1 },
    ),
    deprovisions: fc.boolean(),
    leaver: fc.option(fc.constantFrom(...people), { nil: undefined, freq: 1 }),
    held: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.nat({ max: 8 }), { maxLength: 2 }) },
    ),
    turns: fc.array(fc.nat({ max: 999 }), { minLength: 24, maxLength: 24 }),
  })
  .map(({ mapped, deprovisions, leaver, ...drawn }) => ({
    ...drawn,
    circumstances: {
      deprovisions,
      leavers: leaver === undefined ? [] : [leaver],
      ...(mapped === undefined
        ? {}
        : { mappings: { [mapped[0]]: { projectRoles: { [mapped[1]]: mapped[2] } } } }),
    },
  }));

/** What somebody may do, and whether they are there. */
function held(live: Organization, email: string): Set<string> {
  const { projects, present } = effectiveAccess(live, email);
  return new Set([
    ...(present ? ["is in the organization"] : []),
    ...[...projects.values()].flatMap((access) =>
      [...access.capabilities, ...opaqueRights(access).keys()].map((right) => `${access.projectId} ${right}`),
    ),
  ]);
}

type Held = ReadonlyMap<string, ReadonlySet<string>>;
const heldIn = (live: Organization): Held => new Map(people.map((email) => [email, held(live, email)]));

function violations(live: Organization, before: Held, after: Held): Set<string> {
  const found = new Set<string>();
  for (const email of people) {
    const now = held(live, email);
    const [was, will] = [before.get(email) ?? new Set<string>(), after.get(email) ?? new Set<string>()];
    for (const right of now) if (!was.has(right) && !will.has(right)) found.add(`P2 ${email} has ${right}`);
    for (const right of was) if (will.has(right) && !now.has(right)) found.add(`P3 ${email} lacks ${right}`);
  }
  return found;
}

function withSync(model: Model, before: Held, after: Held): Set<string> {
  const now = violations(model.organization, before, after);
  const mark = model.mark();
  model.sync(people);
  for (const each of violations(model.organization, before, after)) now.add(each);
  model.rollback(mark);
  return now;
}

/** Steps from one side to the other; whoever leaves loses what is ours to take. */
export function stepsOf({
  before,
  after,
  circumstances: { leavers: [leaver] = [] },
}: Interleaved): LiveStep[] {
  if (leaver === undefined) return stepsBetween(before, after);
  const without = (situation: Situation): Situation => ({
    ...situation,
    groups: Object.fromEntries(
      Object.entries(situation.groups ?? {}).map(([name, members]) => [
        name,
        members.filter((email) => email !== leaver),
      ]),
    ),
    grants: Object.fromEntries(
      Object.entries(situation.grants ?? {}).filter(([place]) => !place.startsWith(`${leaver} `)),
    ),
  });
  return [...stepsBetween(before, without(after)), step({ type: "remove_person", email: leaver })];
}

/** What came of it: the first thing that must not have come about, after what led to it. */
export interface Came {
  readonly log: readonly string[];
  readonly violation: string | undefined;
  readonly gaps: boolean;
  /** How often others came at another moment than the plan's order has it. */
  readonly early: number;
  readonly refused: number;
}

export function cameOf(drawn: Interleaved, effort: Effort = everyEffort): Came {
  const { before, circumstances, turns } = drawn;
  const live = organization(before);
  const steps = stepsOf(drawn);
  const leavers = new Set(circumstances.leavers);
  const preferred = ordered(steps, live, leavers);
  const input: CourseInput = {
    preferred,
    runs: preferred,
    before: live,
    unread: unreadOf(circumstances),
    administration: { minimum: 0, kept: new Set(), candidates: new Set() },
    leavers,
  };
  const wanted = courseOf(input, effort);
  const out = new Set(drawn.held.map((index) => wanted.runs[index]));
  const course: Course =
    out.size === 0
      ? wanted
      : courseOf({ ...input, runs: wanted.runs.filter((step) => !out.has(step)), wanted }, effort);
  // What the stack says: also what is refused, but for whom the identity provider would switch off although they stay.
  const end = modelOf(live, { ...circumstances, deprovisions: false });
  for (const { effects } of preferred) end.apply(effects);
  end.sync(people);
  const [start, stack] = [heldIn(live), heldIn(end.organization)];
  const world = modelOf(live, circumstances);
  const agenda = agendaOf(course.runs, course.way, effort.rules);
  const log: string[] = [];
  const done = new Set<string>();
  const places = new Map(course.steps.map(({ step: { id, place } }) => [id, place]));
  const isForbidden = ({ step: { id } }: LiveStep): boolean => {
    return (places.get(id)?.notBefore ?? []).some((each) => !done.has(each));
  };
  const moves = course.runs.filter(({ step: { actor } }) => isOfOthers(actor));
  let early = 0;
  const told = new Set<LiveStep>();
  const judge = (text: string, act: () => void): string | undefined => {
    const known = withSync(world, start, stack);
    act();
    log.push(text);
    return [...withSync(world, start, stack)].find((each) => !known.has(each));
  };
  const ended = (violation: string | undefined): Came => ({
    log,
    violation,
    gaps: course.gaps.length > 0,
    early,
    refused: course.refusals.length,
  });
  if (course.gaps.length > 0) return ended(undefined);
  for (const turn of turns) {
    const open = moves.filter((move) => !done.has(move.step.id) && !isForbidden(move));
    let violation: string | undefined;
    if (turn % 3 === 0 && open.length > 0) {
      const move = open[Math.floor(turn / 3) % open.length];
      if (move === undefined) continue;
      if (!told.has(move)) early += 1;
      violation = judge(`theirs: ${move.step.text}`, () => world.apply(move.effects));
      done.add(move.step.id);
    } else {
      const next = agenda.next()?.live;
      if (next === undefined) continue;
      if (isOfOthers(next.step.actor)) {
        agenda.gone(next);
        told.add(next);
      } else if (turn % 11 === 1) {
        agenda.gone(next);
        log.push(`failed: ${next.step.text}`);
      } else {
        violation = judge(`ours: ${next.step.text}`, () => world.apply(next.effects));
        agenda.done(next);
        done.add(next.step.id);
      }
    }
    if (violation !== undefined) return ended(violation);
  }
  return ended(undefined);
}

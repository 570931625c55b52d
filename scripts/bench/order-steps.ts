/** Orders plans of 5,000 and 50,000 steps over an organization of 10,000 people and prints what each cost, as JSON; `--full` adds 500,000. */
import { organizationOf, type Effect } from "../../src/access";
import { courseOf } from "../../src/reconcile/order/course";
import { ordered } from "../../src/reconcile/order/preference";
import type { LiveStep } from "../../src/reconcile/step";
import type { Operation } from "../../src/resources";

const PROJECTS = 40;
const GRANTS_PER_GROUP = 20;

const email = (i: number): string => `person${i}@large.example`;
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

function step(effect: Effect, id: number): LiveStep {
  const people = "email" in effect ? [effect.email] : [];
  return {
    operation: { name: effect.type } as Operation,
    effects: [effect],
    step: {
      id: String(id),
      operation: effect.type,
      actor: "write",
      values: {},
      facts: {},
      people,
      text: String(id).padStart(7, "0"),
      addresses: [],
      because: [],
      invites: [],
    },
  };
}

/** Everybody is in four groups of 80; each of them gives a role on 20 of 40 projects. */
function large(people: number) {
  const groups = range(people / 20).map((g) => ({
    id: `g${g}`,
    name: `g${g}`,
    members: new Set(range(80).map((m) => email((g * 20 + m) % people))),
    writer: "us" as const,
  }));
  return organizationOf({
    people: range(people).map((i) => ({ email: email(i) })),
    groups,
    roles: [
      { id: "viewer", name: "Viewer", custom: false },
      { id: "member", name: "Member", custom: false },
    ],
    projects: range(PROJECTS).map((p) => ({ id: `p${p}`, name: `Project ${p}` })),
    grants: groups.flatMap(({ id }, g) =>
      range(GRANTS_PER_GROUP).map((p) => ({
        id: `${id}/${p}`,
        principal: { type: "group" as const, id },
        projectId: `p${(g + p) % PROJECTS}`,
        roleId: "member",
      })),
    ),
  });
}

/** Half of the steps move people from one group to the next; the rest gives and takes people's own grants. */
function stepsFor(count: number, people: number): LiveStep[] {
  const groups = people / 20;
  const steps: LiveStep[] = [];
  for (let i = 0; steps.length < count; i++) {
    const person = email(i % people);
    const home = Math.floor((i % people) / 20);
    const round = Math.floor(i / people);
    const [from, to] = [`g${(home - round + groups) % groups}`, `g${(home + 5 + round) % groups}`];
    steps.push(
      step({ type: "add_member", group: { id: to, name: to }, email: person }, steps.length),
      step({ type: "remove_member", group: { id: from, name: from }, email: person }, steps.length + 1),
      step(
        {
          type: "grant",
          principal: { type: "user", email: person },
          projectId: `p${(2 * round) % PROJECTS}`,
          roleId: "viewer",
        },
        steps.length + 2,
      ),
      step(
        {
          type: "grant",
          principal: { type: "user", email: person },
          projectId: `p${(2 * round + 1) % PROJECTS}`,
          roleId: "member",
        },
        steps.length + 3,
      ),
    );
  }
  return steps.slice(0, count);
}

const people = 10_000;
const live = large(people);
const rows = [5_000, 50_000, ...(process.argv.includes("--full") ? [500_000] : [])].map((count) => {
  const steps = stepsFor(count, count > 200_000 ? people * 10 : people);
  const organization = count > 200_000 ? large(people * 10) : live;
  const before = process.cpuUsage();
  const preferred = ordered(steps, organization, new Set());
  const { runs, gaps, refusals } = courseOf({
    preferred,
    runs: preferred,
    before: organization,
    unread: {
      provider: { mappings: new Map(), deprovisions: false },
      admins: new Set(),
      hasAccepted: () => true,
      handedOver: new Set(),
    },
    administration: { minimum: 0, kept: new Set(), candidates: new Set() },
    leavers: new Set(),
  });
  const { user, system } = process.cpuUsage(before);
  return {
    steps: count,
    ordered: runs.length,
    refused: gaps.length + refusals.length,
    cpuSeconds: (user + system) / 1e6,
  };
});
process.stdout.write(JSON.stringify(rows));

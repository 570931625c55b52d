import type { State } from "../../src/emulator";
import { accessIn, addedBy, type Bounds } from "../faults/oracle";
import { openingsOf } from "../faults/runs";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/** Members, and what they may do on Web. */
type Side = Readonly<Record<"g1" | "g2" | "g3", readonly [members: readonly string[], role?: string]>>;

interface Situation {
  readonly before: Side;
  readonly after: Side;
  /** Steps that fail, each in a run of its own. */
  readonly failing: readonly string[];
  /**
   * Steps after whose failure the way that is left takes something from somebody for a while: for the next plan, before is where this run
   * ended. It would be the same had the process died there.
   */
  readonly gaps?: readonly string[];
  /** What a run leaves although it would be safe: it would end where somebody has to lose something for a while. */
  readonly left?: string;
}

const [ana, jo, kim] = ["ana@x.com", "jo@x.com", "kim@x.com"];
const names = ["g1", "g2", "g3"] as const;

const situations: Readonly<Record<string, Situation>> = {
  "an order that was found by looking ahead": {
    before: { g1: [[kim], "Viewer"], g2: [[jo], "Auditor"], g3: [[jo, kim], "Viewer"] },
    after: { g1: [[], "Viewer"], g2: [[ana, kim], "Member"], g3: [[ana, jo], "Auditor"] },
    failing: [`g2 gains ${ana}`, `g3 loses ${kim}`, `g2 loses ${jo}`],
    gaps: [`g3 loses ${kim}`],
  },
  "a role that cannot be changed, and a member who would wait for it outside": {
    before: { g1: [[ana], "Auditor"], g2: [[], "Viewer"], g3: [[], "Auditor"] },
    after: { g1: [[], "Viewer"], g2: [[ana], "Auditor"], g3: [[ana, jo, kim], "Viewer"] },
    failing: ["g2: Viewer → Auditor on Web"],
    left: "after it, what is not done of the same people could not be finished without taking something from them for a while",
  },
};

const stackOf = (side: Side): StackContent => ({
  resources: Object.fromEntries(
    names.flatMap((name): [string, Readonly<Record<string, unknown>>][] => {
      const [members, role] = side[name];
      const grant = {
        principal_type: "group",
        principal: `\${amplitude_group.${name}.id}`,
        project_id: "501",
        role,
      };
      return [
        [`amplitude_group.${name}`, { name, members }],
        ...(role === undefined
          ? []
          : [[`amplitude_project_role_assignment.${name}`, grant] satisfies [string, object]]),
      ];
    }),
  ),
});

function siteAt(side: Side): Harness {
  const seed = organization().people(ana, jo, kim).project("Web").customRole("Auditor");
  for (const name of names) seed.group(name, side[name][0]);
  for (const name of names) if (side[name][1] !== undefined) seed.grant(name, "Web", side[name][1] ?? "");
  return harness({ organization: seed, stack: stackOf(side) });
}

/** Whether a request is for a step, by the step's text. */
async function isFor(text: string, request: Request, state: State): Promise<boolean> {
  const [, name = "", gains, email] = /^(g\d)(?: (gains|loses) (\S+)|: )/.exec(text) ?? [];
  const id = String(state.groups.find((group) => group.name === name)?.id);
  const { pathname } = new URL(request.url);
  if (email === undefined) {
    const own = state.assignments.find(({ principal }) => principal === name || String(principal) === id);
    return request.method === "PATCH" && pathname.endsWith(`role-assignments/${String(own?.id)}`);
  }
  const body = await request.clone().text();
  return (
    pathname.endsWith(`Groups/${id}`) &&
    body.includes(email) &&
    body.includes(gains === "gains" ? '"add"' : '"remove"')
  );
}

/** Refuses one step, and collects whom our writes harm. */
function refusing(
  site: Harness,
  failing: string,
  bounds: Bounds,
): { readonly harm: string[]; readonly heal: () => void } {
  const [answer, harm] = [site.emulator.fetch, [] as string[]];
  let broken = true;
  Object.assign(site.emulator, {
    async fetch(request: Request) {
      if (request.method === "GET") return await answer(request);
      const first = site.emulator.state();
      if (broken && (await isFor(failing, request, first)))
        return Response.json({ detail: "not today" }, { status: 422 });
      const response = await answer(request);
      harm.push(...(await addedBy(first, site.emulator.state(), bounds)));
      return response;
    },
  });
  return { harm, heal: () => (broken = false) };
}

describe.each(Object.entries(situations))("%s", (_, { before, after, failing, gaps = [], left }) => {
  it("a step fails: nobody is harmed, the rest has a reason, and the next run finds the way from there", async () => {
    const whole = siteAt(before);
    await whole.apply();
    const first = whole.emulator.state();
    const { outcomes } = await whole.stack(stackOf(after)).apply();
    expect(outcomes.filter((text) => !text.endsWith(": done"))).toEqual([]);
    const target = accessIn(whole.emulator.state());
    const bounds = {
      before: accessIn(first),
      after: target,
      minimum: 1,
      kept: [],
      labels: [],
      inUse: new Set<string>(),
    };
    for (const text of failing) {
      const site = siteAt(before);
      await site.apply();
      const { harm, heal } = refusing(site, text, bounds);
      const { results } = await site.stack(stackOf(after)).apply();
      expect(results.find(({ step }) => step.text === text)?.outcome).toBe("failed");
      const open = results.filter(
        ({ step, outcome }) => step.actor !== "record" && !/done|failed/.test(outcome),
      );
      for (const { outcome, said } of open) expect([outcome, said]).toEqual(["skipped", expect.any(String)]);
      if (left !== undefined) expect(open.map(({ said }) => said)).toContain(left);
      expect([text, harm]).toEqual([text, []]);
      heal();
      const { plan } = await site.plan();
      const closed = plan.guards.filter(({ verdict }) => verdict !== "passes").map(({ guard }) => guard);
      expect([text, closed]).toEqual([text, gaps.includes(text) ? ["gaps"] : []]);
      const again = await site.apply({ openings: openingsOf });
      expect([text, again.after.plan.steps.map((step) => step.text)]).toEqual([text, []]);
      if (!gaps.includes(text)) expect([text, harm]).toEqual([text, []]);
      expect(accessIn(site.emulator.state())).toEqual(target);
    }
  });
});

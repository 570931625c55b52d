import { connect, type WriteApi } from "../../src/api";
import { planFileText, runSteps } from "../../src/reconcile";
import { environment } from "../support/environment";
import { harness, type Harness } from "../support/harness";
import { acme, grantOn } from "./race";

const [jo, ana] = ["jo@nova.agency", "ana@nova.agency"];
const approvedIn = async (site: Harness): Promise<string> => planFileText((await site.plan()).plan);

describe("what was approved was approved with what people gain and lose by it", () => {
  it("a group may do more by now: nobody joins it by an approval that did not show that", async () => {
    const site = harness({
      organization: acme().group("eng", [ana]).group("ops").project("App").grant("eng", "Web", "Viewer"),
      stack: {
        resources: {
          "amplitude_group.eng": { name: "eng", members: [ana, jo] },
          "amplitude_group.ops": { name: "ops", members: [jo] },
        },
      },
    });
    const approved = await approvedIn(site);
    await site.ui({ type: "grant", group: "eng", project: "App", role: "Manager" });
    const { outcomes, lapsed } = await site.apply({ approved });
    expect(outcomes).toEqual([`eng gains ${jo}: not approved`, `ops gains ${jo}: not approved`]);
    expect(lapsed[0]).toMatch(
      /^eng gains jo@nova\.agency: jo@nova\.agency would gain ".*" on App now, which nobody was shown$/,
    );
    expect(site.members("eng")).toEqual([ana]);
  });

  it("what somebody was to keep is not there any more: they keep what they have", async () => {
    const site = harness({
      organization: acme().group("eng", [jo]).grant("eng", "Web", "Viewer").grant(jo, "Web", "Viewer"),
      stack: { resources: { "amplitude_project_role_assignment.jo": grantOn(jo, "Viewer") } },
    });
    await site.apply();
    const approved = await approvedIn(site.stack({}));
    await site.ui({ type: "revoke", group: "eng", project: "Web" });
    const { outcomes, lapsed } = await site.apply({ approved });
    expect(outcomes).toEqual([`${jo} loses Viewer on Web: not approved`]);
    expect(lapsed[0]).toMatch(/would lose ".*" on Web now, which nobody was shown/);
    expect(site.grants()).toEqual([`${jo} Web: Viewer`]);
  });

  it("a run that ended early goes on under the same approval, whatever it has done so far", async () => {
    const given = {
      "amplitude_group.eng": { name: "eng", members: [ana, jo] },
      "amplitude_project_role_assignment.jo": grantOn(jo, "Viewer"),
    };
    const site = harness({
      organization: acme().group("eng", [ana, jo]).grant("eng", "Web", "Member").grant(jo, "Web", "Viewer"),
      stack: { resources: given },
    });
    await site.apply();
    site.stack({
      resources: {
        "amplitude_leaver.jo": { email: jo, left_on: "2026-11-20", ticket: "SEC-1" },
        "amplitude_group.new": { name: "new", members: [ana, "sam@nova.agency"] },
        "amplitude_project_role_assignment.new": {
          ...grantOn("${amplitude_group.new.id}", "Member"),
          principal_type: "group",
        },
      },
    });
    const approved = await approvedIn(site);
    for (let left = Infinity; left > 0;) {
      const { lapsed, after } = await site.apply({ approved, stopAfter: 1 });
      expect(lapsed).toEqual([]);
      expect(after.plan.steps.length).toBeLessThan(left);
      left = after.plan.steps.length;
    }
    expect([site.people().includes(jo), site.members("new")]).toEqual([false, [ana, "sam@nova.agency"]]);
    expect(site.invitations()).toEqual(["sam@nova.agency"]);
  });
});

it("a plan that is refused as a whole runs nothing, whoever asks for it", async () => {
  const site = harness({
    organization: acme().group("eng", [jo]),
    stack: { resources: { "amplitude_group.eng": { name: "eng", members: [jo] } } },
  });
  await site.apply();
  const refused = await site
    .stack({ name: "other", resources: { "amplitude_group.new": { name: "new" } } })
    .plan();
  expect(refused.plan.refusals.map(({ steps }) => steps)).toContain(undefined);
  site.forget();
  const results = await runSteps(refused, {
    api: connectedTo(site),
    now: Date.parse(refused.plan.plannedAt),
    stopped: () => false,
    onBegin: () => Promise.resolve(),
    onDone: () => Promise.resolve(),
  });
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["refused"]));
  expect(site.writes()).toEqual([]);
});

const connectedTo = ({ emulator }: Harness): WriteApi =>
  connect({
    orgId: 7,
    region: "us",
    env: environment(emulator, ["taxonomy"]),
    fetch: (request) => emulator.fetch(request),
  });

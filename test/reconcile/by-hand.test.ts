import { confirmationOf, type Confirmation } from "../../src/reconcile";
import { kinds } from "../../src/resources";
import { exampleStack } from "../conformance/kind-case";
import { world } from "../conformance/world";
import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Resources = NonNullable<StackContent["resources"]>;

const rest: Resources = {
  "amplitude_user.jo": { email: "jo@nova.agency" },
  "amplitude_project_role_assignment.jo": {
    principal_type: "user",
    principal: "jo@nova.agency",
    project_id: "501",
    role: "Member",
  },
};

/** What each kind says, the steps by hand and where they are done, and the steps by hand once the line is gone. */
const situations = [
  {
    kind: "amplitude_organization",
    config: {
      org_id: "7",
      mfa_required: true,
      ip_allowlist: ["203.0.113.0/24"],
      runner_addresses: ["203.0.113.7"],
    },
    steps: [
      ["organization: mfa_required true", "Security > Require multi-factor authentication: true"],
      ['organization: ip_allowlist ["203.0.113.0/24"]', 'Security > IP Allowlist: ["203.0.113.0/24"]'],
    ],
    gone: [],
  },
  {
    kind: "amplitude_organization_role",
    config: { email: "Tyra@nova.agency", role: "manager" },
    steps: [
      ["Tyra@nova.agency: organization role manager", "Members & Groups > Tyra@nova.agency > Role: manager"],
    ],
    gone: ["Tyra@nova.agency: organization role manager → member"],
  },
  {
    kind: "amplitude_project",
    config: { name: "Client Sandbox", environment: "staging", add_ons: ["govern", "experiment"] },
    steps: [
      [
        "create project Client Sandbox",
        "Projects > Create project: Client Sandbox, environment staging, add-ons experiment,govern",
      ],
    ],
    gone: ["archive project Client Sandbox"],
  },
  {
    kind: "amplitude_module_grant",
    config: {
      principal_type: "user",
      principal: "tyra@nova.agency",
      project_id: "501",
      module: "experiment_analyst",
    },
    steps: [
      [
        "tyra@nova.agency gets experiment analyst on Web",
        "Projects > Web > Access > tyra@nova.agency > Modules: experiment analyst",
      ],
    ],
    gone: ["tyra@nova.agency loses experiment analyst on Web"],
  },
  {
    kind: "amplitude_api_key",
    config: { key_type: "secret", project_id: "501", label: "nova-sync", generation: 2, store: "nova-vault" },
    steps: [
      [
        "create secret key nova-sync of Web, generation 2; its value goes to nova-vault",
        "Projects > Web > General > API Keys > Create: secret key nova-sync #2. Its value is shown once: put it into nova-vault, and nowhere else",
      ],
    ],
    gone: ["delete secret key nova-sync of Web, generation 2"],
  },
] as const;

const people = () => organization().people("tyra@nova.agency").project("Web");
const siteOf = (resources: Resources): Harness =>
  harness({ organization: people(), stack: { resources: { ...rest, ...resources } } });
const told = ({ kind, config }: (typeof situations)[number]): Resources => ({ [`${kind}.it`]: config });

async function confirmations(site: Harness): Promise<Confirmation[]> {
  const { plan } = await site.plan();
  return plan.steps
    .filter(({ actor }) => actor === "hand")
    .map((step) =>
      confirmationOf(step, "7", {
        by: "priya@acme.com",
        on: "2026-11-23T08:00:00Z",
        until: "2027-06-30T00:00:00Z",
      }),
    );
}

describe("only documented APIs", () => {
  const managed = kinds.filter(({ family }) => family === "management");

  it.each(managed.map((kind) => [kind.type, kind] as const))(
    "leave all of %s to people, with the way",
    async (_, kind) => {
      const { switches: _served, ...seed } = world(kind);
      const { plan } = await harness({ organization: seed, stack: exampleStack(kind, "create") }).plan();
      const steps = plan.steps.filter(({ actor }) => actor !== "record");
      expect([...new Set(steps.map(({ actor }) => actor))]).toEqual(["hand"]);
      for (const { how } of steps) expect(how).toMatch(/^Amplitude, /);
    },
  );

  it("leave nothing else to them", () => {
    const types = managed.map(({ type }) => type);
    expect(situations.map(({ kind }) => kind).filter((kind) => !types.includes(kind))).toEqual([]);
  });
});

describe.each(situations)("$kind without the management family", (situation) => {
  const address = `acme/${situation.kind}.it`;
  const byHand = situation.steps.map(([text]) => `${text}: by hand`);

  it("is done by hand, by the way through Amplitude's pages, while the rest is applied", async () => {
    const site = siteOf(told(situation));
    const { outcomes, results } = await site.apply();
    expect(outcomes.filter((outcome) => outcome.endsWith("by hand")).sort()).toEqual([...byHand].sort());
    expect(outcomes.filter((outcome) => !outcome.endsWith("by hand"))).toEqual([
      "invite jo@nova.agency: done",
      "jo@nova.agency gets Member on Web: done",
    ]);
    for (const [text, way] of situation.steps) {
      const result = results.find(({ step }) => step.text === text);
      expect(result?.said).toMatch(/^Amplitude, Settings > /);
      expect(result?.said?.endsWith(way)).toBe(true);
    }
    expect(site.emulator.requests.filter(({ path }) => path.startsWith("/api/2/organ"))).toEqual([]);
  });

  it("stays open, and nothing else does, until somebody confirms it", async () => {
    const site = siteOf(told(situation));
    await site.apply();
    const { outcomes } = await site.apply();
    expect([...outcomes].sort()).toEqual([...byHand].sort());
    const { after } = await site.apply({ confirmations: await confirmations(site) });
    expect(after.plan.steps).toEqual([]);
    expect(after.plan.confirmed.map(({ step }) => step.text).sort()).toEqual(
      situation.steps.map(([text]) => text).sort(),
    );
    expect(site.base?.entries[address]?.complete).toBe(true);
  });

  it("is taken back by hand when its line is gone, and remembered until somebody confirms that", async () => {
    const site = siteOf(told(situation));
    await site.apply({ confirmations: await confirmations(site) });
    site.stack({ resources: rest }).forget();
    for (const run of [1, 2]) {
      const { outcomes } = await site.apply();
      expect([run, ...outcomes]).toEqual([run, ...situation.gone.map((text) => `${text}: by hand`)]);
      expect(site.base?.entries[address] !== undefined).toBe(situation.gone.length > 0);
    }
    const { after } = await site.apply({ confirmations: await confirmations(site) });
    expect(after.plan.steps).toEqual([]);
    expect(site.base?.entries[address]).toBeUndefined();
    expect((await site.plan()).plan.steps).toEqual([]);
    expect(site.writes()).toEqual([]);
  });
});

describe("a project that only a documented API lists", () => {
  const listed = (config: Record<string, unknown>): Harness =>
    harness({
      organization: people().project("Client Sandbox"),
      stack: { resources: { "amplitude_project.it": { name: "Client Sandbox", ...config } } },
    });

  it("is neither created nor restored: it is there", async () => {
    const { planned, after } = await listed({}).apply();
    expect(planned.plan.steps.map(({ actor }) => actor)).toEqual(["record"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("gets by hand what that API does not show", async () => {
    const { outcomes } = await listed({ environment: "staging" }).apply();
    expect(outcomes).toEqual(["project Client Sandbox: environment staging: by hand"]);
  });

  it("takes grants at once", async () => {
    const site = listed({ environment: "staging" });
    const grant = { principal_type: "user", principal: "tyra@nova.agency", role: "Viewer" };
    site.stack({
      resources: {
        "amplitude_project.it": { name: "Client Sandbox", environment: "staging" },
        "amplitude_project_role_assignment.tyra": { ...grant, project_id: "${amplitude_project.it.id}" },
      },
    });
    await site.apply();
    expect(site.grants()).toEqual(["tyra@nova.agency Client Sandbox: Viewer"]);
  });

  it("is archived by hand when its line is gone", async () => {
    const site = listed({});
    await site.apply();
    site.stack({});
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual(["archive project Client Sandbox: by hand"]);
    expect(Object.keys(site.base?.entries ?? {})).toEqual(["acme/amplitude_project.it"]);
  });
});

describe("a project that nobody has made by hand yet", () => {
  it("keeps the grants on it waiting, and fails nothing", async () => {
    const site = siteOf({
      "amplitude_project.it": { name: "Client Sandbox" },
      "amplitude_project_role_assignment.tyra": {
        principal_type: "user",
        principal: "tyra@nova.agency",
        project_id: "${amplitude_project.it.id}",
        role: "Viewer",
      },
    });
    const { outcomes } = await site.apply();
    expect(outcomes).toContain("create project Client Sandbox: by hand");
    expect(outcomes.filter((outcome) => outcome.endsWith("failed"))).toEqual([]);
    expect(site.grants()).toEqual(["jo@nova.agency Web: Member"]);
  });
});

describe("what ends", () => {
  it.each([
    [
      "tyra@nova.agency: organization role manager → member",
      "amplitude_organization_role",
      { email: "tyra@nova.agency", role: "manager" },
    ],
    [
      "tyra@nova.agency loses experiment analyst on Web",
      "amplitude_module_grant",
      {
        principal_type: "user",
        principal: "tyra@nova.agency",
        project_id: "501",
        module: "experiment_analyst",
      },
    ],
  ])("is taken back by hand: %s", async (text, kind, config) => {
    const site = siteOf({ [`${kind}.it`]: { ...config, expires_at: "2026-12-01" } });
    await site.apply({ confirmations: await confirmations(site) });
    await site.advance(30 * 24 * 60 * 60);
    const { outcomes } = await site.apply();
    expect(outcomes).toEqual([`${text}: by hand`]);
  });
});

import { organizationOf, type Effect } from "../../src/access";
import { phases, type Phase } from "../../src/reconcile/order/phase";
import { ordered, phaseOf } from "../../src/reconcile/order/preference";
import type { LiveStep } from "../../src/reconcile/step";
import { kinds, type Operation } from "../../src/resources";

const live = organizationOf({
  people: [{ email: "jo@x.com", organizationRole: "manager" }, { email: "ana@x.com" }],
  groups: [{ id: "601", name: "eng", members: new Set(["jo@x.com"]), writer: "us" }],
  roles: [
    { id: "r1", name: "Viewer", custom: false },
    { id: "r2", name: "Member", custom: false },
    { id: "r3", name: "Manager", custom: false },
    { id: "c1", name: "Auditor", custom: true },
    { id: "c2", name: "Night shift", custom: true },
  ],
  projects: [{ id: "501", name: "Web" }],
  grants: [
    { id: "g1", principal: { type: "user", id: "jo@x.com" }, projectId: "501", roleId: "r2" },
    { id: "g2", principal: { type: "group", id: "601" }, projectId: "501", roleId: "r2" },
    { id: "g3", principal: { type: "user", id: "ana@x.com" }, projectId: "501", roleId: "c1" },
  ],
  settings: new Map([["jit_default_role", "member"]]),
});
const leavers = new Set(["ana@x.com"]);

let count = 0;
function step(
  effect: Effect | undefined,
  people: readonly string[] = [],
  more: Partial<LiveStep["step"]> = {},
): LiveStep {
  count += 1;
  return {
    operation: { name: "test" } as Operation,
    effects: effect === undefined ? [] : [effect],
    step: {
      id: String(count),
      operation: "test",
      actor: "write",
      values: {},
      facts: {},
      people,
      text: `step ${count}`,
      addresses: [],
      because: [],
      invites: [],
      ...more,
    },
  };
}
const eng = { id: "601", name: "eng" };
const grant = (principal: "jo@x.com" | "ana@x.com" | "eng", roleId: string): LiveStep =>
  principal === "eng"
    ? step({ type: "grant", principal: { type: "group", group: eng }, projectId: "501", roleId })
    : step({ type: "grant", principal: { type: "user", email: principal }, projectId: "501", roleId }, [
        principal,
      ]);
const organizationRole = (email: string, role: string): LiveStep =>
  step({ type: "set_organization_role", email, role }, [email]);
const setting = (name: string, value: string): LiveStep => step({ type: "setting", name, value });
const moduleStep = (
  type: "grant_module" | "revoke_module",
  holder: "jo@x.com" | "ana@x.com" | "eng",
): LiveStep => {
  const place = { projectId: "501", module: "govern_consumer" };
  return holder === "eng"
    ? step({ type, principal: { type: "group", group: eng }, ...place })
    : step({ type, principal: { type: "user", email: holder }, ...place }, [holder]);
};

describe("the phase of a step", () => {
  it.each<[string, LiveStep, Phase]>([
    ["a group is made", step({ type: "create_group", name: "new" }), "groups and people made"],
    ["a group is renamed", step({ type: "rename_group", group: eng, name: "new" }), "groups and people made"],
    [
      "somebody is invited",
      step({ type: "invite", email: "sam@x.com", names: {} }, ["sam@x.com"]),
      "groups and people made",
    ],
    [
      "somebody is renamed",
      step({ type: "rename_person", email: "jo@x.com", names: {} }, ["jo@x.com"]),
      "people renamed",
    ],
    [
      "the IdP adds",
      step({ type: "idp_gain", group: eng, email: "jo@x.com" }, ["jo@x.com"]),
      "identity provider: gains",
    ],
    [
      "a member comes",
      step({ type: "add_member", group: eng, email: "jo@x.com" }, ["jo@x.com"]),
      "memberships added",
    ],
    ["a group may more", grant("eng", "r3"), "groups' roles raised"],
    ["a group may less", grant("eng", "r1"), "groups' roles lowered"],
    [
      "a group may nothing",
      step({ type: "revoke", principal: { type: "group", group: eng }, projectId: "501" }),
      "groups' roles lowered",
    ],
    [
      "the IdP removes",
      step({ type: "idp_lose", group: eng, email: "jo@x.com" }, ["jo@x.com"]),
      "identity provider: losses",
    ],
    [
      "the IdP removes a leaver",
      step({ type: "idp_lose", group: eng, email: "ana@x.com" }, ["ana@x.com"]),
      "leavers: identity provider",
    ],
    [
      "a member goes",
      step({ type: "remove_member", group: eng, email: "jo@x.com" }, ["jo@x.com"]),
      "memberships removed",
    ],
    [
      "a leaver leaves a group",
      step({ type: "remove_member", group: eng, email: "ana@x.com" }, ["ana@x.com"]),
      "leavers: memberships",
    ],
    ["a person may more", grant("jo@x.com", "r3"), "people's roles raised"],
    ["a person may less", grant("jo@x.com", "r1"), "people's roles lowered"],
    ["a person may something else that nobody can compare", grant("jo@x.com", "c1"), "people's roles raised"],
    [
      "a person may nothing",
      step({ type: "revoke", principal: { type: "user", email: "jo@x.com" }, projectId: "501" }, [
        "jo@x.com",
      ]),
      "people's roles lowered",
    ],
    [
      "a leaver may nothing",
      step({ type: "revoke", principal: { type: "user", email: "ana@x.com" }, projectId: "501" }, [
        "ana@x.com",
      ]),
      "leavers: grants",
    ],
    ["a person goes", step({ type: "remove_person", email: "jo@x.com" }, ["jo@x.com"]), "people removed"],
    ["a leaver goes", step({ type: "remove_person", email: "ana@x.com" }, ["ana@x.com"]), "leavers: person"],
    [
      "a leaver's content",
      { ...step(undefined, [], { actor: "hand" }), operation: { confirms: "act" } as Operation },
      "leavers: content",
    ],
    ["somebody who only looks", step(undefined, [], { actor: "hand" }), "looked at by hand"],
    ["a group goes", step({ type: "delete_group", group: eng }), "groups deleted"],
    ["a project is made", step({ type: "create_project", name: "App" }), "projects made and changed"],
    [
      "a project is renamed",
      step({ type: "rename_project", projectId: "501", name: "App" }),
      "projects made and changed",
    ],
    [
      "a project comes back",
      step({ type: "restore_project", projectId: "501" }),
      "projects made and changed",
    ],
    [
      "a project is for something else",
      step(undefined, [], { family: "management" }),
      "projects made and changed",
    ],
    ["a project is archived", step({ type: "archive_project", projectId: "501" }), "projects archived"],
    ["an organization role rises", organizationRole("jo@x.com", "admin"), "people's roles raised"],
    ["an organization role falls", organizationRole("jo@x.com", "viewer"), "people's roles lowered"],
    ["an organization role was not known", organizationRole("sam@x.com", "viewer"), "people's roles raised"],
    [
      "a leaver's organization role falls",
      organizationRole("ana@x.com", "member"),
      "leavers: organization role",
    ],
    ["a leaver's module goes", moduleStep("revoke_module", "ana@x.com"), "leavers: grants"],
    ["a second factor is asked for", setting("mfa_required", "true"), "settings tightened"],
    ["no second factor is asked for", setting("mfa_required", "false"), "settings loosened"],
    ["newcomers get less", setting("jit_default_role", "viewer"), "settings tightened"],
    ["newcomers get more", setting("jit_default_role", "manager"), "settings loosened"],
    ["single sign-on is enforced", setting("sso_enforced", "true"), "settings that can lock out"],
    ["addresses are allowed", setting("ip_allowlist", "[]"), "settings that can lock out"],
    ["a record", step(undefined, [], { actor: "record" }), "records"],
  ])("when %s", (_, given, phase) => {
    expect(phaseOf(given, live, leavers)).toBe(phase);
  });

  it("of newcomers who become Members is the first, where nobody can read what they became before", () => {
    const unread = organizationOf({ people: [], groups: [], roles: [], projects: [], grants: [] });
    const phases = ["member", "manager"].map((role) =>
      phaseOf(setting("jit_default_role", role), unread, leavers),
    );
    expect(phases).toEqual(["settings tightened", "settings loosened"]);
  });

  it("is one that exists for every step that a kind makes of its example", () => {
    for (const kind of kinds) {
      const { create } = kind.example;
      const change = { prior: undefined, config: create, changes: [] } as const;
      const drafts = kind.steps({ ...change, action: "create" } as never, { live, now: 0 });
      for (const { operation, values, facts } of drafts) {
        const made = {
          ...step(undefined, operation.people(values)),
          effects: operation.effects(values, facts),
        };
        expect(phases).toContain(phaseOf(made, live, leavers));
      }
    }
  });
});

describe("the order of steps", () => {
  const all = [
    step(undefined, [], { actor: "record", addresses: ["a/z"] }),
    step({ type: "delete_group", group: eng }),
    step({ type: "remove_person", email: "jo@x.com" }, ["jo@x.com"]),
    grant("jo@x.com", "r1"),
    grant("jo@x.com", "r3"),
    step({ type: "remove_member", group: eng, email: "jo@x.com" }, ["jo@x.com"]),
    step({ type: "add_member", group: eng, email: "jo@x.com" }, ["jo@x.com"], { addresses: ["b/z"] }),
    step({ type: "add_member", group: eng, email: "sam@x.com" }, ["sam@x.com"], { addresses: ["a/z"] }),
    step({ type: "invite", email: "sam@x.com", names: {} }, ["sam@x.com"]),
    step({ type: "remove_person", email: "ana@x.com" }, ["ana@x.com"]),
    step({ type: "remove_member", group: eng, email: "ana@x.com" }, ["ana@x.com"]),
  ];
  const told = (steps: readonly LiveStep[]) => steps.map(({ step: { id } }) => id);

  it("gives before it takes, leavers first, groups before people's own roles, and does not depend on how they came", () => {
    const found = ordered(all, live, leavers);
    expect(found.map((each) => phaseOf(each, live, leavers))).toEqual([
      "leavers: memberships",
      "leavers: person",
      "groups and people made",
      "memberships added",
      "memberships added",
      "memberships removed",
      "people's roles raised",
      "people's roles lowered",
      "people removed",
      "groups deleted",
      "records",
    ]);
    expect(found[3]?.step.addresses).toEqual(["a/z"]);
    for (let turn = 1; turn < all.length; turn++) {
      expect(told(ordered([...all.slice(turn), ...all.slice(0, turn)], live, leavers))).toEqual(told(found));
    }
    expect(told(ordered([...all].reverse(), live, leavers))).toEqual(told(found));
  });

  it.each(["jo@x.com", "eng"] as const)(
    "gives modules after the role that they need, and takes them before it, of %s",
    (holder) => {
      const place = (live: LiveStep, address: string): LiveStep => ({
        ...live,
        step: { ...live.step, addresses: [address] },
      });
      const revoked = step(
        {
          type: "revoke",
          principal: holder === "eng" ? { type: "group", group: eng } : { type: "user", email: holder },
          projectId: "501",
        },
        holder === "eng" ? [] : [holder],
      );
      const [gives, needed] = [
        place(moduleStep("grant_module", holder), "a/a"),
        place(grant(holder, "r3"), "a/z"),
      ];
      const [takes, gone] = [place(moduleStep("revoke_module", holder), "a/z"), place(revoked, "a/a")];
      expect(told(ordered([gives, needed], live, leavers))).toEqual(told([needed, gives]));
      expect(told(ordered([gone, takes], live, leavers))).toEqual(told([takes, gone]));
    },
  );

  it("asks for a second factor first, makes projects before grants, and ends with archives and what can lock out", () => {
    const mixed = [
      setting("sso_enforced", "true"),
      step({ type: "archive_project", projectId: "501" }),
      organizationRole("jo@x.com", "viewer"),
      organizationRole("sam@x.com", "admin"),
      grant("eng", "r3"),
      step({ type: "create_project", name: "App" }),
      setting("mfa_required", "true"),
      setting("mfa_required", "false"),
    ];
    expect(ordered(mixed, live, leavers).map(({ effects: [effect] }) => effect?.type)).toEqual([
      "setting",
      "create_project",
      "grant",
      "set_organization_role",
      "set_organization_role",
      "archive_project",
      "setting",
      "setting",
    ]);
  });
});

import { affectedKeys, keyHolder, keyText, Model, organizationOf, type Effect } from "../../src/access";

/* What the keys of one name open: 1, one is there; 2, one is in use. */

const web = { keyType: "secret", label: "sync", projectId: "web" };
const whole = { keyType: "organization", label: "all" };
const live = organizationOf({
  projects: [
    { id: "web", name: "Web" },
    { id: "app", name: "App" },
  ],
  keys: [
    { id: "k1", ...web, generation: 1 },
    { id: "k2", ...web, projectId: "app", generation: 1 },
    { id: "k3", ...whole, generation: 4 },
  ],
});
const on = (type: "create_key" | "hand_over_key" | "delete_key", generation: number): Effect => ({
  type,
  ...web,
  generation,
});
const archive: Effect = { type: "archive_project", projectId: "web" };

const modelOf = (from = live, handedOver: readonly string[] = []): Model =>
  new Model(from, {
    provider: { mappings: new Map(), deprovisions: false },
    admins: new Set(),
    hasAccepted: () => true,
    handedOver: new Set(handedOver),
  });
const opened = (model: Model, key: Parameters<typeof keyHolder>[0]): object =>
  Object.fromEntries(model.rights(keyHolder(key)));

it.each<[string, readonly Effect[], object]>([
  ["one that is there is in use", [], { web: 3 }],
  ["another generation changes nothing for whoever works with it", [on("create_key", 2)], { web: 3 }],
  ["the new one alone is nobody's yet", [on("create_key", 2), on("delete_key", 1)], { web: 1 }],
  [
    "but is once it is handed over",
    [on("create_key", 2), on("hand_over_key", 2), on("delete_key", 1)],
    { web: 3 },
  ],
  ["none is left", [on("delete_key", 1)], {}],
  ["a project that is archived lets nobody in", [archive], {}],
  ["and lets them in again", [archive, { type: "restore_project", projectId: "web" }], { web: 3 }],
])("%s", (_, effects, expected) => {
  const model = modelOf();
  const mark = model.mark();
  expect(model.apply(effects)).toBeUndefined();
  expect(opened(model, web)).toEqual(expected);
  // Others' keys stay as they are, and so does everything once it is taken back.
  expect(opened(model, { ...web, projectId: "app" })).toEqual({ app: 3 });
  expect(opened(model, whole)).toEqual({ "*": 3 });
  model.rollback(mark);
  expect(opened(model, web)).toEqual({ web: 3 });
});

it("of two that are there the older one is in use, until somebody says so of the newer one", () => {
  const newer = { ...web, generation: 2 };
  const both = organizationOf({ keys: [{ id: "k9", ...newer }, ...live.keys()] });
  const left = (...handedOver: string[]): object => {
    const model = modelOf(both, handedOver);
    model.apply([on("delete_key", 1)]);
    return opened(model, web);
  };
  expect(left()).toEqual({ web: 1 });
  expect(left(keyText(newer))).toEqual({ web: 3 });
});

it.each<[Effect, object[]]>([
  [on("create_key", 2), [web]],
  [{ ...on("delete_key", 1), projectId: "new:Web" } as Effect, [web]],
  [archive, [web]],
  [{ type: "restore_project", projectId: "app" }, [{ ...web, projectId: "app" }]],
  [{ type: "invite", email: "jo@x.com" }, []],
])("%j touches the keys of these names", (effect, names) => {
  expect([...affectedKeys(live, effect)]).toEqual(names.map((key) => keyHolder(key as typeof web)));
});

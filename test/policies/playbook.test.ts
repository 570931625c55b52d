import { playbook, rules, type PlaybookSettings } from "../../src/policies";

it("every rule is named once, in kebab case, and says where it comes from", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, source, description } of rules) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source).not.toBe("");
    expect(description).toMatch(/\.$/);
  }
});

it("comes with every rule at its own level", () => {
  expect(playbook().map(({ name, level }) => [name, level])).toEqual(
    rules.map(({ name, level }) => [name, level]),
  );
});

it("takes a level, parameters, or both", () => {
  const changed = playbook({
    dormant: "off",
    "too-many-owners": { limit: 3 },
    "jit-default-role": { level: "warn", highest: "viewer" },
  });
  expect(changed.filter(({ name }) => /dormant|owners|jit/.test(name))).toMatchObject([
    { name: "too-many-owners", level: "warn", parameters: { limit: 3 } },
    { name: "jit-default-role", level: "warn", parameters: { highest: "viewer" } },
    { name: "dormant", level: "off", parameters: { days: 60 } },
  ]);
});

it.each<[string, unknown, RegExp]>([
  [
    "a rule that there is none of",
    { "no-admins": "off" },
    /no rule "no-admins".*collaborator-organization-admin/,
  ],
  [
    "a level that there is none of",
    { dormant: "error" },
    /dormant does not take level = "error".*deny or warn or off/,
  ],
  [
    "a parameter that there is none of",
    { dormant: { day: 3 } },
    /does not take day = 3\. It has level, days/,
  ],
  ["a parameter of another type", { dormant: { days: "30" } }, /days = "30"\. Write a number/],
  ["a number that is none", { dormant: { days: NaN } }, /Write a number/],
  ["a role that there is none of", { "jit-default-role": { highest: "boss" } }, /Write no_access or viewer/],
])("refuses %s", (_name, settings, message) => {
  expect(() => playbook(settings as PlaybookSettings)).toThrow(message);
});

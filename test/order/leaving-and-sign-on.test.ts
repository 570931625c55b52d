import { course, organization, step, stepsBetween, told } from "./situation";

/* What is gone already is no obstacle, and what shuts somebody out goes before it can. */

it("who leaves loses the organization role at once, although the identity provider may remove them first", () => {
  const before = {
    people: ["tom", "bob"],
    groups: { "idp-nova": ["bob"] },
    roles: { tom: "owner", bob: "admin" },
  };
  const steps = [
    step({ type: "set_organization_role", email: "bob", role: "no_access" }),
    step({ type: "idp_lose", group: { id: "idp-nova", name: "idp-nova" }, email: "bob" }, "idp"),
    step({ type: "remove_person", email: "bob" }),
  ];
  const found = course(organization(before), steps, { deprovisions: true, leavers: ["bob"] });
  expect(found.refusals).toEqual([]);
  expect(told(found)).toEqual(["bob: no_access", "idp-nova - bob", "remove_person bob"]);
});

it("single sign-on goes off before somebody who stays leaves the identity provider, which is told so", () => {
  const before = {
    people: ["tom", "eve"],
    groups: { "idp-all": ["tom", "eve"] },
    settings: { sso_enforced: "true" },
  };
  const after = {
    people: ["tom", "eve"],
    groups: { "idp-all": ["tom"] },
    settings: { sso_enforced: "false" },
  };
  const found = course(organization(before), stepsBetween(before, after));
  expect(found.refusals).toEqual([]);
  expect(told(found)).toEqual(["sso_enforced false", "idp-all - eve"]);
  const loses = found.steps.find(({ step: { text } }) => text === "idp-all - eve");
  expect(loses?.step.place?.notBefore).toEqual(["sso_enforced false"]);
});

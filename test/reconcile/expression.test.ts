import { literalText, referenceIn } from "../../src/reconcile/desired/expression";

describe("a string that is one reference", () => {
  it.each([
    ["${amplitude_group.eng.id}", "amplitude_group.eng", "id"],
    ["${data.amplitude_project.web.id}", "data.amplitude_project.web", "id"],
    ["${tolist(amplitude_group.eng.members)}", "amplitude_group.eng", "members"],
    ["${toset(amplitude_group.eng.members)}", "amplitude_group.eng", "members"],
    ["${amplitude_group.eng-2_x.id}", "amplitude_group.eng-2_x", "id"],
    ["${amplitude_user._1.email}", "amplitude_user._1", "email"],
  ])("%s", (text, target, attribute) => {
    expect(referenceIn(text)).toEqual({ target, attribute });
  });
});

describe("a string that only Terraform could evaluate is refused, never taken as text", () => {
  it.each([
    "x${amplitude_group.eng.id}",
    "${amplitude_group.eng.id}x",
    "${amplitude_group.eng.id}${amplitude_group.ops.id}",
    "${tolist(amplitude_group.eng.members}",
    "${amplitude_group.eng.members)}",
    "${toset(tolist(amplitude_group.eng.members))}",
    "${amplitude_group.eng[0].id}",
    "${amplitude_group.eng.members[0]}",
    "${amplitude_group.eng}",
    "${var.email}",
    "${local.email}",
    '${lower("Jo@x.com")}',
    "${ amplitude_group.eng.id }",
    "%{ if true }x%{ endif }",
    "${",
  ])("%s", (text) => {
    expect(() => referenceIn(text)).toThrow(/Only Terraform can evaluate/);
  });
});

describe("plain text", () => {
  it.each([
    ["Web", "Web"],
    ["costs $5", "costs $5"],
    ["$${amplitude_group.eng.id}", "${amplitude_group.eng.id}"],
    ["%%{ if }", "%{ if }"],
    ["100%", "100%"],
    ["a $${x} and $${y}", "a ${x} and ${y}"],
    ["$", "$"],
    ["", ""],
  ])("%p is meant as %p", (written, meant) => {
    expect(referenceIn(written)).toBeUndefined();
    expect(literalText(written)).toBe(meant);
  });
});

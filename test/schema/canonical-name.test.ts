import { canonicalEmail, canonicalName, caselessName, domainOf, name } from "../../src/schema";

const composed = "Ren\u00e9";
const decomposed = "Rene\u0301";

describe("names and addresses in the form in which they are compared", () => {
  it.each<[form: string, a: string, b: string]>([
    ["a name written with its accent apart", canonicalName(decomposed), composed],
    ["a name with outer blanks", canonicalName(" \u00a0Web\t"), "Web"],
    ["a name in other case is another", canonicalName("web"), "web"],
    ["a role in other case is not", caselessName(" CUSTOM R\u00d4LE"), "custom r\u00f4le"],
    ["an address", canonicalEmail(" RENE\u0301@nova.agency "), "ren\u00e9@nova.agency"],
    [
      "an address whose lower case comes apart",
      canonicalEmail("\u0130@x.com"),
      canonicalEmail("i\u0307@x.com"),
    ],
    ["a domain", domainOf("Jo@Nova.Agency"), "nova.agency"],
  ])("%s", (_, form, wanted) => {
    expect(form).toBe(wanted);
    expect(canonicalName(form)).toBe(form);
  });

  it.each([
    [" Web", "begins or ends with a blank"],
    ["Web\u00a0", "begins or ends with a blank"],
    ["  ", "it is empty"],
    ["Web App", undefined],
    [decomposed, undefined],
  ])("declared as a name, %j: %s", (written, problem) => {
    if (problem === undefined) expect(name.check(written)).toBeUndefined();
    else expect(name.check(written)).toContain(problem);
  });
});

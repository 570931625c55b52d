import { keyOf } from "../../src/lifecycle";
import { kindOf } from "../../src/resources";
import { Unknown } from "../../src/schema";

const key = (type: string, values: Readonly<Record<string, unknown>>): string => {
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(`There is no kind ${type}.`);
  return keyOf(kind, values);
};

describe("the key of an instance", () => {
  it.each([
    ["amplitude_user", { email: "Jo@Nova.agency" }, "jo%40nova.agency"],
    ["amplitude_group", { name: "Eng / Web" }, "Eng%20%2F%20Web"],
    ["amplitude_group", { name: "eng%2Fweb" }, "eng%252Fweb"],
    ["amplitude_group_membership", { group_id: "601", email: "JO@x.com" }, "601/jo%40x.com"],
    [
      "amplitude_group_membership",
      { group_id: new Unknown("amplitude_group.eng.id", "eng"), email: "jo@x.com" },
      "~eng/jo%40x.com",
    ],
    [
      "amplitude_project_role_assignment",
      { principal_type: "user", principal: "Jo@x.com", project_id: "501", role: "Member" },
      "user/jo%40x.com/501",
    ],
    [
      "amplitude_project_role_assignment",
      {
        principal_type: "group",
        principal: "601",
        project_id: "501",
        role: "Viewer",
        expires_at: "2027-01-01",
      },
      "group/601/501",
    ],
  ])("of %s %j is %s", (type, values, expected) => expect(key(type, values)).toBe(expected));

  it("does not mix two instances up, whatever their names hold", () => {
    const keys = [
      key("amplitude_group_membership", { group_id: "a/b", email: "c@x.com" }),
      key("amplitude_group_membership", { group_id: "a", email: "b/c@x.com" }),
      key("amplitude_group_membership", { group_id: "~a", email: "c@x.com" }),
      key("amplitude_group_membership", { group_id: "", email: "c@x.com" }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

import { canonicalConfig, compare, sameValue } from "../../src/lifecycle";
import { kindOf, type Kind } from "../../src/resources";
import { Unknown } from "../../src/schema";

function kind(type: string): Kind {
  const found = kindOf(type);
  if (found === undefined) throw new Error(`There is no kind ${type}.`);
  return found;
}
const user = kind("amplitude_user");
const group = kind("amplitude_group");
const leaver = kind("amplitude_leaver");
const assignment = kind("amplitude_project_role_assignment");

const jo = { id: "jo@nova.agency", email: "jo@nova.agency", given_name: "Jo", status: "present" };

describe("what is live against what is declared", () => {
  it.each([
    ["nothing and nothing", user, undefined, undefined, "no-op", []],
    ["nothing and a line", user, undefined, { email: "jo@nova.agency" }, "create", ["email", "id"]],
    ["an object and no line", user, jo, undefined, "delete", []],
    ["the same", user, jo, { email: "jo@nova.agency", given_name: "Jo" }, "no-op", []],
    ["another case of the address", user, jo, { email: "JO@Nova.agency" }, "no-op", []],
    ["a name that nobody declares", user, jo, { email: "jo@nova.agency" }, "no-op", []],
    ["another name", user, jo, { email: "jo@nova.agency", given_name: "Joe" }, "update", ["given_name"]],
    [
      "another case of a name",
      user,
      jo,
      { email: "jo@nova.agency", given_name: "jo" },
      "update",
      ["given_name"],
    ],
    [
      "an end, which Amplitude never sees",
      user,
      jo,
      { email: "jo@nova.agency", expires_at: "2027-03-31" },
      "no-op",
      ["expires_at"],
    ],
    [
      "an end that is gone from the line",
      user,
      { ...jo, expires_at: "2027-03-31" },
      { email: "jo@nova.agency" },
      "no-op",
      ["expires_at"],
    ],
    [
      "the same end in other words",
      user,
      { ...jo, expires_at: "2027-03-31" },
      { email: "jo@nova.agency", expires_at: "2027-04-01T02:00:00+02:00" },
      "no-op",
      [],
    ],
    [
      "members in another order, case and number",
      group,
      { id: "601", name: "eng", members: ["a@x.com", "b@x.com"] },
      { name: "eng", members: ["B@x.com", "a@x.com", "b@x.com"] },
      "no-op",
      [],
    ],
    [
      "members that nobody declares",
      group,
      { id: "601", name: "eng", members: ["a@x.com"] },
      { name: "eng" },
      "no-op",
      [],
    ],
    [
      "no member at all",
      group,
      { id: "601", name: "eng", members: ["a@x.com"] },
      { name: "eng", members: [] },
      "update",
      ["members"],
    ],
    [
      "a name in another case: another group",
      group,
      { id: "601", name: "eng" },
      { name: "Eng" },
      "update",
      ["name"],
    ],
    [
      "a role in another case: the same role",
      assignment,
      { id: "a", principal_type: "user", principal: "jo@x.com", project_id: "501", role: "Member" },
      { principal_type: "user", principal: "Jo@x.com", project_id: "501", role: "member" },
      "no-op",
      [],
    ],
    [
      "a leaver who is still there",
      leaver,
      { email: "ana@x.com", status: "present", left_on: "2026-11-20" },
      { email: "ana@x.com", left_on: "2026-11-20" },
      "update",
      ["status"],
    ],
    [
      "a leaver who is gone",
      leaver,
      { email: "ana@x.com", status: "absent", left_on: "2026-11-20" },
      { email: "ana@x.com", left_on: "2026-11-20" },
      "no-op",
      [],
    ],
  ] as const)("%s", (_, of, prior, config, action, attributes) => {
    const change = compare(of, prior, config);
    expect(change.action).toBe(action);
    expect(change.changes.map(({ attribute }) => attribute).sort()).toEqual([...attributes].sort());
  });

  it("keeps the spelling of what is declared", () => {
    const { changes } = compare(user, undefined, { email: "Jo@Nova.agency" });
    expect(changes.find(({ attribute }) => attribute === "email")?.after).toBe("Jo@Nova.agency");
  });

  it("tells what is unset from what is empty", () => {
    const { members } = group.attributes;
    if (members === undefined) throw new Error("A group has members.");
    expect(sameValue(members, undefined, [])).toBe(false);
    expect(sameValue(members, null, undefined)).toBe(true);
  });

  it("does not take an id that is still to come for the id of somebody else", () => {
    const { project_id: id } = assignment.attributes;
    if (id === undefined) throw new Error("An assignment has a project.");
    expect(sameValue(id, new Unknown("amplitude_project.a.id", "a"), "a")).toBe(false);
    expect(sameValue(id, new Unknown("amplitude_project.a.id", "a"), new Unknown("x", "a"))).toBe(true);
  });
});

describe("what the base remembers of a line", () => {
  it("is the same for the same declaration in other words, and holds nothing that Amplitude answers", () => {
    const one = {
      name: "eng",
      members: ["B@x.com", "a@x.com"],
      member_expires_at: { "A@x.com": "2027-03-31" },
    };
    const other = {
      id: "601",
      member_expires_at: { "a@x.com": "2027-04-01T00:00:00Z" },
      members: ["a@x.com", "b@x.com"],
      name: "eng",
    };
    expect(canonicalConfig(group, one)).toEqual(canonicalConfig(group, other));
    expect(Object.keys(canonicalConfig(group, other)).sort()).toEqual([
      "member_expires_at",
      "members",
      "name",
    ]);
  });
});

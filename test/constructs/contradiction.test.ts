import { Fn, Token, App } from "cdktf";
import { AccessStack, Group, IdpGroup, Project, Role } from "amplitude-access";
import { Construct } from "constructs";
import { synthesize } from "./synthesis";

const ANA = "ana@nova.agency";
const leave = (stack: AccessStack): unknown => stack.left("Ana@nova.agency", { on: "2026-11-23" });

describe("a leaver", () => {
  it.each<[string, (stack: AccessStack) => unknown]>([
    ["a person", (stack) => stack.person(ANA)],
    ["a service account", (stack) => stack.serviceAccount(ANA, { purpose: "sync" })],
    ["somebody who exists", (stack) => stack.existing(ANA)],
    ["a member of a group", (stack) => new Group(stack, "nova", { members: [ANA] })],
    ["a single member", (stack) => new Group(stack, "nova").member(ANA)],
    ["expected in an IdP group", (stack) => IdpGroup.named(stack, "nova", { expects: [ANA] })],
    ["an administrator", (stack) => stack.admins(ANA)],
    ["who takes content over", (stack) => stack.left("jo@nova.agency", { on: "2026-11-20", contentTo: ANA })],
  ])("cannot be %s, whichever line comes first", (_what, present) => {
    expect(() => synthesize((stack) => [leave(stack), present(stack)])).toThrow(
      /ana@nova.agency is declared absent by the leaver "Ana@nova.agency" at acme/,
    );
    expect(() => synthesize((stack) => [present(stack), leave(stack)])).toThrow(
      /Ana@nova.agency is declared present by .* at acme/,
    );
  });

  it.each([
    ["breakGlass" as const, [ANA]],
    ["operator" as const, ANA],
  ])("cannot be the stack's %s", (field, value) => {
    expect(() => synthesize(leave, { [field]: value })).toThrow(/is declared present/);
  });

  it.each<[string, Parameters<AccessStack["left"]>[1], RegExp]>([
    ["content that waits for nobody", { on: "2026-11-23", contentUntil: "2026-12-01" }, /`contentTo` is not/],
    [
      "content that waits until before the day",
      { on: "2026-11-23", contentTo: "jo@nova.agency", contentUntil: "2026-11-22" },
      /before the person left/,
    ],
    ["a day that does not exist", { on: "2026-02-30" }, /its day is wrong: "2026-02-30" is not a date/],
    ["a time instead of a day", { on: "2026-11-23T10:00:00Z" }, /is not a date/],
    ["an empty ticket", { on: "2026-11-23", ticket: " " }, /its ticket is wrong: it is empty/],
  ])("is refused with %s", (_what, props, message) => {
    expect(() => synthesize((stack) => stack.left(ANA, props))).toThrow(message);
  });
});

describe("a group", () => {
  it("has members or single memberships, not both", () => {
    expect(() => synthesize((stack) => new Group(stack, "nova", { members: [] }).member(ANA))).toThrow(
      /the group's `members` are the whole set/,
    );
  });

  it("has no end for somebody who is not in it", () => {
    const props = { members: [ANA], memberUntil: { "jo@nova.agency": "2027-01-01" } };
    expect(() => synthesize((stack) => new Group(stack, "nova", props))).toThrow(
      /jo@nova.agency has an end and is not in `members`/,
    );
  });

  it.each<[string, (stack: AccessStack) => unknown]>([
    ["its own", (stack) => new Group(stack, "nova", { previousName: "nova" })],
    [
      "another group's",
      (stack) => [new Group(stack, "nova"), new Group(stack, "supernova", { previousName: "nova" })],
    ],
    [
      "another group's that follows",
      (stack) => [new Group(stack, "supernova", { previousName: "nova" }), new Group(stack, "nova")],
    ],
  ])("cannot have been called by %s name", (_whose, declare) => {
    expect(() => synthesize(declare)).toThrow(/no two groups share a name/);
  });
});

describe("values that are wrong", () => {
  it.each<[string, (stack: AccessStack) => unknown, RegExp]>([
    ["an address without a domain", (stack) => stack.person("jo"), /"jo" is not an e-mail address/],
    ["an empty group name", (stack) => new Group(stack, "  "), /its name is wrong: it is empty/],
    ["an empty project name", (stack) => Project.named(stack, ""), /its name is wrong: it is empty/],
    ["an empty project id", (stack) => Project.named(stack, "Web", { id: "" }), /its id is wrong/],
    [
      "an empty purpose",
      (stack) => stack.serviceAccount("sync@acme.com", { purpose: "" }),
      /its purpose is wrong/,
    ],
    ["an empty given name", (stack) => stack.person(ANA, { givenName: "" }), /its givenName is wrong/],
    [
      "a wrong expectation",
      (stack) => IdpGroup.named(stack, "nova", { expects: ["jo"] }),
      /"jo" is not an e-mail address/,
    ],
    [
      "a token for a name",
      (stack) => new Group(stack, Token.asString(Fn.upper("nova"))),
      /its name is a token/,
    ],
    ["a built-in role as a custom one", () => Role.custom("admin"), /Use Role.Admin/],
    ["a custom role without a name", () => Role.custom(" "), /its name is empty/],
  ])("refuses %s", (_what, declare, message) => {
    expect(() => synthesize(declare)).toThrow(message);
  });

  it.each<[string, ConstructorParameters<typeof AccessStack>[2], RegExp]>([
    [
      "a time zone nobody has",
      { orgId: 1, region: "us", timeZone: "Europe/Atlantis" },
      /there is no time zone "Europe\/Atlantis"/,
    ],
    [
      "an organization that is no number",
      { orgId: "acme", region: "us" },
      /its orgId "acme" is not a number/,
    ],
    ["half an administrator", { orgId: 1, region: "us", minimumAdmins: 0.5 }, /its minimumAdmins is wrong/],
    [
      "a wrong break-glass account",
      { orgId: 1, region: "us", breakGlass: ["root"] },
      /"root" is not an e-mail address/,
    ],
    ["an empty pattern", { orgId: 1, region: "us", owns: { groups: [""] } }, /its owns.groups is wrong/],
  ])("refuses a stack with %s", (_what, props, message) => {
    expect(() => new AccessStack(new App(), "acme", props)).toThrow(message);
  });

  it("refuses fewer administrators than there must be", () => {
    expect(() => synthesize((stack) => stack.admins("tom@acme.com"), { minimumAdmins: 2 })).toThrow(
      /at least 2 and 1 are named/,
    );
  });

  it("refuses what is not inside of an access stack", () => {
    expect(() => new Group(new Construct(new App(), "elsewhere"), "nova")).toThrow(
      /not inside of an AccessStack/,
    );
  });

  it("refuses a project of another stack, whose reference would become remote state", () => {
    const app = new App();
    const [one, other] = ["one", "other"].map((id) => new AccessStack(app, id, { orgId: 1, region: "us" }));
    const project = Project.named(other!, "Web");
    expect(() => new Group(one!, "nova").may(project)).toThrow(
      /declared in another stack, at other\/project:Web/,
    );
  });
});

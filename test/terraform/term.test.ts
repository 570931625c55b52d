import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency", "ana@nova.agency", "leo@nova.agency")
  .group("writers", ["leo@nova.agency"])
  .project("Web")
  .grant("ana@nova.agency", "Web", "Viewer")
  .seed();

const stack = (until: string): string => `
resource "amplitude_group_membership" "jo" {
  group_id   = "601"
  email      = "jo@nova.agency"
  expires_at = "${until}"
}
resource "amplitude_group" "nova" {
  name                = "agency-nova"
  members             = ["jo@nova.agency", "ana@nova.agency"]
  member_expires_at   = { "jo@nova.agency" = "2026-12-31" }
  deletion_protection = false
}
resource "amplitude_group_membership" "past" {
  group_id   = "601"
  email      = "ana@nova.agency"
  expires_at = "2026-01-31"
}
`;

const WEEK = 7 * 24 * 60 * 60;

acceptance("what ends", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed, attached: true });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  const members = (group: string): readonly string[] =>
    site.emulator.emulator
      .state()
      .groups.find(({ name }) => name === group)
      ?.members.toSorted() ?? [];

  it("is granted until then; what has ended already is not", async () => {
    site.write(stack("2026-12-31"));
    await site.apply();
    expect(members("writers")).toEqual(["jo@nova.agency", "leo@nova.agency"]);
    expect(members("agency-nova")).toEqual(["ana@nova.agency", "jo@nova.agency"]);
    await site.nothingToDo();
  });

  it("is overdue once it is past, and gone with the next apply", async () => {
    await site.control("POST", "clock/advance", { seconds: 6 * WEEK });
    const { text } = await site.apply();
    expect(text).toMatch(/status += "overdue" -> "expired"/);
    expect(text).toContain("0 added, 2 changed, 0 destroyed");
    expect(members("writers")).toEqual(["leo@nova.agency"]);
    expect(members("agency-nova")).toEqual(["ana@nova.agency"]);
    await site.nothingToDo();
  });

  it("comes back with a later end; a leaver loses everything, and stays absent; the line is the record", async () => {
    const leaver = `
resource "amplitude_leaver" "leo" {
  email   = "leo@nova.agency"
  left_on = "2026-12-30"
  ticket  = "SEC-311"
}
`;
    site.write(stack("2027-12-31") + leaver);
    await site.apply();
    expect(members("writers")).toEqual(["jo@nova.agency"]);
    await site.nothingToDo();
    await site.ui({ type: "invite", email: "leo@nova.agency" });
    const { text } = await site.apply();
    expect(text).toMatch(/status += "present" -> \(known after apply\)/);
    const emails = site.emulator.emulator.state().people.map(({ email }) => email);
    expect(emails).not.toContain("leo@nova.agency");
    site.write(stack("2027-12-31"));
    await site.apply();
    expect(site.emulator.emulator.state().people.map(({ email }) => email)).toEqual(emails);
  });
});

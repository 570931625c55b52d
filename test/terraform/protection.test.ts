import { intercept } from "../cli/interception";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency")
  .switches({ management: "served", "last-admin-protected": false })
  .seed();

const group = (name: string, rest = ""): string => `
resource "amplitude_group" "${name}" {
  name    = "${name}"
  members = ["jo@nova.agency"]
  ${rest}
}
`;
const role = (email: string, name: string): string => `
resource "amplitude_organization_role" "${email.split("@")[0]}" {
  email = "${email}"
  role  = "${name}"
}
`;

acceptance("what must not go", () => {
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

  const groups = (): string[] =>
    site.emulator.emulator
      .state()
      .groups.map(({ name }) => name)
      .sort();

  it("a group stays although its block is gone, is to be replaced, or is tainted", async () => {
    site.write(group("nova") + group("other"));
    await site.apply();
    site.write(group("nova"));
    const { text } = await site.expect(1, "plan", "-replace=amplitude_group.nova");
    expect(text).toContain("other is protected from being deleted");
    expect(text).toContain("nova is protected from being replaced");
    site.write(group("nova") + group("other"));
    await site.expect(0, "taint", "amplitude_group.nova");
    // The plan of a tainted object looks like that of a new one: only the apply can tell.
    const tainted = await site.expect(1, "apply", "-auto-approve");
    expect(tainted.text).toContain("nova is protected from being deleted");
    expect(groups()).toEqual(["nova", "other"]);
    await site.expect(0, "untaint", "amplitude_group.nova");
  });

  it("goes once the state itself lets it go", async () => {
    site.write(group("nova", "deletion_protection = false") + group("other", "deletion_protection = false"));
    await site.apply();
    site.write("");
    await site.apply();
    expect(groups()).toEqual([]);
  });

  it("what cannot be taken away because it went with somebody is gone all the same", async () => {
    site.write(role("jo@nova.agency", "manager") + role("tom@acme.com", "owner"));
    await site.apply();
    const restore = intercept(site.emulator.emulator, async (request, answer) => {
      if (request.method === "PATCH" && request.url.includes("/members/"))
        await site.ui({ type: "remove_person", email: "jo@nova.agency" });
      return await answer(request);
    });
    site.requests();
    site.write(role("tom@acme.com", "owner"));
    expect((await site.apply()).text).toContain("1 destroyed");
    restore();
    expect(site.requests()).toContain("PATCH /api/2/organizations/7/members/jo@nova.agency");
    await site.nothingToDo();
  });

  it("administration stays: of a break-glass account, and of the last who must be left; nothing is written", async () => {
    site.write(
      `${role("tom@acme.com", "member")}
resource "amplitude_leaver" "priya" {
  email   = "priya@acme.com"
  left_on = "2026-11-20"
}`,
      'minimum_admins = 2\nbreak_glass = ["tom@acme.com"]',
    );
    site.requests();
    const { text } = await site.expect(1, "apply", "-auto-approve", "-input=false");
    expect(site.requests().filter((request) => !request.startsWith("GET"))).toEqual([]);
    for (const part of [
      "tom@acme.com: organization role owner → member: refused with amplitude_organization_role.tom,",
      "The provider block names tom@acme.com as somebody who keeps administration (break_glass, operator). This was not sent. Name somebody else there first",
      "remove priya@acme.com from the organization: refused with amplitude_leaver.priya,",
      "Amplitude shows as administrators: priya@acme.com, tom@acme.com. 1 would be left, and there must be at least 2. This was not sent. Make somebody else an administrator first",
    ])
      expect(text).toContain(part);
    site.write(role("tom@acme.com", "owner"));
    await site.nothingToDo();
  });
});

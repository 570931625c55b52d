import { intercept } from "../cli/interception";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency")
  .switches({ management: "served", "last-admin-protected": false })
  .seed();

const group = (rest = ""): string => `
resource "amplitude_group" "nova" {
  name    = "agency-nova"
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
    site = await Workspace.open({ installation, seed });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  const groups = (): string[] => site.emulator.emulator.state().groups.map(({ name }) => name);

  it("a group stays although its block is gone, is to be replaced, or is tainted", async () => {
    site.write(group());
    await site.apply();
    site.write("");
    const gone = await site.expect(1, "plan");
    expect(gone.text).toContain("agency-nova is protected from being deleted");
    site.write(group());
    const replaced = await site.expect(1, "plan", "-replace=amplitude_group.nova");
    expect(replaced.text).toContain("agency-nova is protected from being replaced");
    await site.expect(0, "taint", "amplitude_group.nova");
    // The plan of a tainted object looks like that of a new one: only the apply can tell.
    await site.changes();
    const tainted = await site.expect(1, "apply", "-auto-approve");
    expect(tainted.text).toContain("agency-nova is protected from being deleted");
    expect(groups()).toEqual(["agency-nova"]);
    await site.expect(0, "untaint", "amplitude_group.nova");
    await site.nothingToDo();
  });

  it("goes once the state itself lets it go", async () => {
    site.write(group("deletion_protection = false"));
    await site.apply();
    site.write("");
    await site.apply();
    expect(groups()).toEqual([]);
  });

  it("the last administrators stay administrators, and so does whom the block names", async () => {
    const block = 'minimum_admins = 1\n  break_glass = ["tom@acme.com"]';
    site.write(role("priya@acme.com", "admin") + role("tom@acme.com", "owner"), block);
    await site.apply();
    site.write(role("priya@acme.com", "member") + role("tom@acme.com", "member"), block);
    const { text } = await site.expect(1, "apply", "-auto-approve");
    expect(text).toContain("tom@acme.com is named in the provider block (break_glass, operator)");
    site.write(role("priya@acme.com", "member") + role("tom@acme.com", "member"));
    const last = await site.expect(1, "apply", "-auto-approve");
    expect(last.text).toContain("The organization would have 0 administrators left");
    const roles = site.emulator.emulator
      .state()
      .people.map(({ email, organizationRole }) => `${email} ${organizationRole}`);
    expect(roles).toContain("tom@acme.com owner");
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
});

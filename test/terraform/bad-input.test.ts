import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const seed = organization()
  .people("jo@nova.agency", "sam@nova.agency")
  .group("writers")
  .project("Web")
  .seed();

const person = 'resource "amplitude_user" "tyra" {\n  email = "tyra@nova.agency"\n}\n';

acceptance("bad input", () => {
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

  interface Validation {
    readonly diagnostics: readonly {
      readonly summary: string;
      readonly detail: string;
      readonly snippet?: { readonly code: string };
    }[];
  }

  it("is told at its attribute, all of it at once, without a credential", async () => {
    site.write(`
resource "amplitude_user" "bad" {
  email = "not an address"
}
resource "amplitude_group" "bad" {
  name              = "g"
  members           = ["jo@nova.agency", "nobody"]
  member_expires_at = { "sam@nova.agency" = "2027-02-30" }
}
resource "amplitude_project_role_assignment" "bad" {
  principal_type = "user"
  principal      = "jo@nova.agency"
  project_id     = "501"
  role           = "Viewer"
  expires_at     = "tomorrow"
}
resource "amplitude_idp_group" "bad" {
  name     = "g2"
  timeouts = { create = "a while" }
}
resource "amplitude_group" "worse" {
  name     = "g"
  nickname = "x"
  members  = "jo@nova.agency"
}
`);
    const { stdout, code } = await site.run(["validate", "-json"], {
      AMPLITUDE_SCIM_KEY: undefined,
      AMPLITUDE_BASE_URL: undefined,
    });
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(stdout) as Validation;
    const told = diagnostics.map(({ summary, snippet }) => `${snippet?.code.trim()}: ${summary}`);
    for (const start of ["email =", "members ", "member_expires_at", "expires_at ", "timeouts "])
      expect(told.some((line) => line.startsWith(start))).toBe(true);
    expect(told.join("\n")).toContain('"not an address" is not an e-mail address');
    const all = diagnostics.map(({ detail }) => detail).join("\n");
    expect(all).toContain('An argument named "nickname" is not expected here');
    expect(all).toContain("set of string required");
  });

  it("an unknown role, a project that is not there: with what there is", async () => {
    site.write(`
data "amplitude_project" "it" {
  name = "Shop"
}
resource "amplitude_project_role_assignment" "bad" {
  principal_type = "user"
  principal      = "jo@nova.agency"
  project_id     = "501"
  role           = "King"
}
`);
    const { text } = await site.expect(1, "plan");
    expect(text).toContain('There is no project "Shop"');
    expect(text).toContain("Amplitude lists Web");
    expect(text).toContain('There is no role "King"');
  });

  it("Ctrl-C in the middle of an apply loses nothing: what was made is in the state", async () => {
    // Its minute has seen no other requests.
    const fresh = await Workspace.open({ installation, seed });
    await fresh.control("PUT", "switches", { "scim-requests-per-minute": 8 });
    const many = Array.from(
      { length: 12 },
      (_, index) => `resource "amplitude_user" "p${index}" {\n  email = "p${index}@nova.agency"\n}\n`,
    );
    fresh.write(person + many.join(""));
    const before = fresh.emulator.emulator.state().people.length;
    const { spawned, ended } = fresh.start(["apply", "-auto-approve", "-refresh=false"], {
      AMPLITUDE_EMULATOR_CLOCK: undefined,
    });
    while (fresh.emulator.emulator.state().people.length === before)
      await new Promise((wake) => setTimeout(wake, 20));
    // Ctrl-C reaches the whole group of processes, terraform and provider.
    process.kill(-spawned.pid!, "SIGINT");
    const { code } = await ended;
    expect(code).toBe(1);
    await fresh.control("PUT", "switches", { "scim-requests-per-minute": 0 });
    const made = fresh.emulator.emulator.state().people.filter(({ email }) => /^p\d+@/.test(email)).length;
    const listed = await fresh.expect(0, "state", "list");
    expect(listed.stdout.match(/amplitude_user\.p\d+/g)?.length ?? 0).toBe(made);
    await fresh.apply();
    await fresh.nothingToDo();
    await fresh.close();
  });
});

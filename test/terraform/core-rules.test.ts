import { join } from "node:path";
import { organization } from "../support/organization";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(120_000);

const seed = organization().seed();

const person = (fault: string): string => `
resource "amplitude_user" "${fault}" {
  email       = "${fault}@nova.agency"
  given_name  = "${fault}"
  family_name = "Faulty"
}
`;

const planned = ["plan-rewrites", "plan-forgets", "plan-invents", "plan-unknown", "plan-null"];
const applied = ["apply-changes", "apply-forgets", "apply-unknown", "apply-null"];

/** Each rule of core is broken once: by core's own answer these tests can fail. */
acceptance("a provider that breaks the rules of core", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build(join(__dirname, "faulty-provider.ts"));
    // Core judges first; what our own assertions say is asked below.
    site = await Workspace.open({ installation, seed, env: { AMPLITUDE_TERRAFORM_ASSERT: undefined } });
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  it("is refused at plan, once for each rule", async () => {
    site.write(planned.map(person).join(""));
    const { text } = await site.expect(1, "plan");
    const invalid = text.match(/Provider produced invalid plan/g) ?? [];
    for (const fault of planned) expect(text).toContain(`amplitude_user.${fault}`);
    expect(invalid.length).toBeGreaterThanOrEqual(planned.length);
  });

  it("is refused in the apply, once for each rule", async () => {
    site.write([...applied, "plan-random"].map(person).join(""));
    const { text } = await site.expect(1, "apply", "-auto-approve");
    for (const fault of ["apply-changes", "apply-forgets", "apply-null"])
      expect(text).toMatch(
        new RegExp(`amplitude_user.${fault}[^.]*, provider.*?produced an unexpected new value`),
      );
    expect(text).toMatch(/still indicated an unknown value for amplitude_user.apply-unknown/);
    expect(text).toMatch(/Provider produced inconsistent final plan/);
  });

  it("is seen by our own assertions before core sees it", async () => {
    site.write(planned.map(person).join(""));
    const { text } = await site.run(["plan", "-refresh=false"], { AMPLITUDE_TERRAFORM_FAULT: "inside" });
    for (const rule of [
      "email: what is written is planned as it is, or stays",
      "family_name: what is written is planned as it is, or stays",
      "a plan is null exactly where the configuration is",
    ])
      expect(text).toContain(rule);
  });

  it("loses what it takes for gone: a read that answers null is a plan to make it anew", async () => {
    await site.run(["state", "rm", ...applied.map((fault) => `amplitude_user.${fault}`)]);
    site.write(person("read-null"));
    await site.apply();
    const { text } = await site.changes();
    expect(text).toContain("1 to add");
  });

  it("is shown with its stack where it crashes", async () => {
    site.write(person("plan-panics"));
    const { text } = await site.expect(1, "plan", "-refresh=false");
    expect(text).toMatch(
      /Stack trace from the terraform-provider-amplitude\S* plugin: panic: Error: broken on purpose/,
    );
    expect(text).toContain("plugin crashed");
  });
});

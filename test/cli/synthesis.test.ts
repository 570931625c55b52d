import { acmeSeed, nova, stackFile } from "./acme";
import { Workplace } from "./command-line";

describe("a stack that is synthesized by its app", () => {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
    place.write("org.json", acmeSeed);
  });
  afterEach(() => place.remove());

  const MANIFEST = `{"stacks":{"acme":{"synthesizedStackPath":"acme.json","annotations":[{"constructPath":"acme/x","level":"@cdktf/warn","message":"look here"}]}}}`;

  it("is planned, and its warnings are told with their construct paths", async () => {
    place.write("acme.json", stackFile({ resource: nova() }));
    place.write("manifest.json", MANIFEST);
    place.write("cdktf.json", { app: 'cp acme.json manifest.json "$CDKTF_OUTDIR"' });
    const { exitCode, out, err } = await place.run("plan --emulator org.json");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^acme · org 36958/);
    expect(err).toContain("warning: ");
    expect(err).toContain("acme/x");
    expect(err).toContain("look here");
  });

  it("gets no credential of Amplitude, nor of the job that runs it", async () => {
    place.write("cdktf.json", { app: "env; exit 1" });
    const { err } = await place.run("plan", {
      env: {
        PATH: process.env["PATH"],
        AMPLITUDE_SCIM_KEY: "scim-us-4d1f9be2",
        AMPLITUDE_ACME_TOKEN: "token-us-19aa5cd7",
        AMPLITUDE_REGION: "us",
        GITHUB_TOKEN: "ghs-19aa5cd7",
        ACTIONS_RUNTIME_TOKEN: "runtime-19aa5cd7",
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "oidc-19aa5cd7",
      },
    });
    expect(err).toContain("AMPLITUDE_REGION=us");
    expect(err).not.toContain("4d1f9be2");
    expect(err).not.toContain("19aa5cd7");
  });

  it("does not compile", async () => {
    place.write("cdktf.json", { app: "echo 'stack.ts(3,1): error TS2304: Cannot find name' >&2; exit 2" });
    const { exitCode, out, err } = await place.run("apply --yes --emulator org.json");
    expect(out).toBe("");
    expect(err).toMatch(/^error: The stack did not synthesize\. .*ended with 2 and said:/);
    expect(err).toContain("stack.ts(3,1): error TS2304: Cannot find name");
    expect(err).toContain("Correct the stack");
    expect(exitCode).toBe(1);
  });

  it.each<[string, unknown, RegExp]>([
    ["not there", undefined, /There is no stack to plan.*--config FILE/],
    ["not JSON", "{", /cdktf\.json.*--config FILE/],
    ["null", "null", /cdktf\.json/],
    ["a number", "3", /cdktf\.json/],
    ["without an app", {}, /cdktf\.json has no `app`/],
  ])("whose cdktf.json is %s", async (_, content, wording) => {
    if (content !== undefined) place.write("cdktf.json", content);
    const { exitCode, err } = await place.run("plan --emulator org.json");
    expect(err).toMatch(wording);
    // A problem of the user's file, not of this program: no stack trace.
    expect(err).not.toMatch(/\n +at /);
    expect(exitCode).toBe(1);
  });

  it.each<[string, string, RegExp]>([
    ["nothing", "true", /wrote no stack.*app\.synth\(\)/],
    [
      "a manifest that is none",
      `echo '{"stacks":3}' > "$CDKTF_OUTDIR/manifest.json"`,
      /^error: [^[{]*manifest/,
    ],
    ["a manifest without its files", `cp manifest.json "$CDKTF_OUTDIR"`, /acme\.json/],
  ])("that wrote %s", async (_, app, wording) => {
    place.write("manifest.json", MANIFEST);
    place.write("cdktf.json", { app });
    const { exitCode, err } = await place.run("plan --emulator org.json");
    expect(err).toMatch(wording);
    expect(err).not.toMatch(/\n +at /);
    expect(exitCode).toBe(1);
  });
});

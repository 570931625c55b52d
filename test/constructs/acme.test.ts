import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSeed } from "amplitude-access/emulator";
import { parseStack } from "../../src/reconcile/desired/stack";
import { acme, type Chapter } from "../../stacks/acme";
import { synthesizeApp, type Synthesized } from "./synthesis";

const chapters: Chapter[] = ["before", "after"];
const golden = (chapter: Chapter): string => join(__dirname, "golden", `acme-${chapter}.tf.json`);

describe("the demo's stack", () => {
  it.each(chapters)("%s: is the same on both cores but for their version", (chapter) => {
    const { file } = synthesizeApp((app) => acme(app, chapter));
    file["//"].metadata.version = "normalized";
    if (process.env["UPDATE_GOLDEN"] === "1")
      writeFileSync(golden(chapter), `${JSON.stringify(file, null, 2)}\n`);
    expect(file).toEqual(JSON.parse(readFileSync(golden(chapter), "utf8")) as Synthesized);
  });

  it.each(chapters)("%s: is what the CLI reads, without warnings", (chapter) => {
    const { text, annotations } = synthesizeApp((app) => acme(app, chapter));
    const stack = parseStack(text, "cdk.tf.json");
    expect(stack.declarations.length).toBeGreaterThan(10);
    expect(stack.provider).toMatchObject({ orgId: "36958", region: "us" });
    expect(annotations).toEqual([]);
  });

  it("finds its projects, administrators and IdP groups in the demo's organization", () => {
    const seed = parseSeed(readFileSync(join(__dirname, "..", "..", "stacks", "demo-seed.json"), "utf8"));
    const { file } = synthesizeApp((app) => acme(app, "before"));
    const names = (blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): unknown[] =>
      Object.values(blocks).map(({ name }) => name);
    expect(seed.projects.map(({ name }) => name)).toEqual(
      expect.arrayContaining(names(file.data?.["amplitude_project"])),
    );
    expect(seed.people.map(({ email }) => email)).toEqual(
      expect.arrayContaining(file.provider.amplitude[0]["admins"] as string[]),
    );
    expect(seed.identityProvider?.groups.map(({ name }) => name)).toEqual(
      expect.arrayContaining(names(file.resource?.["amplitude_idp_group"])),
    );
  });
});

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everyGenerated, providerSchema, writeGenerated } from "../../scripts/generate";
import { forCdktn } from "../../scripts/build";
import { l1 } from "amplitude-access";

const CLASSES = "src/constructs/generated/";

// `npm run check` holds that they are current.
describe("the generated classes", () => {
  let files: ReadonlyMap<string, string>;
  beforeAll(async () => (files = await everyGenerated()));

  it("name no registry's host and no address of documentation", () => {
    const classes = [...files].filter(([path]) => path.startsWith(CLASSES));
    expect(classes.length).toBeGreaterThan(10);
    for (const [, text] of classes) expect(text).not.toMatch(/https?:|terraform registry|[a-z]\.io\b/i);
  });

  it("have the provider's source and a range of versions", () => {
    const provider = files.get(`${CLASSES}provider/index.ts`);
    expect(provider).toContain("terraformProviderSource: 'amplitude-access/amplitude'");
    expect(provider).toContain("providerVersionConstraint: '~> 0.1'");
  });

  it("tell a lookup from a resource of the same name", () => {
    expect([l1.Group.tfResourceType, l1.DataAmplitudeGroup.tfResourceType]).toEqual([
      "amplitude_group",
      "amplitude_group",
    ]);
    expect([l1.User.name, l1.DataAmplitudeUser.name]).toEqual(["User", "DataAmplitudeUser"]);
  });

  it("come from a schema without nested attributes, which HCL output would break", () => {
    expect(JSON.stringify(providerSchema())).not.toMatch(/nested_type|block_types/);
  });
});

describe("npm run generate", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "amplitude-access-generate-"));
    mkdirSync(join(root, "docs", "resources"), { recursive: true });
    writeFileSync(join(root, "docs", "resources", "old.md"), "old");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const pages = (): string[] => readdirSync(join(root, "docs", "resources"));

  it("leaves everything as it was where something cannot be built", async () => {
    const fails = () => Promise.reject(new Error("no page"));
    await expect(writeGenerated(root, fails)).rejects.toThrow("no page");
    expect(pages()).toEqual(["old.md"]);
  });

  it("writes what was built, and takes away what is not generated any more", async () => {
    const build = () => Promise.resolve(new Map([["docs/resources/new.md", "new"]]));
    expect(await writeGenerated(root, build)).toEqual(["docs/resources/new.md"]);
    expect(pages()).toEqual(["new.md"]);
  });
});

describe("the entry for CDK Terrain", () => {
  it.each([
    ["a module of compiled code", 'const cdktf = require("cdktf");', 'const cdktf = require("cdktn");'],
    ["a file inside of it", "require('cdktf/lib/app')", "require('cdktn/lib/app')"],
    ["a declaration", 'import * as cdktf from "cdktf";', 'import * as cdktf from "cdktn";'],
    ["a type of a declaration", 'x: import("cdktf").App', 'x: import("cdktn").App'],
    ["nothing of another package", 'require("cdktf-cli")', 'require("cdktf-cli")'],
    ["nothing in text", '"@cdktf/warn" // cdktf', '"@cdktf/warn" // cdktf'],
  ])("exchanges %s", (_what, text, expected) => expect(forCdktn(text)).toBe(expected));

  it("covers every way in which the sources name the core", () => {
    const source = readFileSync("src/constructs/access-stack.ts", "utf8");
    expect(forCdktn(source)).not.toMatch(/from "cdktf"/);
  });
});

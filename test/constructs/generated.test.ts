import { readFileSync } from "node:fs";
import { generatedFiles, providerSchema, staleFiles } from "../../scripts/generate";
import { forCdktn } from "../../scripts/build";
import { l1 } from "amplitude-access";

describe("the generated classes", () => {
  it("are what the registry says", async () => {
    expect(await staleFiles()).toEqual([]);
  });

  it("name no registry's host and no address of documentation", async () => {
    for (const text of (await generatedFiles()).values())
      expect(text).not.toMatch(/https?:|terraform registry|[a-z]\.io\b/i);
  });

  it("have the provider's source and a range of versions", async () => {
    const provider = (await generatedFiles()).get("provider/index.ts");
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

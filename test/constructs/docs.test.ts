import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import * as entry from "amplitude-access";
import * as ts from "typescript";
import type { Synthesized } from "./synthesis";

const docs = readFileSync(join(__dirname, "..", "..", "docs", "constructs.md"), "utf8");

/** Runs a program as it stands in the docs and reads its stack back. */
function run(program: string): Synthesized {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const outdir = mkdtempSync(join(tmpdir(), "amplitude-docs-"));
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    const main = compileFunction(outputText, ["require", "exports"]) as (
      load: NodeJS.Require,
      exports: object,
    ) => void;
    main(require, {});
    return JSON.parse(readFileSync(join(outdir, "stacks", "acme", "cdk.tf.json"), "utf8")) as Synthesized;
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe("docs/constructs.md", () => {
  it("begins with a program that declares each of what it lists", () => {
    const [, program = ""] = /```ts\n(.*?)```/s.exec(docs) ?? [];
    const { resource, data } = run(program);
    const counts = Object.fromEntries(
      Object.entries({ ...resource, ...data }).map(([type, blocks]) => [type, Object.keys(blocks).length]),
    );
    expect(counts).toEqual({
      amplitude_group: 1,
      amplitude_idp_group: 1,
      amplitude_leaver: 1,
      amplitude_project: 2,
      amplitude_project_role_assignment: 6,
      amplitude_user: 2,
    });
  });

  it.each(Object.keys(entry))("names %s", (name) => expect(docs).toMatch(new RegExp(`\\b${name}\\b`)));
});

describe("docs/scale.md", () => {
  it("has a backend that the stack keeps, and that locks", () => {
    const scale = readFileSync(join(__dirname, "..", "..", "docs", "scale.md"), "utf8");
    const [, snippet = ""] = /```ts\n(.*?)```/s.exec(scale) ?? [];
    const { terraform } = run(`import { App } from "cdktf";
import { AccessStack } from "amplitude-access";
const app = new App();
const acme = new AccessStack(app, "acme", { orgId: 36958, region: "us" });
${snippet}
app.synth();`);
    expect(terraform.backend).toEqual({
      s3: {
        bucket: "acme-access",
        key: "amplitude/36958.tfstate",
        region: "eu-central-1",
        encrypt: true,
        use_lockfile: true,
      },
    });
  });
});

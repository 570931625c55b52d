import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import type { AccessStack } from "amplitude-access";
import * as ts from "typescript";
import { kinds, terraformLookups } from "../../src/resources";
import { only, synthesize } from "./synthesis";

const DOCS = join(__dirname, "..", "..", "docs");

/** What the only example in TypeScript of a page declares. */
function exampleOf(page: string): (stack: AccessStack) => void {
  const [[, program = ""] = [], ...others] = readFileSync(join(DOCS, page), "utf8").matchAll(
    /```ts\n(.*?)```/gs,
  );
  expect(others).toEqual([]);
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: { declare?: (stack: AccessStack) => void } = {};
  (compileFunction(outputText, ["require", "exports"]) as (load: NodeJS.Require, exports: object) => void)(
    require,
    exported,
  );
  return exported.declare!;
}

const page = (folder: string, type: string): string => `${folder}/${type.replace("amplitude_", "")}.md`;

describe("the provider's docs", () => {
  it.each(kinds.map((kind) => [kind.type, kind] as const))(
    "%s: the example in TypeScript declares what the one in HCL does",
    (type, { attributes, example: { create } }) => {
      const block = only(synthesize(exampleOf(page("resources", type))), type);
      const literals = Object.entries(create).filter(
        ([name]) =>
          (attributes[name] as { type: { refersTo?(values: object): unknown } }).type.refersTo?.(create) ===
          undefined,
      );
      const given = Object.fromEntries(literals.map(([name]) => [name, block[name]]));
      expect(given).toEqual(Object.fromEntries(literals));
    },
  );

  it.each(terraformLookups.map((lookup) => [lookup.type, lookup] as const))(
    "%s: the example in TypeScript looks up what the one in HCL does",
    (type, { by }) => {
      const { file } = synthesize(exampleOf(page("data-sources", type)));
      const [[label, block] = []] = Object.entries(file.data?.[type] ?? {});
      const hcl = readFileSync(join(DOCS, page("data-sources", type)), "utf8");
      const lines = hcl.replace(/ +=/g, " =");
      expect(lines).toContain(`data "${type}" "${label}" {\n  ${by} = ${JSON.stringify(block?.[by])}`);
    },
  );

  it("say of every attribute what it is", () => {
    for (const { type, attributes } of kinds) {
      const text = readFileSync(join(DOCS, page("resources", type)), "utf8");
      for (const name of Object.keys(attributes)) expect(text).toContain(`- \`${name}\` (`);
    }
  });

  it("have no page of anything that is gone", () => {
    const names = (folder: string): string[] => readdirSync(join(DOCS, folder)).sort();
    expect(names("resources")).toEqual(kinds.map(({ type }) => page("resources", type).slice(10)).sort());
    expect(names("data-sources")).toEqual(
      terraformLookups.map(({ type }) => page("data-sources", type).slice(13)).sort(),
    );
  });
});

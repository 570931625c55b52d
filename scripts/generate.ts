import "./generator-environment";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { ConstructsMakerProviderTarget, LANGUAGES, TerraformProviderConstraint } from "@cdktf/commons";
// The package's main entry needs jsii; this one does not.
import { ResourceModel } from "@cdktf/provider-generator/lib/get/generator/models";
import { TerraformProviderGenerator } from "@cdktf/provider-generator/lib/get/generator/provider-generator";
import { CodeMaker } from "codemaker";
import { build } from "esbuild";
import { z } from "zod";
import { planView } from "../src/report/view/plan-view";
import { kinds, providerAttributes, terraformLookups } from "../src/resources";
import type { Attribute, Attributes, WireType } from "../src/schema";
import { providerPages } from "./provider-docs/pages";

/**
 * Writes the L1 classes from the registry: one class per kind, one `Data...` class per lookup, and the provider; and the provider's docs.
 * `--check` writes nothing and fails with the names of the files that differ.
 */

const SOURCE = "amplitude-access/amplitude";
/** The generator wants three parts; the host is taken out again, so that nobody's stack names one. */
const SOURCE_WITH_HOST = `host/${SOURCE}`;
const VERSION = "~> 0.1";
const LINK = "docs";
const ROOT = join(__dirname, "..");
const CLIENT = join(ROOT, "src", "report", "client");
const CLASSES = "src/constructs/generated";
/** Folders in which everything is generated. */
const FOLDERS = [CLASSES, "docs/resources", "docs/data-sources"];

interface BlockSchema {
  readonly version: number;
  readonly block: {
    readonly description?: string;
    readonly attributes: Readonly<Record<string, AttributeSchema>>;
  };
}

interface AttributeSchema {
  readonly type: WireType;
  readonly description: string;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
  readonly sensitive?: true;
}

/** What `terraform providers schema -json` would answer, without `provider_versions`: with it the exact version would be pinned. */
export function providerSchema(): object {
  return {
    format_version: "1.0",
    provider_schemas: {
      [SOURCE_WITH_HOST]: {
        provider: block(providerAttributes),
        resource_schemas: Object.fromEntries(
          kinds.map((kind) => [kind.type, block(kind.attributes, kind.description)]),
        ),
        data_source_schemas: Object.fromEntries(
          terraformLookups.map((lookup) => [lookup.type, block(lookup.attributes, lookup.description)]),
        ),
      },
    },
  };
}

function block(attributes: Attributes, description?: string): BlockSchema {
  const names = Object.keys(attributes).sort();
  const entries = names.map(
    (name) => [name, attributeSchema(attributes[name] as unknown as Attribute)] as const,
  );
  return {
    version: 0,
    block: { ...(description === undefined ? {} : { description }), attributes: Object.fromEntries(entries) },
  };
}

function attributeSchema({ type, presence, description, sensitive }: Attribute): AttributeSchema {
  return {
    type: type.wire,
    description,
    [presence]: true,
    ...(sensitive ? { sensitive: true as const } : {}),
  };
}

/** The generated files by their path below src/constructs/generated, in no particular order. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  // Its own getter writes the registry's address into every comment.
  Object.defineProperty(ResourceModel.prototype, "linkToDocs", { configurable: true, get: () => LINK });
  const code = new CodeMaker();
  const constraint = new TerraformProviderConstraint({
    name: "amplitude",
    source: SOURCE_WITH_HOST,
    version: VERSION,
  });
  const generator = new TerraformProviderGenerator(code as never, providerSchema());
  generator.generate(new ConstructsMakerProviderTarget(constraint, LANGUAGES[0] as never));
  const folder = await mkdtemp(join(tmpdir(), "amplitude-l1-"));
  try {
    await code.save(folder);
    const root = join(folder, "providers", "amplitude");
    const files = new Map<string, string>();
    for (const path of await filesBelow(root)) {
      if (!path.includes("/") || !path.endsWith(".ts")) continue;
      files.set(path, cleaned(await readFile(join(root, path), "utf8")));
    }
    files.set("index.ts", index([...files.keys()]));
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Paths relative to `root`, with `/`; none when it does not exist. */
async function filesBelow(root: string): Promise<string[]> {
  const paths = await readdir(root, { recursive: true }).catch(() => []);
  return paths.filter((path) => /\.\w+$/.test(path)).map((path) => path.split(sep).join("/"));
}

function cleaned(text: string): string {
  return text
    .replaceAll(SOURCE_WITH_HOST, SOURCE)
    .replace(/^ *\*\n *\* Docs at Terraform Registry:.*\n/gm, "")
    .replace(/^\/\/ docs\n/gm, "")
    .replace(/\{@link docs\S*\s+([^}]*)\}/g, "$1")
    .replace(/^.*Refer to the Terraform Registry for docs.*\n/gm, "")
    .replace(/[ \t]+$/gm, "");
}

function index(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path)).sort();
  return [
    "// generated from the registry by scripts/generate.ts",
    ...folders.map((folder) => `export * from './${folder}';`),
    "",
  ].join("\n");
}

/** The JSON Schema of `plan --format json`, from the schema that the renderers share. */
export function planSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(planView), undefined, 2)}\n`;
}

/** Script and style of the HTML page, as they are put into it. */
export async function pageAssetsText(): Promise<string> {
  const built = await Promise.all(
    ["main.ts", "page.css"].map((file) =>
      build({
        entryPoints: [join(CLIENT, file)],
        bundle: true,
        minify: true,
        write: false,
        target: "es2022",
        format: "iife",
        charset: "ascii",
        legalComments: "none",
      }),
    ),
  );
  const [script = "", style = ""] = built.map(({ outputFiles }) => outputFiles[0]?.text.trim());
  // What would end the element that the script is put into.
  return `${JSON.stringify({ script: script.replaceAll("</", "<\\/"), style }, undefined, 2)}\n`;
}

/** Everything that is generated, by its path below the checkout; nothing is written. */
export async function everyGenerated(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const [path, text] of await generatedFiles()) files.set(`${CLASSES}/${path}`, text);
  files.set("docs/plan-schema.json", planSchemaText());
  files.set("src/report/generated/page-assets.json", await pageAssetsText());
  for (const [path, text] of providerPages()) files.set(`docs/${path}`, text);
  return files;
}

/** Files below `root` that are missing, differ, or should not be there. */
async function staleFiles(root: string): Promise<string[]> {
  const wanted = await everyGenerated();
  const present = await Promise.all(
    FOLDERS.map(async (folder) => (await filesBelow(join(root, folder))).map((path) => `${folder}/${path}`)),
  );
  const stale = present.flat().filter((path) => !wanted.has(path));
  for (const [path, text] of wanted)
    if ((await readFile(join(root, path), "utf8").catch(() => undefined)) !== text) stale.push(path);
  return stale.sort();
}

/**
 * Builds every file before it writes the first one: where something cannot be built, the checkout stays as it was.
 *
 * @param build the files by their path below `root`
 */
export async function writeGenerated(root: string, build = everyGenerated): Promise<readonly string[]> {
  const files = await build();
  for (const folder of FOLDERS) await rm(join(root, folder), { recursive: true, force: true });
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return [...files.keys()];
}

async function write(): Promise<void> {
  const paths = await writeGenerated(ROOT);
  console.log(`${paths.length} files, in ${[...FOLDERS, "docs", "src/report/generated"].join(", ")}`);
}

async function check(): Promise<void> {
  const stale = await staleFiles(ROOT);
  if (stale.length === 0) return console.log("what is generated is current");
  console.error(
    `What is generated differs from its source: ${stale.join(", ")}. Run \`npm run generate\` and commit the result.`,
  );
  process.exitCode = 1;
}

if (require.main === module) void (process.argv.includes("--check") ? check() : write());

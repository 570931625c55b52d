import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { version } from "../src/api";
import { kinds } from "../src/resources";

const root = resolve(__dirname, "..");

/** What each folder of src may import beside itself, the platform and packages. */
const table: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  api: ["schema"],
  emulator: [],
  access: ["schema"],
  collections: ["schema", "access", "api"],
  resources: ["schema", "access", "api", "collections"],
  lifecycle: ["schema", "access", "api", "collections", "resources"],
  reconcile: ["schema", "access", "api", "collections", "resources", "lifecycle"],
  terraform: ["schema", "access", "api", "collections", "resources", "lifecycle"],
  policies: ["schema", "access", "api", "collections", "resources", "lifecycle", "reconcile"],
  drift: ["schema", "access", "api", "collections", "resources", "lifecycle", "reconcile", "policies"],
  github: ["schema"],
  report: [
    "schema",
    "access",
    "api",
    "collections",
    "resources",
    "lifecycle",
    "reconcile",
    "policies",
    "drift",
  ],
  cli: [
    "schema",
    "access",
    "api",
    "collections",
    "resources",
    "lifecycle",
    "reconcile",
    "policies",
    "drift",
    "report",
    "github",
    "emulator",
  ],
  constructs: ["schema", "access"],
};
/** Folders whose code knows no kind by name. */
const shared = [
  "schema",
  "access",
  "api",
  "collections",
  "lifecycle",
  "terraform",
  "reconcile",
  "policies",
  "drift",
  "report",
  "github",
  "cli",
];
const notOurs = new Set([
  "node_modules",
  ".git",
  "lib",
  "cdktn",
  "cdktf.out",
  "coverage",
  ".amplitude-access",
]);
const generated = join("src", "constructs", "generated") + sep;
const longestFile = 300;

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesUnder(path);
    return entry.isFile() && !notOurs.has(entry.name) ? [path] : [];
  });
}

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const all = filesUnder(".");
const source = all.filter((path) => path.startsWith(`src${sep}`) && path.endsWith(".ts"));
const folderOf = (path: string): string => path.split(sep)[1] ?? "";

/** Everything that a file imports, types too: `from "x"`, `import "x"`, `import("x")`, `require("x")`. */
function importsOf(path: string): string[] {
  const wording = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*(["'])([^"'\n]+)\1/g;
  return [...read(path).matchAll(wording)].map(([, , target]) => target ?? "");
}

/** The folder of src that an import leads into; undefined for packages and for src itself. */
function targetFolder(path: string, target: string): string | undefined {
  if (!target.startsWith(".")) return undefined;
  return folderOf(relative(root, resolve(root, dirname(path), target)));
}

/** The file of src that an import names; undefined for packages. */
function targetFile(path: string, target: string): string | undefined {
  if (!target.startsWith(".")) return undefined;
  const stem = join(dirname(path), target);
  return [`${stem}.ts`, join(stem, "index.ts")].find((file) => source.includes(file));
}

/** Files that come back to themselves over what they import, types too. */
function circular(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const returns = (start: string): boolean => {
    const seen = new Set<string>();
    const next = [...(imports.get(start) ?? [])];
    for (let file = next.pop(); file !== undefined && file !== start; file = next.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      next.push(...(imports.get(file) ?? []));
      if (next.includes(start)) return true;
    }
    return false;
  };
  return [...imports.keys()].filter(returns).sort();
}

describe("imports point down", () => {
  it("every folder of src has a line in the table", () => {
    const folders = readdirSync(join(root, "src")).filter((name) =>
      statSync(join(root, "src", name)).isDirectory(),
    );
    expect(folders.sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(table))("%s imports nothing but itself and %j", (folder, allowed) => {
    const files = source.filter((path) => folderOf(path) === folder);
    expect(files).not.toEqual([]);
    const wrong = files.flatMap((path) =>
      importsOf(path)
        .filter((target) => {
          const found = targetFolder(path, target);
          return found !== undefined && found !== folder && !allowed.includes(found);
        })
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("only the constructs know cdktf", () => {
    const wrong = source.filter(
      (path) =>
        folderOf(path) !== "constructs" &&
        importsOf(path).some((target) => /^(?:cdktf|cdktn|constructs|@cdktf|@cdktn)(?:\/|$)/.test(target)),
    );
    expect(wrong).toEqual([]);
  });

  it("only the command line, tests and scripts run the emulator", () => {
    const wrong = all
      .filter((path) => /\.[cm]?ts$/.test(path) && !/^(?:test|scripts|src.(?:cli|emulator)).*$/.test(path))
      .filter((path) => importsOf(path).some((target) => /(?:^|\/)emulator(?:\/|$)/.test(target)));
    expect(wrong).toEqual([]);
  });

  it("no two files of src name each other, on whatever way", () => {
    const imports = source
      .filter((path) => !path.startsWith(generated))
      .map((path) => [path, importsOf(path).flatMap((target) => targetFile(path, target) ?? [])] as const);
    // A construct makes those that it hands out, and they say whose they are.
    const known = ["api-key", "engagement-folder", "engagement", "project"];
    expect(circular(new Map(imports))).toEqual(known.map((name) => join("src", "constructs", `${name}.ts`)));
    const [a, b, c] = ["a", "b", "c"];
    expect(
      circular(
        new Map([
          [a, [b]],
          [b, [c]],
          [c, [b]],
        ]),
      ),
    ).toEqual([b, c]);
  });

  it("sees an import that points up", () => {
    expect(targetFolder(join("src", "schema", "value.ts"), "../reconcile/plan")).toBe("reconcile");
    expect(importsOf(join("src", "resources", "references.ts"))).toContain("../access");
  });
});

it("one file alone asks a kind for a live object", () => {
  const asks = /\bkind\.(?:find|findById|isReferredTo)\b/;
  expect(source.filter((path) => asks.test(read(path)))).toEqual([join("src", "lifecycle", "identity.ts")]);
});

describe("shared code", () => {
  it.each(shared)("%s names no kind", (folder) => {
    const literals = kinds.flatMap(({ type }) => [`"${type}"`, `'${type}'`, `\`${type}\``]);
    const wrong = source
      .filter((path) => folderOf(path) === folder)
      .flatMap((path) =>
        literals.filter((literal) => read(path).includes(literal)).map((found) => `${path}: ${found}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe("files", () => {
  const ours = all.filter((path) => /^(?:src|test|scripts|stacks|docs)/.test(path));

  it("are kebab-case, and called after what is in them", () => {
    const wrong = ours
      .filter((path) => /\.(?:[cm]?[jt]s|json|md|snap)$/.test(path) && !path.includes("__snapshots__"))
      // Registries of providers look for these under the name of the type.
      .filter((path) => !/^docs\W(?:resources|data-sources)\W/.test(path))
      .filter((path) => {
        const name = path
          .slice(path.lastIndexOf(sep) + 1)
          .replace(/(?:\.test|\.tf|\.d)?\.[a-z]+(?:\.snap)?$/, "");
        return (
          !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ||
          /^(?:utils?|helpers?|common|types|manager|service)$/.test(name)
        );
      });
    expect(wrong).toEqual([]);
  });

  it(`of src have at most ${longestFile} lines`, () => {
    const long = source
      .filter((path) => !path.startsWith(generated))
      .map((path) => `${path}: ${read(path).trimEnd().split("\n").length}`)
      .filter((line) => Number(line.split(": ")[1]) > longestFile);
    expect(long).toEqual([]);
  });

  // Put together here, so that this file may be searched too.
  const words = [
    ...["npm" + "js", "yarn" + "pkg", "registry" + ".npm", "py" + "pi", "crates" + ".io", "ruby" + "gems"],
    ...["work", "root", "tmp", "home"].map((folder) => `/${folder}/`),
  ];
  it.each(words)("name no %s", (word) => {
    const wrong = all
      .filter((path) => !/\.(?:png|ico|gz|tgz|tsbuildinfo)$/.test(path))
      .filter((path) => read(path).includes(word));
    expect(wrong).toEqual([]);
  });
});

it("the version that the client tells is the package's", () => {
  expect(version).toBe((JSON.parse(read("package.json")) as { version: string }).version);
});

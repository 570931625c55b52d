import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleFiles, writeExample } from "../support/worked-example";

const root = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const byHand = exampleFiles(read("CONTRIBUTING.md"));
const emulator = exampleFiles(read("test/conformance/project-tag/emulator.md"));

/** What the suites of a kind need of the tree. */
const COPIED = [
  "src",
  "scripts",
  "docs",
  "test/support",
  "test/conformance",
  "test/collections",
  "jest.config.cjs",
];
const TYPE = "amplitude_project_tag";

interface Ran {
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

describe("the worked example of CONTRIBUTING", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "amplitude-access-example-"));
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    // Jest's configuration looks into it.
    mkdirSync(join(copy, "test", "constructs"));
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it("is 12 files by hand, and the emulator's", () => {
    const isEmulator = ({ path }: { readonly path: string }): boolean => path.startsWith("src/emulator/");
    expect(byHand.filter(isEmulator)).toEqual([]);
    expect(new Set(byHand.map(({ path }) => path)).size).toBe(byHand.length);
    expect(byHand.length).toBeLessThanOrEqual(12);
    expect(emulator.every(isEmulator)).toBe(true);
  });

  it("passes the conformance of a kind in a copy of the tree to which nothing else is added", () => {
    for (const file of [...byHand, ...emulator]) writeExample(copy, file);
    const { testResults, ...failed } = conformance();
    const names = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .flatMap(({ status, fullName }) => (status === "passed" ? [fullName] : []));
    expect(failed).toEqual({ numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
    for (const at of [
      "comes into effect",
      "is seen to be changed outside",
      "goes with its line",
      "is listed",
    ])
      expect(names.filter((name) => name.startsWith(`${TYPE} ${at}`))).not.toEqual([]);
    // Each of its two writes meets each of eight faults.
    expect(names.filter((name) => name.startsWith(`one fault ${TYPE}`))).toHaveLength(16);
    expect(names.filter((name) => name.startsWith("a collection is declared once"))).not.toEqual([]);
  }, 240_000);

  /** One run of Jest in the copy: the suites of kinds, for this one, and that of collections. */
  function conformance(): Ran {
    const report = join(copy, "report.json");
    const { LISTED_SKIPS: _, ...env } = process.env;
    const args = [
      ...["--selectProjects", "main", "--runInBand", "--ci", "--reporters", "default"],
      ...[
        "--testPathPatterns",
        "test/(?:conformance/(?:life|fault|lasting-fault|identity)|collections/.*)\\.test",
      ],
      ...["--testNamePattern", `${TYPE}|declared once|has its rows`, "--json", "--outputFile", report],
      // Else what is compiled under a path of this run only stays in the shared cache.
      ...["--cacheDirectory", join(copy, "cache")],
    ];
    const jest = join(root, "node_modules", "jest", "bin", "jest.js");
    try {
      execFileSync(process.execPath, [jest, "--rootDir", copy, ...args], { cwd: copy, env, stdio: "pipe" });
    } catch (error) {
      // What failed is in the report, where Jest came so far.
      const { stderr } = error as { readonly stderr: Buffer };
      throw new Error(String(stderr).slice(0, 6000), { cause: error });
    }
    const { numFailedTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    ) as Ran;
    return { numFailedTests, numRuntimeErrorTestSuites, testResults };
  }
});

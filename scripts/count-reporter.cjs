const { existsSync, readFileSync } = require("node:fs");
const { relative, sep } = require("node:path");

/**
 * Names every suite with skipped tests, and prints, as the last line of a run, what the runner counted: `N passed, N failed, N skipped`.
 * Where LISTED_SKIPS names a file of `path<TAB>reason`, as `.ci/run` does, a skipped test that it does not list fails the run.
 */
module.exports = class CountReporter {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(_contexts, results) {
    const { said, unlisted } = this.skips(results.testResults);
    if (unlisted.length > 0)
      this.error = new Error(`Skipped, and not listed with a reason: ${unlisted.join(", ")}`);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    // The default reporter writes its summary to stderr; let it finish first.
    process.stderr.write(said, () =>
      process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`),
    );
  }

  /** Jest fails a run whose reporter has an error. */
  getLastError() {
    return this.error;
  }

  skips(testResults) {
    const listed = listOf(process.env.LISTED_SKIPS);
    const unlisted = [];
    const lines = [];
    for (const { testFilePath, numPendingTests = 0, numTodoTests = 0 } of testResults) {
      const count = numPendingTests + numTodoTests;
      if (count === 0) continue;
      const suite = relative(this.rootDir, testFilePath).split(sep).join("/");
      const reason = listed?.find(([path]) => suite === path || suite.startsWith(`${path}/`))?.[1];
      if (listed !== undefined && reason === undefined) unlisted.push(suite);
      lines.push(`  ${suite}: ${count} tests${reason === undefined ? "" : ` (${reason})`}\n`);
    }
    if (lines.length === 0) return { said: "", unlisted };
    return { said: `\n*** SKIPPED, NOT TESTED ***\n${lines.sort().join("")}\n`, unlisted };
  }
};

/** Pairs of a path and a reason; undefined where no list is asked for. */
function listOf(file) {
  if (file === undefined) return undefined;
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => line.split("\t"));
}

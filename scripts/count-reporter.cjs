/** Prints, as the last line of a run, what the runner counted: `N passed, N failed, N skipped`. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    // The default reporter writes its summary to stderr; let it finish first.
    process.stderr.write("", () =>
      process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`),
    );
  }
};

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** A folder for what suites of one run build once and share; gone when the run ends. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), "amplitude-access-run-"));
  process.env.TEST_RUN_FOLDER = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
};

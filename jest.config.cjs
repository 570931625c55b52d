const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** What stacks come to is held on both cores; everything else runs once. */
const constructs = join(__dirname, "test", "constructs");
const goldens = readdirSync(constructs).filter(
  (name) => name.endsWith(".test.ts") && readFileSync(join(constructs, name), "utf8").includes('"golden"'),
);

// `npm run mutants` changes one place of one file.
const compiler =
  process.env.MUTANT === undefined ? "@swc/jest" : join(__dirname, "scripts", "mutants", "transform.cjs");

const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": [compiler, { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  moduleNameMapper: {
    // Every suite would load zod's fifty other languages, as the provider's bundle does not.
    "^\\.\\./locales/index\\.cjs$": "zod/v4/locales/en.cjs",
    "^amplitude-access$": "<rootDir>/src/index.ts",
    "^amplitude-access/policies$": "<rootDir>/src/policies/own/index.ts",
    "^amplitude-access/emulator$": "<rootDir>/src/emulator/index.ts",
  },
};

module.exports = {
  reporters: ["default", "<rootDir>/scripts/count-reporter.cjs"],
  testTimeout: 30_000,
  // Jest leaves a core free, which on two cores is half of them.
  maxWorkers: "100%",
  globalSetup: "<rootDir>/test/support/run-folder.cjs",
  testSequencer: "<rootDir>/scripts/longest-first.cjs",
  // What a suite has loaded stays behind in its worker, and collecting garbage around it came to cost more than the tests.
  workerIdleMemoryLimit: "500MB",
  projects: [
    { ...shared, displayName: "main", testMatch: ["<rootDir>/test/**/*.test.ts"] },
    {
      ...shared,
      displayName: "cdktn",
      testMatch: goldens.map((name) => `<rootDir>/test/constructs/${name}`),
      moduleNameMapper: { ...shared.moduleNameMapper, "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
    },
  ],
};

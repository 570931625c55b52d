/** Two runs of the construct tests, one on each core; everything else once. */
const shared = {
  rootDir: __dirname,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  moduleNameMapper: {
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
  // What a suite has loaded stays behind in its worker, and collecting garbage around it came to cost more than the tests.
  workerIdleMemoryLimit: "500MB",
  projects: [
    { ...shared, displayName: "main", testMatch: ["<rootDir>/test/**/*.test.ts"] },
    {
      ...shared,
      displayName: "cdktn",
      testMatch: ["<rootDir>/test/constructs/**/*.test.ts"],
      moduleNameMapper: { ...shared.moduleNameMapper, "^cdktf$": "cdktn", "^cdktf/(.*)$": "cdktn/$1" },
    },
  ],
};

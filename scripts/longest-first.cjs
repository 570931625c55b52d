const { sep } = require("node:path");
const Sequencer = require("@jest/test-sequencer").default;

/**
 * Suites that run longest, longest first: whatever begins last decides when both workers end, and a clean clone knows no times of earlier runs.
 * The others follow by size.
 */
const LONGEST = [
  "faults/provided",
  "faults/unprovided",
  "conformance/lasting-fault",
  "conformance/fault",
  "terraform/install",
  "github/workflows",
  "cli/killed",
  "parity/parity",
  "conformance/life",
  "cli/process",
  "report/page",
];

const rank = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.endsWith(`${name.replace("/", sep)}.test.ts`));
  return found === -1 ? LONGEST.length : found;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
module.exports.LONGEST = LONGEST;

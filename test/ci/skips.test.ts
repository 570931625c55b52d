import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..", "..");
const SUITE = "test/report/page.test.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "amplitude-access-ci-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the reporter says of a run with these skipped tests, and whether it fails the run. */
function reported(skipped: Readonly<Record<string, number>>, listed?: string) {
  const file = join(folder, "skips");
  if (listed !== undefined) writeFileSync(file, listed);
  const testResults = Object.entries(skipped).map(([suite, numPendingTests]) => ({
    testFilePath: join(root, suite),
    numPendingTests,
  }));
  const program = `
    const Reporter = require(${JSON.stringify(join(root, "scripts", "count-reporter.cjs"))});
    const reporter = new Reporter({ rootDir: ${JSON.stringify(root)} });
    const counts = { numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 2, numTodoTests: 0, numPassedTests: 7 };
    reporter.onRunComplete(undefined, { ...counts, testResults: ${JSON.stringify(testResults)} });
    process.exitCode = reporter.getLastError() === undefined ? 0 : 1;`;
  const { LISTED_SKIPS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    encoding: "utf8",
    env: { ...env, ...(listed === undefined ? {} : { LISTED_SKIPS: file }) },
  });
  return { status, stdout, stderr };
}

describe("skipped tests", () => {
  it("are named loudly by npm test, which passes", () => {
    const { status, stdout, stderr } = reported({ [SUITE]: 2 });
    expect(stderr).toContain(`*** SKIPPED, NOT TESTED ***\n  ${SUITE}: 2 tests\n`);
    expect([status, stdout]).toEqual([0, "7 passed, 0 failed, 2 skipped\n"]);
  });

  it("fail a run of CI that does not list them", () => {
    const { status, stdout } = reported(
      { [SUITE]: 2, "test/parity/parity.test.ts": 1 },
      "test/parity\tnone\n",
    );
    expect([status, stdout]).toEqual([1, "7 passed, 0 failed, 2 skipped\n"]);
  });

  it.each([SUITE, "test/report"])("pass where CI lists %s with its reason, which is said", (path) => {
    const { status, stderr } = reported({ [SUITE]: 2 }, `${path}\tno network\n`);
    expect(stderr).toContain(`${SUITE}: 2 tests (no network)\n`);
    expect(status).toBe(0);
  });

  it("are not meant by a path that only begins in the same way", () => {
    expect(reported({ "test/reporting.test.ts": 1 }, "test/report\tno network\n").status).toBe(1);
  });
});

/** Runs one of CI's scripts on a machine that has these programs and no others. */
function onMachine(script: string, programs: Readonly<Record<string, string>>, userId = 0) {
  const bin = mkdtempSync(join(folder, "bin-"));
  for (const tool of ["bash", "env"])
    symlinkSync(["/usr/bin", "/bin"].map((place) => join(place, tool)).find(exists) ?? "", join(bin, tool));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!${join(bin, "bash")}\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const skips = join(folder, "skips");
  writeFileSync(skips, "");
  const { status, stdout } = spawnSync(join(bin, "bash"), [join(root, ".ci", script), skips], {
    encoding: "utf8",
    env: { PATH: bin, CI_USER_ID: String(userId), POSTGRES_FOLDER: join(folder, "no-postgres") },
  });
  return { status, stdout, skips: readFileSync(skips, "utf8") };
}
const exists = (path: string): boolean => spawnSync("test", ["-x", path]).status === 0;

describe("what CI installs", () => {
  const works = { "apt-get": 'echo "apt-get $*"' };

  it("is nothing where everything is there", () => {
    const { status, stdout, skips } = onMachine("install-packages", { chromium: "", "apt-get": "exit 1" });
    expect([status, stdout, skips]).toEqual([0, "Every package that the tests need is installed.\n", ""]);
  });

  it("is Chromium, and PostgreSQL where terraform or tofu could use it", () => {
    const without = onMachine("install-packages", works);
    expect(without.stdout).toMatch(/^apt-get .* install --yes --no-install-recommends chromium$/m);
    const { status, stdout, skips } = onMachine("install-packages", { ...works, tofu: "" });
    expect(stdout).toMatch(
      / install --yes --no-install-recommends chromium postgresql\nInstalled: chromium postgresql\n$/,
    );
    expect([status, skips]).toEqual([0, ""]);
  });

  it("is asked of sudo by whoever is not root", () => {
    const sudo = { sudo: '[ "$2" = true ] || { shift; echo "as root:"; exec "$@"; }' };
    expect(onMachine("install-packages", { ...works, ...sudo }, 1000).stdout).toContain("as root:\napt-get");
  });

  it.each<[string, Readonly<Record<string, string>>, number]>([
    ["apt-get could not install it", { "apt-get": "exit 100" }, 0],
    ["this machine has no apt-get", {}, 0],
    ["this user is neither root nor allowed to use sudo", works, 1000],
    ["this user is neither root nor allowed to use sudo", { ...works, sudo: "exit 1" }, 1000],
  ])("is said where %s, listed as the reason, and the run goes on", (reason, programs, userId) => {
    const { status, stdout, skips } = onMachine("install-packages", { ...programs, terraform: "" }, userId);
    expect(stdout).toContain(`*** chromium postgresql: NOT installed, because ${reason}.`);
    expect(skips).toBe(
      `${SUITE}\tchromium is not installed: ${reason}\n` +
        `test/terraform/locking.test.ts\tpostgresql is not installed: ${reason}\n`,
    );
    expect(status).toBe(0);
  });

  it.each([["terraform"], ["tofu"]])("lets no test of Terraform be skipped where %s is there", (host) => {
    expect(onMachine("listed-skips", { [host]: "" }).stdout).toBe("");
    expect(onMachine("listed-skips", {}).stdout).toMatch(/^test\/terraform\t.*\ntest\/parity\t.*\n$/);
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { scripts } from "../../package.json";
import type { Workflow } from "../github/workflow";

const root = resolve(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const { jobs, permissions } = parse(read(".github/workflows/ci.yml")) as Workflow;
const { LONGEST } = jest.requireActual<{ readonly LONGEST: readonly string[] }>(
  "../../scripts/longest-first.cjs",
);
const linesOf = (job: string): string[] => (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);

describe("the project's own CI", () => {
  it("runs the same script as every other CI, with both hosts of the provider", () => {
    expect(linesOf("gate")).toEqual([".ci/run"]);
    const uses = (jobs["gate"]?.steps ?? []).flatMap(({ uses: used = "" }) => used.split("@")[0] ?? "");
    expect(uses).toEqual(expect.arrayContaining(["hashicorp/setup-terraform", "opentofu/setup-opentofu"]));
  });

  it("which runs the whole of npm test, in its order", () => {
    const commands = read(".ci/run").match(/^npm run .*$/gm);
    expect(commands?.join(" && ")).toBe(scripts.test);
  });

  it("tries the suites that need no other program on macOS and Windows", () => {
    expect(linesOf("smoke")).toContain("npm run test:smoke");
    const folders = scripts["test:smoke"].match(/test\/\w+/g) ?? [];
    expect(folders.length).toBeGreaterThan(3);
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });

  it("gives its jobs nothing but reading, a limit of time, and actions by their whole commit", () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job.permissions).toEqual({ contents: "read" });
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
      const uses = (job.steps ?? []).flatMap(({ uses: used }) => used ?? []);
      expect(uses.filter((used) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(used))).toEqual([]);
    }
  });
});

it("the suites that the gate starts first are there", () => {
  expect(LONGEST.filter((name) => !existsSync(join(root, "test", `${name}.test.ts`)))).toEqual([]);
});

it("forms for issues and updates of dependencies are YAML that GitHub reads", () => {
  const folder = ".github/ISSUE_TEMPLATE";
  const forms = readdirSync(join(root, folder)).filter((name) => name !== "config.yml");
  for (const form of forms) {
    const { name, description, body } = parse(read(`${folder}/${form}`)) as Record<string, unknown>;
    expect([typeof name, typeof description, Array.isArray(body)]).toEqual(["string", "string", true]);
  }
  const { updates } = parse(read(".github/dependabot.yml")) as { updates: Record<string, string>[] };
  expect(updates.map((each) => each["package-ecosystem"])).toEqual(["npm", "github-actions"]);
});

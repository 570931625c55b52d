import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { AccessStack, Environment, Group, Project, Role } from "../../src/constructs";

/**
 * How long a large stack takes to synthesize: 500 groups with 80 members each, 20,000 role assignments of groups and people on 40 projects.
 * `npx tsx scripts/bench/synth-stack.ts` prints `{resources, declareSeconds, synthSeconds}`.
 */
const GROUPS = 500;
const MEMBERS = 80;
const PROJECTS = 40;
const ASSIGNMENTS = 20_000;

/** Declares the stack and returns how many resources it has. */
export function declareLargeStack(app: App): number {
  const stack = new AccessStack(app, "large", { orgId: 1, region: "us", timeZone: "Europe/Berlin" });
  const environments = [Environment.Production, Environment.Staging, Environment.Reporting];
  const projects = Array.from({ length: PROJECTS }, (_, i) =>
    Project.named(stack, `Project ${i}`, { environment: environments[i % 3] }),
  );
  const email = (i: number): string => `person${i}@large.example`;
  let assignments = 0;
  for (let g = 0; g < GROUPS; g++) {
    const members = Array.from({ length: MEMBERS }, (_, m) => email((g * 17 + m) % 10_000));
    const group = new Group(stack, `group-${g}`, { members });
    for (let p = 0; p < PROJECTS / 2; p++, assignments++)
      group.may(Role.Member, projects[(g + p) % PROJECTS] as Project);
  }
  for (let i = 0; assignments < ASSIGNMENTS; i++, assignments++) {
    stack
      .existing(email(i % 2500))
      .may(Role.Viewer, projects[(i + Math.floor(i / 2500)) % PROJECTS] as Project, { until: "2027-03-31" });
  }
  return GROUPS + assignments;
}

function main(): void {
  const outdir = mkdtempSync(join(tmpdir(), "amplitude-synth-"));
  try {
    const started = performance.now();
    const app = new App({ outdir });
    const resources = declareLargeStack(app);
    const declared = performance.now();
    app.synth();
    const done = performance.now();
    const seconds = (milliseconds: number): number => Math.round(milliseconds / 10) / 100;
    console.log(
      JSON.stringify({
        resources,
        declareSeconds: seconds(declared - started),
        synthSeconds: seconds(done - declared),
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

if (require.main === module) main();

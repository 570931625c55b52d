/** Plans once against a server and prints what it cost, as JSON. Run by the bench in a process of its own. */
import { readFileSync } from "node:fs";
import { connect } from "../../src/api";
import { emptyBase, makePlan, parseStack, unite } from "../../src/reconcile";
import { planText, viewOf } from "../../src/report";
import { readSnapshot } from "../../src/resources";

async function main(): Promise<void> {
  const [file = ""] = process.argv.slice(2);
  const desired = unite([parseStack(readFileSync(file, "utf8"), file)]);
  const api = connect({ orgId: desired.orgId, region: desired.region, env: process.env, readOnly: true });
  const started = performance.now();
  const snapshot = await readSnapshot(api);
  const read = performance.now();
  const before = process.cpuUsage();
  const live = makePlan({
    desired,
    snapshot,
    base: emptyBase({ orgId: desired.orgId, host: "bench" }),
    baseKnown: false,
    retired: new Set(),
    host: "bench",
    now: api.now(),
  });
  const cpu = process.cpuUsage(before);
  const text = planText(viewOf(live, "apply"), { color: false });
  process.stdout.write(
    JSON.stringify({
      people: snapshot.people?.length ?? 0,
      assignments: snapshot.assignments?.length ?? 0,
      requests: api.meter.requests,
      pages: snapshot.proofs.reduce((sum, proof) => sum + proof.requests, 0),
      readSeconds: (read - started) / 1000,
      planCpuSeconds: (cpu.user + cpu.system) / 1e6,
      steps: live.steps.length,
      writes: live.plan.steps.filter(({ actor }) => actor !== "record").length,
      textLines: text.split("\n").length,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    }),
  );
}

void main();

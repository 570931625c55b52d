/** Renders the plan of a large organization in one format and prints what that cost, as JSON. Run by the bench in a process of its own. */
import { jsonText, planMarkdown, planPage, planSarif, planText, viewOf } from "../../src/report";
import { largePlan } from "./large-plan";

function main(): void {
  const [format = "text"] = process.argv.slice(2);
  const live = largePlan({ people: 10_000, changed: 5_000, projects: 50, projectsOfGroup: 5 });
  const before = process.cpuUsage();
  const started = performance.now();
  const view = viewOf(live, "amplitude-access apply plan.json");
  const renderers: Readonly<Record<string, () => string>> = {
    text: () => planText(view, { color: false }),
    json: () => jsonText(view),
    markdown: () => planMarkdown(view),
    html: () => planPage(live, view),
    sarif: () => planSarif(view, { version: "bench" }),
  };
  const text = renderers[format]?.() ?? "";
  process.stdout.write(
    JSON.stringify({
      format,
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: cpuSeconds(before),
      kilobytes: Buffer.byteLength(text) / 1024,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
    }),
  );
}

function cpuSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

main();

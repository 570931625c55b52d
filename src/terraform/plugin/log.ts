/** As TF_LOG names them, the chattiest first. */
const levels = ["trace", "debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

const wanted = (process.env["TF_LOG_PROVIDER"] ?? process.env["TF_LOG"] ?? "").toLowerCase();
/** Without TF_LOG core shows none of it; what is wrong is written all the same, for whoever runs the provider by hand. */
const lowest =
  wanted === "json" ? 0 : Math.max(0, levels.indexOf(wanted === "" ? "warn" : (wanted as Level)));

export function logs(level: Level): boolean {
  return wanted !== "off" && levels.indexOf(level) >= lowest;
}

/**
 * One line of the log: a JSON object on stderr, which core files under its level. Logs are pasted into issues, so callers hand in
 * no configuration, no state and no credential.
 */
export function log(
  level: Level,
  text: string,
  fields: Readonly<Record<string, string | number>> = {},
): void {
  if (!logs(level)) return;
  const line = {
    "@level": level,
    "@message": text,
    "@module": "amplitude",
    "@timestamp": new Date().toISOString(),
    ...fields,
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

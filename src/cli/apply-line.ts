/** Options that only `plan` has; those with a value take the next word. */
const PLAN_ONLY: Readonly<Record<string, "value" | "alone">> = {
  "--out": "value",
  "--format": "value",
  "--report": "value",
  "--page": "value",
  "--live": "value",
  "--redact": "alone",
  "--everyone": "alone",
  "--explain-order": "alone",
  "--json": "alone",
  "--detailed-exitcode": "alone",
};

/**
 * The command that runs what a plan showed, with the options which that plan was made with.
 *
 * @param argv words after `plan`
 * @param saved file of the plan; undefined when it was not saved
 * @param makesKeys whether values need a place: the file is there only if no store takes them
 */
export function applyLine(argv: readonly string[], saved: string | undefined, makesKeys = false): string {
  const options = sharedOptions(argv).map(quoted).join(" ");
  const apply =
    `amplitude-access apply ${quoted(saved ?? "plan.json")} ${options}`.trimEnd() +
    (makesKeys ? " --keys-out new-keys.jsonl" : "");
  return saved === undefined
    ? `amplitude-access plan --out plan.json ${options}`.trimEnd() + ` && ${apply}`
    : apply;
}

function sharedOptions(argv: readonly string[]): string[] {
  const shared: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? "";
    const [name = ""] = word.split("=", 1);
    const own = PLAN_ONLY[name];
    if (own === undefined) shared.push(word);
    else if (own === "value" && name === word) index++;
  }
  return shared;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

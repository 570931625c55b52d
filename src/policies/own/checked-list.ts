import type { AnyPolicy, OwnPolicy } from "../policy";

/** What a policies file exports, if it is a list of policies; else what is wrong with it. */
export function checkedList(list: unknown): {
  readonly policies: readonly AnyPolicy[];
  readonly problems: string[];
} {
  if (!Array.isArray(list)) return { policies: [], problems: ["its default export is no list of policies"] };
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [place, found] of (list as readonly unknown[]).entries()) {
    const { type, name, level, because, fix, when } = (
      typeof found === "object" ? (found ?? {}) : {}
    ) as Partial<OwnPolicy>;
    const which = typeof name === "string" && name.trim() !== "" ? name : undefined;
    const isOwn = (type as unknown) === "own";
    if (which === undefined || (!isOwn && (type as unknown) !== "playbook")) {
      problems.push(`entry ${place + 1} is no policy: make it with Policy.deny, Policy.warn or playbook()`);
      continue;
    }
    if (seen.has(which)) problems.push(`two policies are called ${which}`);
    seen.add(which);
    if (!isOwn) continue;
    if (level !== "deny" && level !== "warn")
      problems.push(`${which} has the level ${String(level)}: deny or warn`);
    if (typeof because !== "string" || because.trim() === "")
      problems.push(`${which} does not say \`because\``);
    if (typeof fix !== "string")
      problems.push(`${which} has no text \`fix\`: make it with Policy.${String(level)}`);
    if (typeof when !== "function") problems.push(`${which} has no function \`when\``);
  }
  return { policies: problems.length === 0 ? (list as readonly AnyPolicy[]) : [], problems };
}

import type { Organization } from "../../access";
import type { AuditEvent } from "../../api";
import { caselessName } from "../../schema";
import type { Step } from "../step";
import { speaksOf, wordsOf } from "./log-words";

/** Somebody's act in the audit log. */
export interface Attribution {
  readonly actor: string;
  /** RFC 3339. */
  readonly at: string;
  /** The client, where the log tells it. */
  readonly through?: string;
}

/**
 * The latest event that speaks of everything the step speaks of and does not say the opposite. The log's shape is not documented, so
 * its words are compared.
 */
export function attributionOf(
  step: Pick<Step, "values" | "facts">,
  live: Organization,
  events: readonly AuditEvent[],
  direction: Direction = "either",
): Attribution | undefined {
  return latestAbout(subjectsOf(step, live), events, direction);
}

/** Which way a change went: an entry that says the opposite is not about it. */
export type Direction = "gained" | "lost" | "either";

const GAINS = ["create", "add", "invite", "grant", "assign", "restore", "accept"];
const LOSES = ["delete", "remove", "revoke", "unassign", "archive", "deactivate"];

/** Whether an entry plainly says that something went the given way. */
export function went(event: AuditEvent): Direction {
  const words = wordsOf(event);
  const [gains, loses] = [speaksOf(words, ...GAINS), speaksOf(words, ...LOSES)];
  return gains === loses ? "either" : gains ? "gained" : "lost";
}

/** Which way a step of ours goes, by its words. */
export function stepWent(text: string): Direction {
  if (/ loses |^(?:remove|delete|archive) /.test(text)) return "lost";
  return / (?:gains|gets) |^(?:invite|create|restore) /.test(text) ? "gained" : "either";
}

/** Whether two accounts of a change can be of the same one. */
export function agree(one: Direction, other: Direction): boolean {
  return one === other || one === "either" || other === "either";
}

/** The same for what is called by its name alone. */
export function latestAbout(
  subjects: readonly (readonly string[])[],
  events: readonly AuditEvent[],
  direction: Direction = "either",
): Attribution | undefined {
  if (subjects.length === 0) return undefined;
  const about = events.filter((event) => {
    // What Amplitude refused was not done.
    if (event.error !== undefined) return false;
    const way = went(event);
    if (!agree(direction, way)) return false;
    const words = caselessName(
      `${event.target}\n${event.projectId ?? ""}\n${JSON.stringify(event.properties)}`,
    );
    return subjects.every((names) => names.some((name) => mentions(words, name)));
  });
  const event = about.at(-1);
  if (event === undefined) return undefined;
  return {
    actor: event.actor,
    at: event.at,
    ...(event.userAgent === undefined ? {} : { through: event.userAgent }),
  };
}

/** How this program names itself in the audit log. */
const OURS = "amplitude-access/";

/** Whether this program did it, as far as the log tells the client. */
export function isOurs({ userAgent }: { readonly userAgent?: string | undefined }): boolean {
  return userAgent?.startsWith(OURS) === true;
}

/** A whole word: `jo@x.com` is not in `anjo@x.com`, nor `63` in `632`. */
export function mentions(words: string, name: string): boolean {
  const needle = caselessName(name);
  for (let at = words.indexOf(needle); at >= 0; at = words.indexOf(needle, at + 1)) {
    const outside = /[\p{L}\p{N}@._+-]/u;
    const [before, after] = [words[at - 1] ?? "", words[at + needle.length] ?? ""];
    if (!outside.test(before) && !(outside.test(after) && after !== ".")) return true;
  }
  return false;
}

/** What a step is about, each under every name that it can have in the log. */
function subjectsOf({ values, facts }: Pick<Step, "values" | "facts">, live: Organization): string[][] {
  // The name may be another one by now, the id is the same.
  const known = (id: unknown): string[] => (typeof id === "string" ? [id] : []);
  const groupNames = (name: string): string[] => [
    name,
    ...live.groupsNamed(name).map(({ id }) => id),
    ...known(facts["groupId"]),
  ];
  const subjects: string[][] = [];
  const { group, email, principalType, principal, project, property, setting, label } = values;
  if (group !== undefined) subjects.push(groupNames(group));
  if (email !== undefined) subjects.push([email]);
  if (principal !== undefined) subjects.push(principalType === "group" ? groupNames(principal) : [principal]);
  if (project !== undefined)
    subjects.push([
      project,
      ...live.projectsNamed(project).map(({ id }) => id),
      ...known(facts["projectId"]),
    ]);
  // Amplitude may put its prefix before the name of a property.
  if (property !== undefined) subjects.push([property, `gp:${property}`, `grp:${property}`]);
  if (label !== undefined) subjects.push([label]);
  // The log names a setting, or the page that it is on.
  if (setting !== undefined) subjects.push([setting, setting.split("_")[0] ?? setting]);
  return subjects;
}

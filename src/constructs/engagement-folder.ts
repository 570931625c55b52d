import type { Construct } from "constructs";
import { Declarations } from "./declarations";
import type { Engagement } from "./engagement";
import { datesOf, type EngagementProps } from "./engagement-facts";
import { EngagementFilesError, type FileProblem } from "./engagement-files-error";
import { parseEngagement } from "./engagement-text";
import { readFolder } from "./file-folder";
import { Group } from "./group";
import { IdpGroup } from "./idp-group";
import type { Principal } from "./principal";
import type { Project } from "./project";
import { StackError } from "./stack-error";
import type { WrittenEngagement, WrittenHoldings } from "./written-engagement";
import type { Place } from "./yaml-fields";

/** Projects by the name that the files use: `{ production, staging }`. */
export type ProjectAliases = Readonly<Record<string, Project>>;

type Declare = (name: string, props: EngagementProps) => Engagement;
interface Parsed {
  readonly file: string;
  readonly name: string;
  readonly written: WrittenEngagement;
}

const START: Place = { line: 1, column: 1 };

/**
 * Declares an engagement for each file that a pattern matches.
 *
 * @param declare makes the engagement itself
 * @throws EngagementFilesError with every problem of every file: first of what they say, then of what that means in the stack
 */
export function declareFolder(
  scope: Construct,
  pattern: string,
  projects: ProjectAliases,
  declare: Declare,
): Engagement[] {
  const attempt = { what: `the engagements of ${JSON.stringify(pattern)}`, path: scope.node.path };
  const problems: FileProblem[] = [];
  const parsed = parseFolder(pattern, Object.keys(projects), problems);
  if (problems.length > 0) throw new EngagementFilesError(attempt, problems);
  const engagements = parsed.map((one) => new DeclaredFile(scope, projects, one, problems).declare(declare));
  if (problems.length > 0) throw new EngagementFilesError(attempt, problems);
  return engagements.filter((engagement) => engagement !== undefined);
}

function parseFolder(pattern: string, aliases: readonly string[], problems: FileProblem[]): Parsed[] {
  const files = readFolder(pattern);
  if ("problem" in files) {
    problems.push({ file: pattern, ...START, text: files.problem });
    return [];
  }
  return files.flatMap(({ file, name, content }) => {
    if ("problem" in content) {
      problems.push({ file, ...START, text: content.problem });
      return [];
    }
    const result = parseEngagement(content.text, aliases);
    if ("written" in result) return [{ file, name, written: result.written }];
    problems.push(...result.problems.map((problem) => ({ file, ...problem })));
    return [];
  });
}

/** One file on its way into the stack. What is refused there is a problem at the line that says it. */
class DeclaredFile {
  constructor(
    private readonly scope: Construct,
    private readonly projects: ProjectAliases,
    private readonly parsed: Parsed,
    private readonly problems: FileProblem[],
  ) {}

  declare(declare: Declare): Engagement | undefined {
    const { name, written } = this.parsed;
    const attempt = { what: `the engagement ${JSON.stringify(name)}`, path: this.scope.node.path };
    const { timeZone } = Declarations.of(this.scope);
    if (this.#at(written.untilAt, () => datesOf(attempt, written.props, timeZone)) === undefined)
      return undefined;
    const engagement = this.#at(START, () => declare(name, written.props));
    if (engagement !== undefined) this.#fill(engagement, written);
    return engagement;
  }

  #fill(engagement: Engagement, { services, groups, people, keys, left }: WrittenEngagement): void {
    for (const { email, at, purpose, ...holdings } of services)
      this.#give(
        this.#at(at, () => engagement.serviceAccount(email, { purpose })),
        holdings,
      );
    for (const { name, at, fromIdp, members, expects, ...holdings } of groups) {
      this.#give(
        this.#at(at, () =>
          fromIdp
            ? IdpGroup.named(engagement, name, expects === undefined ? {} : { expects })
            : new Group(engagement, name, { members }),
        ),
        holdings,
      );
    }
    for (const { email, at, props, ...holdings } of people)
      this.#give(
        this.#at(at, () => engagement.person(email, props)),
        holdings,
      );
    for (const { label, at, alias, props } of keys) {
      const project = alias === undefined ? undefined : this.projects[alias];
      this.#at(at, () =>
        project === undefined ? engagement.key(label, props) : engagement.key(label, project, props),
      );
    }
    for (const { email, at, props } of left) this.#at(at, () => engagement.left(email, props));
  }

  #give(principal: Principal | undefined, { may, modules }: WrittenHoldings): void {
    for (const { alias, role, options, at } of may) {
      const project = this.projects[alias];
      if (project !== undefined) this.#at(at, () => principal?.may(role, project, options));
    }
    for (const { alias, module, options, at } of modules) {
      const project = this.projects[alias];
      if (project !== undefined) this.#at(at, () => principal?.module(module, project, options));
    }
  }

  #at<T>(place: Place, declare: () => T): T | undefined {
    try {
      return declare();
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      this.problems.push({ file: this.parsed.file, ...place, text: error.message });
      return undefined;
    }
  }
}

import { canonicalEmail, type Organization } from "../access";
import { isRenamedBack, type Identity, type IdentityAnswer } from "../lifecycle";
import type { EvaluatedLookup } from "./desired/evaluate";
import type { EmailChange } from "./email-change";
import type { Instance } from "./instance";
import { eitherWay, type LookAlike } from "./look-alike";
import type { Refusal } from "./refusal";
import { someOf } from "./some-of";
import { SEES_ALL } from "./unlisted-project";

/** A declared thing whose live object is not simply there, and no step of the plan says so. */
export interface IdentityFinding {
  readonly address: string;
  readonly label: string;
  readonly answer: IdentityAnswer;
  readonly says: string;
  /** What to do about it. */
  readonly advice: string;
  /** What the audit log may call it: an event is about it that speaks of one of each. */
  readonly subjects: readonly (readonly string[])[];
}

/** Every finding of a model, in the order of its declarations. */
export function identityFindings(instances: readonly Instance[], live: Organization): IdentityFinding[] {
  const restored = restoredProjects(instances);
  return instances.flatMap((instance) => {
    const told = instance.current === undefined ? undefined : findingOf(instance, live, restored);
    if (told === undefined) return [];
    const { declaration, label, identity } = instance;
    return [{ address: declaration.address, label, answer: identity.answer, ...told }];
  });
}

/** A finding as a plan tells it. */
export const identityNote = ({ says, advice }: IdentityFinding): string => `${says}. ${advice}`;

/** Findings of lookups: what they mean goes by another name now, or no list shows it. */
export function lookupFindings(lookups: readonly EvaluatedLookup[]): IdentityFinding[] {
  return lookups.flatMap(({ declaration: { address }, name, identity }): IdentityFinding[] => {
    const at = { address, label: name, answer: identity.answer };
    if (identity.answer === "renamed") {
      const { id, name: now } = identity.shown as { readonly id: string; readonly name: string };
      const { namesakeId } = identity;
      return [{ ...at, ...renamedTo({ name, now, id, namesakeId, isRenamedBack: false }) }];
    }
    if (identity.answer === "hidden") return [{ ...at, ...hiddenAs(name, identity.id) }];
    if (identity.answer !== "re-made") return [];
    const says = `${name} means another object than before: id ${identity.goneId} is gone`;
    return [{ ...at, says, advice: "An apply records it.", subjects: [[name, identity.goneId]] }];
  });
}

interface Renamed {
  /** As the stack calls it. */
  readonly name: string;
  readonly now: string;
  readonly id: string;
  readonly namesakeId: string | undefined;
  /** The plan has the step that gives it its declared name again. */
  readonly isRenamedBack: boolean;
}

function renamedTo({ name, now, id, namesakeId, isRenamedBack: back }: Renamed): Told {
  const other = namesakeId === undefined ? "" : `, and another one is called ${name} (id ${namesakeId})`;
  const goesOn =
    namesakeId === undefined
      ? "Until then the plan goes on by its id."
      : `Until then the plan goes on by id ${id}, and does nothing about id ${namesakeId}. If that one is meant, declare it at another address.`;
  return {
    says: `${name} is called ${now} by now (id ${id})${other}`,
    advice: back
      ? `This plan renames it back. To keep the name, write ${now} in the stack.`
      : `Write ${now} in the stack: nothing else changes. ${goesOn}`,
    subjects: [[id, now]],
  };
}

const hiddenAs = (name: string, id: string): Told => ({
  says: `${name} (id ${id}) is in no list, and roles are held on it: this token does not see it`,
  advice: SEES_ALL,
  subjects: [[name, id]],
});

type Told = Pick<IdentityFinding, "says" | "advice" | "subjects">;

function findingOf(instance: Instance, live: Organization, restored: ReadonlySet<string>): Told | undefined {
  const { label, identity } = instance;
  switch (identity.answer) {
    case "renamed":
      return renamed(instance, identity, live);
    case "re-made":
      return {
        says: `${label} was deleted and made anew: id ${identity.goneId} is gone`,
        advice: "An apply records the new one. What hung on the old one is not there any more.",
        subjects: [[label, identity.goneId]],
      };
    case "archived": {
      const { projectId } = identity;
      return restored.has(projectId) ? undefined : notInEffect(instance, projectId, live);
    }
    case "hidden":
      return hiddenAs(label, identity.id);
    case "present":
    case "gone":
    case "unknown":
      return undefined;
  }
}

function renamed(
  { declaration: { kind }, label }: Instance,
  identity: Extract<Identity, { answer: "renamed" }>,
  live: Organization,
): Told {
  const { shown, namesakeId } = identity;
  const [now, id] = [kind.label(shown, live), kind.id(shown as never) ?? ""];
  return renamedTo({ name: label, now, id, namesakeId, isRenamedBack: isRenamedBack(kind, identity) });
}

function notInEffect({ label }: Instance, projectId: string, live: Organization): Told {
  const name = projectName(live, projectId);
  return {
    says: `${label}: declared, not in effect, because the project ${name} (id ${projectId}) is archived`,
    advice: `Restore ${name} in Amplitude, or declare the project itself: then an apply restores it. Or delete the line.`,
    subjects: [[projectId, name]],
  };
}

const projectName = (live: Organization, id: string): string => live.project(id)?.name ?? id;

/** People under another address, and people who may be. */
export function emailFindings(
  changes: readonly (EmailChange & { readonly addresses: readonly string[] })[],
  alike: readonly LookAlike[],
  leavers: ReadonlySet<string>,
): IdentityFinding[] {
  const changed = changes.flatMap(({ from, to, because, addresses: [address] }): IdentityFinding[] =>
    address === undefined
      ? []
      : [
          {
            address,
            label: from,
            answer: "renamed",
            says: `${from} is ${to} by now: their address was changed (${because})`,
            advice: leavers.has(canonicalEmail(to))
              ? `The leaver's line means them: this plan takes everything from ${to}.`
              : `Write ${to} in the stack: nothing else changes. Until then the plan takes the old address for the new one.`,
            subjects: [[from, to]],
          },
        ],
  );
  // That of a leaver is a step.
  const perhaps = alike
    .filter(({ line }) => line !== "left")
    .map(({ gone, found, line }): IdentityFinding => ({
      address: gone,
      label: gone,
      answer: "gone",
      says: `${gone} is gone, and ${found} is new: perhaps the same person, by the name`,
      advice:
        line === "there"
          ? `Nothing is taken from ${found} on that guess. ${eitherWay({ gone, found })}`
          : `No stack names ${gone} any more. If it is the same person and they left, declare ${found} as somebody who left.`,
      subjects: [[gone, found]],
    }));
  return [...changed, ...perhaps];
}

/** Ids of the archived projects that a declaration restores. */
function restoredProjects(instances: readonly Instance[]): ReadonlySet<string> {
  return new Set(
    instances.flatMap(({ declaration: { kind }, identity, current }) =>
      identity.answer === "archived" && kind.referent === "project" && current !== undefined
        ? [identity.projectId]
        : [],
    ),
  );
}

/** What is declared on an archived project that nobody restores is refused, once for the project. */
export function archivedRefusals(
  findings: readonly IdentityFinding[],
  instances: readonly Instance[],
  live: Organization,
): Refusal[] {
  const archived = new Set(
    findings.filter(({ answer }) => answer === "archived").map(({ address }) => address),
  );
  const labels = new Map<string, string[]>();
  for (const { declaration, identity, label } of instances) {
    if (identity.answer !== "archived" || !archived.has(declaration.address)) continue;
    const { projectId } = identity;
    labels.set(projectId, [...(labels.get(projectId) ?? []), label]);
  }
  return [...labels].map(([id, declared]) => {
    const name = projectName(live, id);
    return {
      rule: "archived" as const,
      summary: `The project ${name} (id ${id}) is archived: ${someOf(declared, SHOWN)} ${declared.length === 1 ? "is" : "are"} declared, and not in effect`,
      advice: `Restore ${name} in Amplitude (Settings > Organization Settings > Projects), or declare the project itself: then an apply restores it. Or delete these lines.`,
      steps: [],
    };
  });
}

/** Labels that are written out. */
const SHOWN = 5;

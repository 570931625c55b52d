import { createHash } from "node:crypto";
import type {
  AroundFinding,
  Attribution,
  Drift,
  Finding,
  LiveStep,
  OutsideChange,
  PolicyFinding,
} from "../reconcile";
import type { Organization } from "../access";
import type { Alert } from "./alerts/alert";
import { adoptionOf, variable } from "./adoption";
import type { FoundChange, OwnActs } from "./own-receipts";
import { yamlAdoptionOf, yamlGroup, yamlPerson } from "./yaml-adoption";

/** What sort of difference it is. */
export const driftSorts = [
  /** In effect before, and changed by other means. */
  "outside",
  /** In effect before, and nobody could read whether it still is. */
  "not known",
  /** Added by hand around what is declared: nobody declares it, and no apply takes it away. */
  "added",
  /** Ended by its own date; the next apply takes it away. */
  "ended",
  /** Declared, and never brought into effect. */
  "not applied",
  /** The identity provider's part. */
  "identity provider",
  /** There since the last apply by other means. */
  "arrived",
  /** Around what is declared, and there when that was first applied. */
  "found",
  /** Declared by nobody. */
  "unmanaged",
  /** Seen in the audit log alone. */
  "event",
  /** What a policy objects to. */
  "policy",
] as const;
export type DriftSort = (typeof driftSorts)[number];

/** One thing that drift found. */
export interface DriftItem {
  /** The same from run to run; what `accept` and the baseline speak of. */
  readonly id: string;
  readonly sort: DriftSort;
  readonly what: string;
  readonly address?: string;
  /** How it was, and how it is now. */
  readonly changed?: OutsideChange;
  readonly by?: Attribution;
  /** Why nobody is named who changed it, in words. */
  readonly byUnknown?: string;
  /** The rule of an event or a policy. */
  readonly rule?: string;
  /** What would make it as declared again. */
  readonly revert?: string;
  /** Lines of a stack that would declare it as it is. */
  readonly adopt: readonly string[];
  /** A receipt says that our own run did it. */
  readonly ours?: true;
  /** Whether it makes the exit code 2, unless it is accepted. */
  readonly counts: boolean;
}

/** What adopts a finding: a stack's TypeScript, or an engagement's file. */
export const adoptions = ["typescript", "yaml"] as const;
export type AdoptAs = (typeof adoptions)[number];

/** Everything that drift found, sort by sort. */
export function driftItems(
  drift: Drift,
  steps: readonly LiveStep[],
  live: Organization,
  more: {
    readonly alerts: readonly Alert[];
    readonly findings: readonly PolicyFinding[];
    readonly adoptAs?: AdoptAs | undefined;
    /** Why the audit log names nobody, where it was not read. */
    readonly authorsUnknown?: string;
    /** What our own runs did, as receipts say. */
    readonly own?: OwnActs;
  },
): DriftItem[] {
  const { adoptAs = "typescript", authorsUnknown = "the audit log has no entry for it" } = more;
  const author: Author = (by) => (by === undefined ? { byUnknown: authorsUnknown } : { by });
  const isYaml = adoptAs === "yaml";
  const own = (change: FoundChange): Pick<DriftItem, "ours" | "counts"> | undefined =>
    more.own?.broughtAbout(change) === true ? { ours: true, counts: false } : undefined;
  const byId = new Map(steps.map((step) => [step.step.id, step]));
  const changed = (sort: DriftSort, findings: readonly Finding[]): DriftItem[] =>
    findings.map((finding) => {
      const { address, label, step, by, changed: change } = finding;
      const planned = byId.get(step.id);
      const how = step.how === undefined ? "" : ` (${step.how})`;
      return {
        id: step.id,
        sort,
        what: label,
        address,
        ...(change === undefined ? {} : { changed: change }),
        ...(sort === "outside" ? author(by) : by === undefined ? {} : { by }),
        revert: `${step.text}${how}`,
        adopt:
          sort !== "outside" || planned === undefined
            ? []
            : isYaml
              ? yamlAdoptionOf(planned, live)
              : adoptionOf(planned, live),
        counts: true,
        ...(sort === "outside" ? own(finding) : {}),
      };
    });
  return [
    ...changed("outside", drift.outside),
    ...drift.identities.map((finding) => identityItem(finding, author)),
    ...aroundItems(drift.around, live, { adoptAs, author, own }),
    ...eventItems(more.alerts),
    ...more.findings.map(policyItem),
    ...changed("ended", drift.ended),
    ...changed("not applied", drift.notApplied),
    ...changed("identity provider", drift.identityProvider),
    ...drift.arrived.map(({ email, by }): DriftItem => ({
      id: idOf("arrived", email),
      sort: "arrived",
      what: email,
      ...author(by),
      adopt: [personLine(email, adoptAs)],
      counts: false,
    })),
    ...unmanagedItems(drift.unmanaged, live, adoptAs),
  ];
}

type Author = (by: Attribution | undefined) => Pick<DriftItem, "by" | "byUnknown">;

function identityItem(
  { address, answer, says, advice, by }: Drift["identities"][number],
  author: Author,
): DriftItem {
  return {
    id: idOf("outside", JSON.stringify([address, answer, says])),
    sort: answer === "unknown" ? "not known" : "outside",
    what: says,
    address,
    // What nobody could read is nobody's act.
    ...(answer === "unknown" ? {} : author(by)),
    revert: advice,
    adopt: [],
    counts: answer !== "unknown",
  };
}

/** What is around what is declared; told by one id, whether it was there before or not, so that it stays accepted. */
function aroundItems(
  around: readonly AroundFinding[],
  live: Organization,
  {
    adoptAs,
    author,
    own,
  }: {
    readonly adoptAs: AdoptAs;
    readonly own: (change: FoundChange) => Pick<DriftItem, "ours" | "counts"> | undefined;
    readonly author: Author;
  },
): DriftItem[] {
  return around.map(({ label, isGrant, value, standing, changed, removal, how, by, counts }) => {
    const sort = counts ? "added" : standing === "found" ? "found" : "unmanaged";
    const what = value === "" ? label : `${label}: ${value}`;
    return {
      id: idOf("unmanaged", `grant ${what}`),
      sort,
      what: sort !== "added" && isGrant ? `grant ${what}` : what,
      ...(counts ? { changed, ...author(by), revert: `${removal.step.text} (${how})` } : {}),
      adopt: adoptAs === "yaml" ? yamlAdoptionOf(removal, live) : adoptionOf(removal, live),
      counts,
      ...(counts ? own({ step: removal.step, changed, by }) : {}),
    };
  });
}

/** What the audit log alone tells. */
export function eventItems(alerts: readonly Alert[]): DriftItem[] {
  return alerts.map(({ id, rule, what, actor, at, through, advice, ip, ours }) => ({
    id,
    sort: "event",
    what: ip === undefined ? what : `${what} (${ip})`,
    rule,
    by: { actor, at, ...(through === undefined ? {} : { through }) },
    revert: advice,
    adopt: [],
    ...(ours === true ? { ours } : {}),
    counts: ours !== true,
  }));
}

function policyItem({ id, rule, level, path, reason, fix }: PolicyFinding): DriftItem {
  return {
    id,
    sort: "policy",
    what: `${path}. ${reason}`,
    rule,
    revert: fix,
    adopt: [],
    counts: level === "deny",
  };
}

const personLine = (email: string, adoptAs: AdoptAs): string =>
  adoptAs === "yaml" ? yamlPerson(email) : `new Person(stack, ${JSON.stringify(email)});`;

function unmanagedItems(
  { people, groups, grants }: Drift["unmanaged"],
  live: Organization,
  adoptAs: AdoptAs,
): DriftItem[] {
  const isYaml = adoptAs === "yaml";
  const item = (what: string, adopt: string): DriftItem => ({
    id: idOf("unmanaged", what),
    sort: "unmanaged",
    what,
    adopt: [adopt],
    counts: false,
  });
  return [
    ...people.map((email) => item(`person ${email}`, personLine(email, adoptAs))),
    ...groups.map((name) =>
      item(
        `group ${name}`,
        isYaml
          ? yamlGroup(name, live)
          : `const ${variable(name)} = new Group(stack, ${JSON.stringify(name)}, { ... });`,
      ),
    ),
    ...grants.map((label) =>
      item(
        `grant ${label}`,
        isYaml ? `# ${label}: the holder's may` : `// ${label}: the holder's .may(role, project);`,
      ),
    ),
  ];
}

function idOf(sort: DriftSort, what: string): string {
  return createHash("sha256")
    .update(JSON.stringify([sort, what.toLowerCase()]))
    .digest("hex")
    .slice(0, 16);
}

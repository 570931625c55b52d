import { canonicalEmail, type Organization } from "../access";
import {
  canonicalConfig,
  currentOf,
  identify,
  keyOf,
  liveId,
  type Identity,
  type IdentityContext,
  type Values,
} from "../lifecycle";
import type { Naming } from "../resources";
import { canonicalJson, problem, type Diagnostic } from "../schema";
import type { Declaration, Policy } from "./desired/declaration";
import type { Desired } from "./desired/desired";
import type { Evaluated } from "./desired/evaluate";

/** A declaration at one moment: what it says, what of it still holds, and which live object it is about. */
export interface Instance {
  readonly declaration: Declaration;
  /** As declared, references followed. */
  readonly config: Values;
  /** What is left of it now; undefined once it has ended. */
  readonly current: Values | undefined;
  readonly key: string;
  /** How people call it. */
  readonly label: string;
  readonly naming: Naming;
  /** What its live object is. */
  readonly identity: Identity;
}

/**
 * Gives every evaluated declaration its key, its name for people, its end and its live object. Throws DiagnosticError when two live
 * objects have its key.
 */
export function instanceOf(
  { declaration, config }: Evaluated,
  { now, ...context }: IdentityContext & { readonly now: number },
): Instance {
  const { kind } = declaration;
  const { live } = context;
  const current = currentOf(kind, config, now);
  return {
    declaration,
    config,
    current,
    key: keyOf(kind, config),
    label: kind.label(config, live),
    naming: kind.names(current ?? config),
    identity: identify(kind, config, context),
  };
}

/** Rules over the whole model: what two declarations must not say at once, and what needs the live organization. */
export function modelProblems(
  instances: readonly Instance[],
  live: Organization,
  { policy, orgId }: Pick<Desired, "policy" | "orgId">,
): Diagnostic[] {
  const declared = instances.flatMap(({ declaration: { kind }, current }) =>
    current === undefined ? [] : [{ type: kind.type, config: current }],
  );
  return [
    ...administration(instances, policy),
    ...otherOrganization(instances, orgId),
    ...duplicates(instances),
    ...sameObject(instances),
    ...presentAndAbsent(instances),
    ...groupConflicts(instances, live),
    ...instances.flatMap((instance) =>
      (instance.declaration.kind.check?.(instance.config as never, live, declared) ?? []).map((found) => ({
        ...at(instance),
        ...found,
      })),
    ),
  ];
}

function at({
  declaration: { address, constructPath },
}: Instance): Pick<Diagnostic, "address" | "constructPath"> {
  return { address, ...(constructPath === undefined ? {} : { constructPath }) };
}

/** The provider block alone says whom a run talks to. */
function otherOrganization(instances: readonly Instance[], orgId: string): Diagnostic[] {
  return instances.flatMap((instance) => {
    const said = instance.declaration.kind.organization?.(instance.config);
    if (said === undefined || said === orgId) return [];
    const advice = `The provider block's org_id is ${orgId}. Correct one of them.`;
    return [problem(`${instance.label} are those of organization ${said}`, advice, at(instance))];
  });
}

/** Nobody who must keep administration has left, and enough administrators are declared, where any are. */
function administration(instances: readonly Instance[], policy: Policy): Diagnostic[] {
  const roles: [string, readonly string[]][] = [
    ["a break-glass account", policy.breakGlass],
    ["the operator", policy.operator === undefined ? [] : [policy.operator]],
    ["an administrator", policy.admins],
  ];
  const gone = instances.flatMap((instance) =>
    instance.naming.absent.flatMap((email) => {
      const role = roles.find(([, people]) =>
        people.map(canonicalEmail).includes(canonicalEmail(email)),
      )?.[0];
      if (role === undefined) return [];
      const advice = "Name somebody else in the provider block first, or remove this line.";
      return [problem(`${email} has left and is declared as ${role}`, advice, at(instance))];
    }),
  );
  const { admins, minimumAdmins } = policy;
  if (admins.length === 0 || admins.length >= minimumAdmins) return gone;
  const advice = "Name more in `admins`, or lower `minimum_admins`.";
  return [
    ...gone,
    problem(`${admins.length} administrators are declared, and the minimum is ${minimumAdmins}`, advice),
  ];
}

function duplicates(instances: readonly Instance[]): Diagnostic[] {
  const seen = new Map<string, Instance>();
  return instances.flatMap((instance) => {
    const { kind, stack, address } = instance.declaration;
    const id = `${kind.type} ${instance.key}`;
    const other = seen.get(id);
    if (other === undefined) {
      seen.set(id, instance);
      return [];
    }
    const same =
      canonicalJson(canonicalConfig(kind, instance.config)) ===
      canonicalJson(canonicalConfig(kind, other.config));
    if (same && other.declaration.stack !== stack) return [];
    const how = same ? "twice" : "twice, and differently";
    return [
      problem(
        `${instance.label} is declared ${how}`,
        `Also as ${other.declaration.address}. Keep one of ${other.declaration.address} and ${address}.`,
        at(instance),
      ),
    ];
  });
}

/** Two spellings of what is one thing to Amplitude: `email` and `gp:email`. */
function sameObject(instances: readonly Instance[]): Diagnostic[] {
  const seen = new Map<string, Instance>();
  return instances.flatMap((instance) => {
    const { kind, address } = instance.declaration;
    const id = kind.aliased === true ? liveId(kind, instance.identity) : undefined;
    if (id === undefined) return [];
    const other = seen.get(`${kind.type} ${id}`);
    if (other === undefined) seen.set(`${kind.type} ${id}`, instance);
    if (other === undefined || other.key === instance.key) return [];
    const advice = `Keep one of ${other.declaration.address} and ${address}.`;
    return [problem(`${instance.label} is the same as ${other.label}`, advice, at(instance))];
  });
}

function presentAndAbsent(instances: readonly Instance[]): Diagnostic[] {
  const absent = new Map<string, Instance>();
  for (const instance of instances) {
    for (const email of instance.naming.absent) absent.set(canonicalEmail(email), instance);
  }
  if (absent.size === 0) return [];
  return instances.flatMap((instance) =>
    (instance.current === undefined ? [] : instance.naming.present).flatMap((email) => {
      const leaver = absent.get(canonicalEmail(email));
      if (leaver === undefined) return [];
      const detail = `${leaver.declaration.address} says that they have left. Remove the address here, or remove that line.`;
      return [problem(`${email} is declared here and has left`, detail, at(instance))];
    }),
  );
}

/** One statement of each sort per group is enough to see a conflict. */
function groupConflicts(instances: readonly Instance[], live: Organization): Diagnostic[] {
  const groups = new Map<string, Map<string, Instance>>();
  for (const instance of instances) {
    const group = instance.declaration.kind.group?.(instance.config, live);
    if (group === undefined) continue;
    const statements = groups.get(group.name) ?? new Map<string, Instance>();
    groups.set(group.name, statements);
    for (const sort of [group.writer, group.members])
      if (!statements.has(sort)) statements.set(sort, instance);
  }
  return [...groups].flatMap(([name, statements]) => {
    const conflict = (a: string, b: string, summary: string, advice: string): Diagnostic[] => {
      const [one, other] = [statements.get(a), statements.get(b)];
      if (one === undefined || other === undefined) return [];
      return [problem(summary, `${other.declaration.address} says otherwise. ${advice}`, at(one))];
    };
    return [
      ...conflict(
        "us",
        "idp",
        `The group ${name} is written from here and by an identity provider`,
        "A group has one writer: keep one of them.",
      ),
      ...conflict(
        "one",
        "all",
        `The group ${name} has single members beside its whole set`,
        "Put them into the set, or leave `members` out.",
      ),
    ];
  });
}

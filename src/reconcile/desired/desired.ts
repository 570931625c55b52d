import { canonicalEmail, type Group } from "../../access";
import type { DeclaredFacts } from "../../resources";
import {
  canonicalJson,
  canonicalName,
  DiagnosticError,
  problem,
  type Diagnostic,
  type Json,
} from "../../schema";
import type { Base } from "../base/base";
import { knownObjects } from "../base/known-objects";
import type { Declaration, Policy, Stack } from "./declaration";
import type { AccessFacts } from "./engagement";
import { unitedFacts } from "./united-facts";

/** All stacks of one organization as one model. */
export interface Desired extends AccessFacts {
  readonly orgId: string;
  readonly region: "us" | "eu";
  readonly credentials: string | undefined;
  readonly policy: Policy;
  readonly roleIds: Readonly<Record<string, string>>;
  readonly projectIds: Readonly<Record<string, string>>;
  readonly stacks: readonly Stack[];
}

/** Unites stacks: lists are joined, the larger minimum and the smaller maximum hold, everything else must agree. Throws DiagnosticError. */
export function unite(stacks: readonly Stack[]): Desired {
  const [first, ...others] = stacks;
  if (first === undefined) {
    throw new DiagnosticError([
      problem("There is no stack", "Give --config FILE, or an `app` in cdktf.json that synthesizes one."),
    ]);
  }
  const problems: Diagnostic[] = duplicateNames(stacks);
  for (const { name, provider } of others) {
    const differs = (["orgId", "region", "credentials"] as const).filter(
      (field) => provider[field] !== first.provider[field],
    );
    for (const field of differs) {
      const values = `${first.name} says ${String(first.provider[field])}, ${name} says ${String(provider[field])}`;
      problems.push(
        problem(
          `The stacks ${first.name} and ${name} differ in ${field}`,
          `${values}. One run plans one organization: plan them apart.`,
        ),
      );
    }
  }
  const blocks = stacks.map(({ provider }) => provider);
  const joined = (pick: (policy: Policy) => readonly string[]): string[] =>
    [...new Set(blocks.flatMap(({ policy }) => pick(policy)))].sort();
  const operators = joined((policy) =>
    policy.operator === undefined ? [] : [canonicalEmail(policy.operator)],
  );
  if (operators.length > 1)
    problems.push(
      problem(
        "The stacks name different operators",
        `${operators.join(", ")}. One account runs the applies.`,
      ),
    );
  const desired: Desired = {
    ...first.provider,
    policy: {
      ownsGroups: joined((policy) => policy.ownsGroups),
      ownsGrantsOn: joined((policy) => policy.ownsGrantsOn),
      ownsPeopleOf: joined((policy) => policy.ownsPeopleOf.map((domain) => domain.toLowerCase())),
      minimumAdmins: Math.max(...blocks.map(({ policy }) => policy.minimumAdmins)),
      admins: joined((policy) => policy.admins.map(canonicalEmail)),
      breakGlass: joined((policy) => policy.breakGlass.map(canonicalEmail)),
      operator: operators[0],
      maximumRemovalPercent: smallest(blocks.map(({ policy }) => policy.maximumRemovalPercent)),
      maximumRemovals: smallest(blocks.map(({ policy }) => policy.maximumRemovals)),
      maximumInvitations: smallest(blocks.map(({ policy }) => policy.maximumInvitations)),
    },
    roleIds: mergedIds("role_ids", stacks, ({ roleIds }) => roleIds, problems),
    projectIds: mergedIds("project_ids", stacks, ({ projectIds }) => projectIds, problems),
    stacks,
    ...unitedFacts(stacks, problems),
  };
  if (problems.length > 0) throw new DiagnosticError(problems);
  return desired;
}

/** The strictest of the maxima that are set; undefined where none is. */
function smallest(maxima: readonly (number | undefined)[]): number | undefined {
  const set = maxima.filter((maximum) => maximum !== undefined);
  return set.length === 0 ? undefined : Math.min(...set);
}

function duplicateNames(stacks: readonly Stack[]): Diagnostic[] {
  const seen = new Map<string, string>();
  return stacks.flatMap(({ name, file }) => {
    const other = seen.get(name);
    seen.set(name, file);
    return other === undefined
      ? []
      : [problem(`Two stacks are called ${name}`, `${other} and ${file}. Rename one.`)];
  });
}

function mergedIds(
  what: string,
  stacks: readonly Stack[],
  pick: (provider: Stack["provider"]) => Readonly<Record<string, string>>,
  problems: Diagnostic[],
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const { name, provider } of stacks) {
    for (const [key, id] of Object.entries(pick(provider))) {
      const known = merged[key];
      if (known !== undefined && known !== id) {
        problems.push(
          problem(
            `The stacks differ in ${what} of ${JSON.stringify(key)}`,
            `${known} and, in ${name}, ${id}. Correct one.`,
          ),
        );
      }
      merged[key] = id;
    }
  }
  return merged;
}

/** Every declaration of the model. */
export function declarationsOf(desired: Desired): Declaration[] {
  return desired.stacks.flatMap(({ declarations }) => declarations);
}

/** What the stacks say about the organization that no API shows: known before anything is evaluated, from literal names. */
export function declaredFacts(desired: Desired, base: Base): DeclaredFacts {
  const writers = new Map<string, Group["writer"]>();
  const writersById = new Map<string, Group["writer"]>();
  const declarations = declarationsOf(desired);
  const knownAt = knownObjects(declarations, base);
  for (const { kind, raw, address } of declarations) {
    const name = raw["name"];
    if (kind.group === undefined || typeof name !== "string") continue;
    const writer = kind.nature === "given" ? "idp" : "us";
    writers.set(canonicalName(name), writer);
    const id = knownAt(address)?.id;
    if (id !== undefined) writersById.set(id, writer);
  }
  return { writers, writersById, roleIds: desired.roleIds, projectIds: desired.projectIds };
}

/** The policy as JSON, for digests and records. */
export function policyJson(policy: Policy): Json {
  return JSON.parse(canonicalJson({ ...policy })) as Json;
}

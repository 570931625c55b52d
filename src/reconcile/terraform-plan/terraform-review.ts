import { canonicalEmail } from "../../access";
import { attributesOf, keyOf } from "../../lifecycle";
import {
  kindOf,
  liveOrganization,
  shownSnapshot,
  type Kind,
  type ShownRows,
  type Snapshot,
} from "../../resources";
import { emptyBase, type Base, type BaseEntry } from "../base/base";
import type { Declaration } from "../desired/declaration";
import { declaredFacts, unite, type Desired } from "../desired/desired";
import type { PlanInput } from "../live-plan";
import { lookedUp, type TerraformChange, type TerraformPlan } from "./plan-json";
import { plannedValues, priorValues } from "./planned-values";
import { providerStack } from "./provider-values";

/** A Terraform plan as a plan of ours is made of it. */
export interface TerraformReview {
  readonly input: PlanInput;
  /** The model with its patterns: whom policies take for collaborators. */
  readonly desired: Desired;
  /** What such a plan does not tell, in words. */
  readonly notChecked: readonly string[];
}

/** Who else is known, and when. */
export interface ReviewedAgainst {
  /** The stack's name on the report. */
  readonly name: string;
  readonly file: string;
  /** A reading of the whole organization. */
  readonly live?: { readonly snapshot: Snapshot; readonly readAt: string; readonly host: string };
  /** Milliseconds since the epoch, for a plan that does not say when it was made. */
  readonly now: number;
}

type Managed = TerraformChange & { readonly kind: Kind };

/**
 * Takes a Terraform plan for what it is: its state is what is in effect, its planned values are what is declared. Without a reading of the organization
 * no more of it is known than the state tells. Throws DiagnosticError.
 */
export function terraformReview(plan: TerraformPlan, against: ReviewedAgainst): TerraformReview {
  const { name, file, live, now } = against;
  const stack = providerStack(plan, name, file);
  const managed = (plan.resource_changes ?? []).flatMap((change): Managed[] => {
    const kind = change.mode === "managed" ? kindOf(change.type) : undefined;
    return kind === undefined ? [] : [{ ...change, kind }];
  });
  const unknown: string[] = [];
  const named = new Map(managed.map((one) => [one.address, one.change.after?.[one.kind.key[0] ?? ""]]));
  const nameOf = (addresses: readonly string[]): string | undefined =>
    addresses.map((address) => named.get(address)).find((found) => typeof found === "string");
  const declarations = managed.flatMap((one): Declaration[] => {
    if (one.change.after == null || one.deposed !== undefined) return [];
    const { values, open } = plannedValues(one, one.kind, plan, nameOf);
    if (open.length > 0) unknown.push(`${open.join(" and ")} of ${one.address}`);
    if (open.some((attribute) => one.kind.attributes[attribute]?.presence === "required")) return [];
    return [
      {
        address: `${name}/${one.address}`,
        local: one.address,
        stack: name,
        constructPath: undefined,
        kind: one.kind,
        raw: values,
      },
    ];
  });
  const { policy, ...provider } = stack.provider;
  // Patterns take away what nobody declares; Terraform sees what its state holds, and no pattern.
  const patternless = { ...policy, ownsGroups: [], ownsGrantsOn: [], ownsPeopleOf: [] };
  const whole = { ...stack, declarations };
  const desired = unite([{ ...whole, provider: { ...provider, policy: patternless } }]);
  const snapshot =
    live?.snapshot ??
    shownSnapshot([...managed.flatMap(shownBy), ...lookups(plan), literalRoles(managed), presumed(managed)]);
  const host = live?.host ?? "Terraform's state";
  return {
    input: {
      desired,
      snapshot,
      base: {
        ...emptyBase({ orgId: desired.orgId, host }),
        policy: desired.policy,
        entries: entriesOf(managed, name, desired, snapshot),
      },
      baseKnown: true,
      retired: new Set(),
      trusted: true,
      guards: [],
      host,
      now: live === undefined ? momentOf(plan, now) : Date.parse(live.readAt),
    },
    desired: unite([whole]),
    notChecked: notTold(plan, managed, unknown, live?.readAt),
  };
}

/** Whatever is gone from the configuration is revoked, as a line that is gone from a stack is; what is replaced is revoked and made anew. */
function entriesOf(
  managed: readonly Managed[],
  name: string,
  desired: Desired,
  snapshot: Snapshot,
): Base["entries"] {
  const live = liveOrganization(
    snapshot,
    declaredFacts(desired, emptyBase({ orgId: desired.orgId, host: "" })),
  );
  return Object.fromEntries(
    managed.flatMap(({ kind, address, deposed, change: { before, actions } }): [string, BaseEntry][] => {
      if (before == null || actions.includes("forget")) return [];
      const state = priorValues(before, kind);
      const config = Object.fromEntries(
        attributesOf(kind).flatMap(([attribute, { presence }]) =>
          presence === "computed" || state[attribute] === undefined
            ? []
            : [[attribute, state[attribute]] as const],
        ),
      );
      const replaced = actions.length > 1 || deposed !== undefined;
      const id = kind.id(state as never);
      return [
        [
          `${name}/${address}${replaced ? " (replaced)" : ""}`,
          {
            kind: kind.type,
            key: keyOf(kind, config),
            ...(id === undefined ? {} : { id }),
            label: kind.label(config, live),
            config,
            complete: true,
          },
        ],
      ];
    }),
  );
}

function shownBy({ kind, change: { before } }: Managed): ShownRows[] {
  return before == null || kind.shows === undefined ? [] : [kind.shows(priorValues(before, kind) as never)];
}

/** What Terraform looked up: objects that exist, with their ids. */
function lookups(plan: TerraformPlan): ShownRows[] {
  return lookedUp(plan).map(({ type, values }): ShownRows => {
    const { id, name, email } = values as {
      readonly id?: string;
      readonly name?: string;
      readonly email?: string;
    };
    if (email !== undefined) return { people: [{ email }] };
    if (id === undefined || name === undefined) return {};
    if (/_project$/.test(type)) return { projects: [{ id, name }] };
    return /_group$/.test(type) ? { groups: [{ id, name, members: [] }] } : { roles: [{ name }] };
  });
}

/** Terraform's provider has checked that every role is there. */
function literalRoles(managed: readonly Managed[]): ShownRows {
  return {
    roles: managed.flatMap(({ kind, change: { after } }) =>
      kind.isGrant === true && typeof after?.["role"] === "string" ? [{ name: after["role"] }] : [],
    ),
  };
}

/** Amplitude gives nothing directly to somebody who is not there: where the plan does not invite them, they must be. */
function presumed(managed: readonly Managed[]): ShownRows {
  const planned = managed.flatMap(({ kind, change: { before, after, actions } }) =>
    after == null || kind.shows === undefined
      ? []
      : [
          {
            isNew: before == null && actions.includes("create"),
            rows: kind.shows(priorValues(after, kind) as never),
          },
        ],
  );
  const invited = new Set(
    planned.flatMap(({ isNew, rows: { people = [], groups = [] } }) =>
      isNew
        ? [...people.map(({ email = "" }) => email), ...groups.flatMap(({ members = [] }) => members)].map(
            canonicalEmail,
          )
        : [],
    ),
  );
  const holders = planned.flatMap(({ rows: { assignments = [], modules = [], members = [] } }) => [
    ...[...assignments, ...modules].flatMap(({ principalType, principal }) =>
      principalType === "user" && principal !== undefined ? [principal] : [],
    ),
    ...members.map(({ email = "" }) => email),
  ]);
  return {
    people: holders.filter((email) => !invited.has(canonicalEmail(email))).map((email) => ({ email })),
  };
}

function momentOf({ timestamp }: TerraformPlan, now: number): number {
  const made = Date.parse(timestamp ?? "");
  return Number.isNaN(made) ? now : made;
}

function notTold(
  plan: TerraformPlan,
  managed: readonly Managed[],
  unknown: readonly string[],
  readAt: string | undefined,
): string[] {
  const others = (plan.resource_changes ?? []).filter(
    ({ mode, type, change: { actions } }) =>
      mode === "managed" && kindOf(type) === undefined && actions.join() !== "no-op",
  );
  const made = managed.filter(({ change: { actions } }) => actions.includes("create")).length;
  return [
    ...(readAt === undefined
      ? [
          `the live organization: Terraform tells what its state holds, so that other access of these people is not seen${made === 0 ? "" : ", nor whether somebody new is there already"} (--live SNAPSHOT judges against all of it)`,
        ]
      : [
          `what changed between the snapshot (${readAt}) and Terraform's reading (${plan.timestamp ?? "time not told"})`,
        ]),
    "guards and the order of steps: Terraform runs its own graph, and no guard of ours",
    "engagements, environments and reasons, which Terraform's plan does not hold",
    ...(plan.complete === false
      ? ["what Terraform left out: the plan is not complete (-target, or deferred changes)"]
      : []),
    ...unknown.map((what) => `${what}: known only after the apply`),
    ...(others.length === 0 ? [] : [`${others.length} changes of other providers' resources`]),
  ];
}

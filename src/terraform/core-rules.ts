import { hasUnknown, type Values } from "../lifecycle";
import { canonicalJson, type Json } from "../schema";
import { wireDiagnostics } from "./diagnostics";
import type { ProviderHandlers } from "./plugin/rpc";
import { readPresent, readValue, type Columns, type WireValue } from "./value";

/**
 * The rules that core holds a provider to, checked before core does: what it finds leaves a tainted object, or a plan that never ends.
 * Always on in tests (AMPLITUDE_TERRAFORM_ASSERT=1). Sources: terraform's docs/resource-instance-change-lifecycle.md, and its checks.
 */
export function holdingCoreRules(
  handlers: ProviderHandlers,
  columnsOf: (what: "resource" | "data", type: string) => Columns,
): ProviderHandlers {
  return {
    ...handlers,
    PlanResourceChange: async (request) => {
      const columns = columnsOf("resource", request.type_name);
      const answer = await handlers.PlanResourceChange(request);
      const again = await handlers.PlanResourceChange(request);
      if (hasError(answer)) return answer;
      const broken = planRules(columns, {
        prior: readValue(columns, request.prior_state),
        config: readValue(columns, request.config),
        planned: whole(columns, answer.planned_state),
        again: readValue(columns, again.planned_state as WireValue | undefined),
        replaces: (answer.requires_replace ?? []).flatMap(({ steps }) =>
          (steps ?? []).map((step) => step.attribute_name ?? "?"),
        ),
      });
      return told(answer, broken);
    },
    ApplyResourceChange: async (request) => {
      const columns = columnsOf("resource", request.type_name);
      const answer = await handlers.ApplyResourceChange(request);
      const planned = readValue(columns, request.planned_state);
      const state = whole(columns, answer.new_state);
      return told(answer, hasError(answer) ? knownRule(state.values) : applyRules(columns, planned, state));
    },
    ReadResource: async (request) => {
      const columns = columnsOf("resource", request.type_name);
      const answer = await handlers.ReadResource(request);
      if (hasError(answer)) return answer;
      const state = whole(columns, answer.new_state);
      return told(answer, [...state.missing, ...knownRule(state.values)]);
    },
    UpgradeResourceState: async (request) => {
      const columns = columnsOf("resource", request.type_name);
      const answer = await handlers.UpgradeResourceState(request);
      if (hasError(answer)) return answer;
      const state = whole(columns, answer.upgraded_state);
      return told(answer, [...state.missing, ...knownRule(state.values)]);
    },
    ImportResourceState: async (request) => {
      const answer = await handlers.ImportResourceState(request);
      if (hasError(answer)) return answer;
      const imported = answer.imported_resources ?? [];
      const [first] = imported;
      const columns = columnsOf("resource", request.type_name);
      const isNull =
        first !== undefined && readValue(columns, first.state as WireValue | undefined) === undefined;
      return told(
        answer,
        imported.length !== 1 || isNull || first?.type_name !== request.type_name
          ? ["an import is exactly one object of its type"]
          : [],
      );
    },
    ReadDataSource: async (request) => {
      const columns = columnsOf("data", request.type_name);
      const answer = await handlers.ReadDataSource(request);
      if (hasError(answer)) return answer;
      const state = whole(columns, answer.state);
      const config = readValue(columns, request.config) ?? {};
      const changed = Object.keys(config).filter((name) => !equal(config[name], state.values?.[name]));
      return told(answer, [
        ...(state.values === undefined ? ["a data source answers an object"] : []),
        ...state.missing,
        ...knownRule(state.values),
        ...changed.map((name) => `${name}: what was written comes back`),
      ]);
    },
  };
}

interface Whole {
  readonly values: Values | undefined;
  /** Attributes that are not even null. */
  readonly missing: readonly string[];
}

function whole(columns: Columns, value: unknown): Whole {
  const present = readPresent(value as WireValue | undefined);
  const missing =
    present === undefined ? [] : columns.map(([name]) => name).filter((name) => !present.has(name));
  return {
    values: missing.length > 0 ? {} : readValue(columns, value as WireValue | undefined),
    missing: missing.map((name) => `${name}: every attribute is sent, null where it is absent`),
  };
}

interface Planned {
  readonly prior: Values | undefined;
  readonly config: Values | undefined;
  readonly planned: Whole;
  readonly again: Values | undefined;
  readonly replaces: readonly string[];
}

function planRules(columns: Columns, { prior, config, planned, again, replaces }: Planned): string[] {
  const { values, missing } = planned;
  if (missing.length > 0) return [...missing];
  if ((config === undefined) !== (values === undefined))
    return ["a plan is null exactly where the configuration is"];
  if (values === undefined || config === undefined) return [];
  const broken: string[] = [];
  for (const [name, { presence }] of columns) {
    const [was, written, will] = [prior?.[name], config[name], values[name]];
    if (!equal(will, again?.[name])) broken.push(`${name}: planning twice gives the same`);
    if (presence === "computed") continue;
    const kept = was !== undefined && written !== undefined && equal(will, was);
    if (!equal(will, written) && !kept) broken.push(`${name}: what is written is planned as it is, or stays`);
  }
  const known = new Set(columns.map(([name]) => name));
  for (const name of replaces)
    if (!known.has(name)) broken.push(`${name}: only attributes force a replacement`);
  return broken;
}

function applyRules(columns: Columns, planned: Values | undefined, { values, missing }: Whole): string[] {
  if (missing.length > 0) return [...missing];
  if ((planned === undefined) !== (values === undefined))
    return ["what is deleted is null afterwards, and nothing else is"];
  if (planned === undefined || values === undefined) return [];
  const changed = columns
    .map(([name]) => name)
    .filter((name) => !hasUnknown(planned[name]) && !equal(planned[name], values[name]));
  return [...changed.map((name) => `${name}: what was planned is what it becomes`), ...knownRule(values)];
}

function knownRule(values: Values | undefined): string[] {
  return Object.entries(values ?? {})
    .filter(([, value]) => hasUnknown(value))
    .map(([name]) => `${name}: nothing is unknown in a state`);
}

/** As core sees it: sets without order, every other text to the letter. */
function equal(a: unknown, b: unknown): boolean {
  const text = (value: unknown): string =>
    Array.isArray(value)
      ? JSON.stringify(value.map((item) => canonicalJson(item as Json)).sort())
      : canonicalJson(value as Json | undefined);
  return text(a) === text(b);
}

function hasError({
  diagnostics,
}: {
  readonly diagnostics?: readonly { readonly severity?: number | undefined }[] | undefined;
}): boolean {
  return diagnostics?.some(({ severity }) => severity === 1) === true;
}

function told<A extends { readonly diagnostics?: readonly object[] | undefined }>(
  answer: A,
  broken: readonly string[],
): A {
  if (broken.length === 0) return answer;
  const problems = broken.map((detail) => ({
    severity: "error" as const,
    summary: "The provider broke a rule of core",
    detail: `${detail}. This is a bug of the provider.`,
  }));
  return { ...answer, diagnostics: [...(answer.diagnostics ?? []), ...wireDiagnostics(problems)] };
}

import { basename, dirname } from "node:path";
import { validateAttributes } from "../../lifecycle";
import { kindOf, lookups, providerAttributes } from "../../resources";
import { DiagnosticError, problem, type Diagnostic } from "../../schema";
import type { Declaration, LookupDeclaration, ProviderBlock, Stack } from "./declaration";
import { parseFacts, type AccessFacts } from "./engagement";
import { parseSynthesizedFile, type SynthesizedFile } from "./synthesized-file";

type Block = Readonly<Record<string, unknown>>;

/** Meta-arguments that say something to Terraform's graph and nothing to us. */
const ORDERING = new Set(["//", "depends_on"]);
/** Locals that the constructs put between what depends and what it depends on; an attribute that reads one is refused. */
const ORDERS = /^amplitude_order_/;
/** Lifecycle arguments that change order or nothing. */
const HARMLESS_LIFECYCLE = new Set(["create_before_destroy"]);

/**
 * Reads one synthesized stack. Nothing is evaluated yet.
 *
 * @param text the text of a cdk.tf.json
 * @param file its path, for messages, and for the stack's name where the file does not carry one
 * @throws DiagnosticError with every problem of the file
 */
export function parseStack(text: string, file: string): Stack {
  const parsed = parseSynthesizedFile(text, file);
  const name = parsed["//"]?.metadata?.stackName ?? nameFromPath(file);
  const problems: Diagnostic[] = [];
  const stack: Stack = {
    name,
    file,
    provider: providerBlock(parsed, file, problems),
    facts: accessFacts(parsed, file, problems),
    declarations: [...declarations(parsed, name, problems)],
    lookups: [...lookupDeclarations(parsed, name, problems)],
    released: releases(parsed, file, problems),
  };
  if (problems.length > 0) throw new DiagnosticError(problems);
  return stack;
}

function nameFromPath(file: string): string {
  const base = basename(file).replace(/(\.tf)?\.json$/, "");
  return base === "cdk" ? basename(dirname(file)) : base;
}

function providerBlock(parsed: SynthesizedFile, file: string, problems: Diagnostic[]): ProviderBlock {
  const blocks = parsed.provider?.["amplitude"] ?? [];
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) {
    problems.push(
      problem(
        `${file} has ${blocks.length} amplitude provider blocks`,
        "One stack speaks to one organization: give it exactly one.",
      ),
    );
  }
  const { "//": _metadata, alias: _alias, ...written } = block ?? { org_id: "0" };
  const config: Block = {
    ...written,
    ...(typeof written["org_id"] === "number" ? { org_id: String(written["org_id"]) } : {}),
  };
  for (const found of validateAttributes("the amplitude provider", providerAttributes, config)) {
    const secret = /key|secret|token|password|url|host/i.test(found.attribute ?? "");
    const detail = secret
      ? "Credentials and hosts come from the environment only, so that a pull request cannot redirect them."
      : found.detail;
    problems.push({ ...found, detail, address: `${file}: provider.amplitude` });
  }
  const texts = (key: string): readonly string[] => (config[key] as readonly string[] | undefined) ?? [];
  const map = (key: string): Readonly<Record<string, string>> =>
    (config[key] as Readonly<Record<string, string>> | undefined) ?? {};
  return {
    orgId: String(config["org_id"]),
    region: config["region"] === "eu" ? "eu" : "us",
    credentials: config["credentials"] as string | undefined,
    policy: {
      ownsGroups: texts("owns_groups"),
      ownsGrantsOn: texts("owns_grants_on"),
      ownsPeopleOf: texts("owns_people_of"),
      minimumAdmins: (config["minimum_admins"] as number | undefined) ?? 0,
      admins: texts("admins"),
      breakGlass: texts("break_glass"),
      operator: config["operator"] as string | undefined,
      maximumRemovalPercent: config["maximum_removal_percent"] as number | undefined,
      maximumRemovals: config["maximum_removals"] as number | undefined,
      maximumInvitations: config["maximum_invitations"] as number | undefined,
    },
    roleIds: map("role_ids"),
    projectIds: map("project_ids"),
  };
}

function accessFacts(parsed: SynthesizedFile, file: string, problems: Diagnostic[]): AccessFacts {
  const { amplitude_access: ours, ...rest } = parsed.locals ?? {};
  const others = Object.keys(rest).filter((name) => !ORDERS.test(name));
  if (others.length > 0)
    problems.push(problem(`${file} has locals ${others.join(", ")}`, "Only Terraform can evaluate them."));
  return parseFacts(ours, file, problems);
}

function* declarations(
  parsed: SynthesizedFile,
  stack: string,
  problems: Diagnostic[],
): Iterable<Declaration> {
  for (const [type, byName] of Object.entries(parsed.resource ?? {})) {
    const kind = kindOf(type);
    for (const [name, block] of Object.entries(byName)) {
      const local = `${type}.${name}`;
      const where = { address: `${stack}/${local}`, constructPath: constructPathOf(block) };
      if (kind === undefined) {
        problems.push(
          problem(
            `There is no kind ${type}`,
            "Only Terraform can evaluate other providers' resources.",
            where,
          ),
        );
        continue;
      }
      yield { ...where, local, stack, kind, raw: attributesOf(block, where, problems) };
    }
  }
}

function* lookupDeclarations(
  parsed: SynthesizedFile,
  stack: string,
  problems: Diagnostic[],
): Iterable<LookupDeclaration> {
  for (const [type, byName] of Object.entries(parsed.data ?? {})) {
    const lookup = lookups.find((candidate) => candidate.type === type);
    for (const [name, block] of Object.entries(byName)) {
      const local = `data.${type}.${name}`;
      const where = { address: `${stack}/${local}`, constructPath: constructPathOf(block) };
      if (lookup === undefined) {
        problems.push(problem(`There is no lookup ${type}`, "Only Terraform can evaluate it.", where));
        continue;
      }
      yield { ...where, local, stack, lookup, raw: attributesOf(block, where, problems) };
    }
  }
}

type Where = Pick<Diagnostic, "address" | "constructPath">;

/** The block without meta-arguments; those that change what a block means are refused. */
function attributesOf(block: Block, where: Where, problems: Diagnostic[]): Block {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(block)) {
    if (ORDERING.has(name) || value === null) continue;
    if (name === "lifecycle") problems.push(...lifecycleProblems(value, where));
    else if (name === "provider") {
      if (value !== "amplitude") problems.push(onlyTerraform("provider", where));
    } else if (["count", "for_each", "provisioner", "connection"].includes(name))
      problems.push(onlyTerraform(name, where));
    else attributes[name] = value;
  }
  return attributes;
}

function lifecycleProblems(value: unknown, where: Where): Diagnostic[] {
  const lifecycles = Array.isArray(value) ? value : [value];
  return lifecycles
    .flatMap((lifecycle) => Object.keys((lifecycle ?? {}) as Block))
    .filter((name) => !HARMLESS_LIFECYCLE.has(name))
    .map((name) => onlyTerraform(`lifecycle.${name}`, where));
}

function onlyTerraform(attribute: string, where: Where): Diagnostic {
  return problem("Only Terraform can evaluate this", "Remove it, or run this stack with Terraform.", {
    ...where,
    attribute,
  });
}

function constructPathOf(block: Block): string | undefined {
  const metadata = (block["//"] as { metadata?: { path?: unknown } } | undefined)?.metadata;
  return typeof metadata?.path === "string" ? metadata.path : undefined;
}

function releases(parsed: SynthesizedFile, file: string, problems: Diagnostic[]): string[] {
  return (parsed.removed ?? []).flatMap(({ from, lifecycle }) => {
    const destroy = (lifecycle as { destroy?: unknown } | undefined)?.destroy;
    if (typeof from !== "string") {
      problems.push(problem(`${file}: removed.from is not an address`, "Write it as `amplitude_group.eng`."));
      return [];
    }
    // Without `destroy = false` the block says what the missing resource says already: revoke.
    return destroy === false ? [from] : [];
  });
}

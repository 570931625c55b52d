import { z } from "zod";
import { DiagnosticError, problem } from "../../schema";

/*
 * `terraform show -json PLAN`: https://developer.hashicorp.com/terraform/internals/json-format. Fields that later minor versions add may be ignored; another
 * major version may mean something else.
 */

const values = z.record(z.string(), z.unknown());

const change = z.looseObject({
  actions: z.array(z.string()),
  before: values.nullish(),
  after: values.nullish(),
  /** `true`, or an object with `true` at what only the apply can tell. */
  after_unknown: z.union([z.boolean(), values]).optional(),
});

const resourceChange = z.looseObject({
  address: z.string(),
  module_address: z.string().optional(),
  mode: z.enum(["managed", "data"]),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).optional(),
  deposed: z.string().optional(),
  provider_name: z.string().optional(),
  change,
});

const stateResource = z.looseObject({ mode: z.string(), type: z.string(), values: values.nullish() });
const stateModule = z.looseObject({
  resources: z.array(stateResource).optional(),
  get child_modules() {
    return z.array(stateModule).optional();
  },
});

const expressions = z.record(z.string(), z.unknown());
const configModule = z.looseObject({
  resources: z.array(z.looseObject({ address: z.string(), expressions: expressions.optional() })).optional(),
  get module_calls() {
    return z.record(z.string(), z.looseObject({ module: configModule.optional() })).optional();
  },
});

const planSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  timestamp: z.string().optional(),
  errored: z.boolean().optional(),
  complete: z.boolean().optional(),
  variables: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).optional(),
  resource_changes: z.array(resourceChange).optional(),
  deferred_changes: z.array(z.unknown()).optional(),
  prior_state: z
    .looseObject({ values: z.looseObject({ root_module: stateModule.optional() }).optional() })
    .optional(),
  configuration: z
    .looseObject({
      provider_config: z
        .record(z.string(), z.looseObject({ name: z.string(), expressions: expressions.optional() }))
        .optional(),
      root_module: configModule.optional(),
    })
    .optional(),
});

export type TerraformPlan = z.infer<typeof planSchema>;
export type TerraformChange = z.infer<typeof resourceChange>;
export type ConfigModule = z.infer<typeof configModule>;
type StateModule = z.infer<typeof stateModule>;

const KNOWN_MAJOR = 1;

/**
 * Reads what `terraform show -json` printed for a saved plan.
 *
 * @throws DiagnosticError when it is no plan, of another major version of the format, incomplete, or ended with errors
 */
export function parseTerraformPlan(text: string, file: string): TerraformPlan {
  const refused = (why: string, advice: string): DiagnosticError =>
    new DiagnosticError([problem(`Cannot review ${file}`, `${why}. Nothing was judged. ${advice}`)]);
  const again = "Make it with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json";
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const isPlanFile = text.startsWith("PK");
    throw refused(isPlanFile ? "It is a plan file itself, not its JSON" : `It is not JSON (${said})`, again);
  }
  const given = (typeof content === "object" ? (content ?? {}) : {}) as Readonly<Record<string, unknown>>;
  const { format_version: version } = given;
  if (typeof version !== "string")
    throw refused("It has no format_version: it is not what terraform show -json prints", again);
  if (Number(version.split(".")[0]) !== KNOWN_MAJOR)
    throw refused(
      `It is of format_version ${version}, and this program reads ${KNOWN_MAJOR}.x`,
      "Use another version of Terraform or of this program.",
    );
  if (!("resource_changes" in given) && !("planned_values" in given))
    throw refused("It holds no plan: it is a state, or the JSON of something else", again);
  const parsed = planSchema.safeParse(content);
  if (!parsed.success) throw refused(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, " "), again);
  const { errored, deferred_changes: deferred = [] } = parsed.data;
  if (errored === true)
    throw refused(
      "Terraform ended this plan with errors, so that it does not hold everything",
      "Correct what terraform plan says, and plan again.",
    );
  if (deferred.length > 0)
    throw refused(
      `Terraform put ${deferred.length} changes off to a later plan, and what they give nobody knows`,
      "Apply what they wait for first, and plan again.",
    );
  return parsed.data;
}

/** Values of the lookups that Terraform had read, by type. */
export function lookedUp(
  plan: TerraformPlan,
): { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[] {
  const visit = ({
    resources = [],
    child_modules: children = [],
  }: StateModule): ReturnType<typeof lookedUp> => [
    ...resources.flatMap(({ mode, type, values: found }) =>
      mode === "data" && found != null ? [{ type, values: found }] : [],
    ),
    ...children.flatMap(visit),
  ];
  const root = plan.prior_state?.values?.root_module;
  return root === undefined ? [] : visit(root);
}

import { z } from "zod";
import { canonicalEmail } from "../../access";
import {
  date,
  email,
  instant,
  instantOf,
  problem,
  DiagnosticError,
  type Diagnostic,
  type ValueType,
} from "../../schema";
import { literalText, referenceIn } from "./expression";

/** The work of one agency, as a stack states it (playbook, "Audit Requirements for Collaborators"). */
export interface Engagement {
  readonly agency: string;
  /** E-mail domains of the agency. */
  readonly domains: readonly string[];
  /** References of the signed documents. */
  readonly sow: string;
  readonly dpa: string;
  /** E-mail of who answers for it. */
  readonly owner: string;
  /** RFC 3339, or a date: the start of that day, UTC. */
  readonly from: string;
  /** RFC 3339, or a date: the end of that day, UTC. */
  readonly until: string;
  /** E-mails of people of none of the domains who may be inside. */
  readonly guests?: readonly string[] | undefined;
}

/** What a project is for (playbook, "Separate Staging and Production Access"). */
export type Environment = "production" | "staging" | "reporting" | "development";

/** An account that no person uses (playbook, "Service Accounts and API Users"). */
export interface ServiceFacts {
  readonly purpose: string;
}

/** What people state that Amplitude never sees. */
export interface AccessFacts {
  /** By name. */
  readonly engagements: ReadonlyMap<string, Engagement>;
  /** By the project's name. */
  readonly environments: ReadonlyMap<string, Environment>;
  /** By canonical e-mail. */
  readonly services: ReadonlyMap<string, ServiceFacts>;
  /** Why a declaration is there, by its address; in a single stack by its local one. */
  readonly reasons: ReadonlyMap<string, string>;
}

const text = z
  .string()
  .refine((value) => value.trim() !== "", "it is empty")
  .transform((value, context) => {
    try {
      // Terraform reads the same file: a reference there would be something else than what stands here.
      if (referenceIn(value) === undefined) return literalText(value);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
    }
    context.addIssue({ code: "custom", message: "only Terraform can evaluate it: write it as plain text" });
    return z.NEVER;
  });
const typed = (type: ValueType<string>): z.ZodType<string, string> =>
  text.superRefine((value, context) => {
    const wrong = type.check(value);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong });
  });
const domain = text.refine(
  (value) => email.check(`somebody@${value}`) === undefined,
  "it is not an e-mail domain",
);

const engagementSchema = z
  .strictObject({
    agency: text,
    domains: z.array(domain).min(1, "name at least one"),
    sow: text,
    dpa: text,
    owner: typed(email),
    from: typed(instant),
    until: typed(instant),
    guests: z.array(typed(email)).optional(),
  })
  .refine(({ from, until }) => (instantOf(until) ?? 0) > startOf(from), "until is before from");

function addressed(services: object, context: z.RefinementCtx): void {
  for (const address of Object.keys(services)) {
    const wrong = email.check(address);
    if (wrong !== undefined) context.addIssue({ code: "custom", message: wrong });
  }
}

const factsSchema = z.strictObject({
  version: z.literal(1),
  time_zone: text.optional(),
  environments: z
    .record(z.string(), z.enum(["production", "staging", "reporting", "development"]))
    .optional(),
  service_accounts: z
    .record(z.string(), z.strictObject({ purpose: text }))
    .superRefine(addressed)
    .optional(),
  engagements: z.record(z.string(), engagementSchema).optional(),
  reasons: z.record(z.string(), text).optional(),
});

/** Nothing stated. */
export const noFacts: AccessFacts = {
  engagements: new Map(),
  environments: new Map(),
  services: new Map(),
  reasons: new Map(),
};

/**
 * `locals.amplitude_access` of one stack, read strictly.
 *
 * @param file for messages
 * @param problems what is wrong with it is added here
 */
export function parseFacts(value: unknown, file: string, problems: Diagnostic[]): AccessFacts {
  if (value === undefined) return noFacts;
  const parsed = factsSchema.safeParse(value);
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map(({ path, message }) =>
        problem(
          `${file}: ${["locals", "amplitude_access", ...path].join(".")} is wrong: ${message}`,
          "Correct it in the stack, and synthesize it again.",
        ),
      ),
    );
    return noFacts;
  }
  const { engagements = {}, environments = {}, service_accounts: services = {}, reasons = {} } = parsed.data;
  return {
    engagements: new Map(Object.entries(engagements)),
    environments: mapOf(environments, literalText),
    services: mapOf(services, (address) => canonicalEmail(literalText(address))),
    reasons: new Map(Object.entries(reasons)),
  };
}

function mapOf<T>(values: Readonly<Record<string, T>>, key: (name: string) => string): Map<string, T> {
  return new Map(Object.entries(values).map(([name, value]) => [key(name), value]));
}

/** When something that begins so begins, in milliseconds since the epoch: a date is the start of its day, where an end is the end of it. */
export function startOf(from: string): number {
  const end = instantOf(from) ?? NaN;
  return date.check(from) === undefined ? end - 24 * 60 * 60 * 1000 : end;
}

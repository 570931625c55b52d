/** Something that a policy objects to, in the organization as the plan would leave it. */
export interface PolicyFinding {
  /** Hash of the policy's name and of what it objects to: the same from run to run. */
  readonly id: string;
  readonly rule: string;
  readonly level: "deny" | "warn";
  /** Whether the plan brings it about; else it was so before. */
  readonly isNew: boolean;
  /** Where: `jo@nova.agency on Client Production: Admin via group agency-nova`, or `organization settings`. */
  readonly path: string;
  /** The declarations whose steps bring it about; none where it was so before. */
  readonly addresses: readonly string[];
  /** Canonical e-mails. */
  readonly people: readonly string[];
  readonly reason: string;
  readonly fix: string;
}

/** How one policy came out. */
export interface PolicyOutcome {
  readonly rule: string;
  readonly level: "deny" | "warn";
  /** How often it objects to the organization before the plan, and after it. */
  readonly before: number;
  readonly after: number;
  /** Whether it could look at all that it judges. */
  readonly judged: "whole" | "in part" | "not";
  /** What it could not look at, in words. */
  readonly unchecked?: string;
}

/** What all policies together say about a plan. */
export interface Verdict {
  readonly findings: readonly PolicyFinding[];
  readonly outcomes: readonly PolicyOutcome[];
}

/** Where and what a stack tried to declare, for its errors. */
export interface Attempt {
  /** `the group "agency-nova"` */
  readonly what: string;
  /** Construct path: `acme/group:agency-nova`. */
  readonly path: string;
}

/** Something that a stack must not say. Its message has what was attempted, where, why it is refused and what to do. */
export class StackError extends Error {
  constructor(
    { what, path }: Attempt,
    /** Sentence without a full stop. */
    reason: string,
    /** Sentence. */
    remedy: string,
  ) {
    super(`Cannot declare ${what} at ${path}: ${reason}. ${remedy}`);
    this.name = "StackError";
  }
}

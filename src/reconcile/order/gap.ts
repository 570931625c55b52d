/** What somebody loses for a while although they hold it before and after the plan: no order of the steps avoids it. */
export interface Gap {
  /** Canonical e-mail. */
  readonly email: string;
  /** In words: `Viewer on Web`. */
  readonly loses: string;
  /** Id of the step that takes it, and of the one that gives it back. */
  readonly from: string;
  readonly until: string;
}

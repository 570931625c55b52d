import { DiagnosticError, problem } from "../schema";

/** Another run has the base, or has moved it: nothing was written, and the plan is to be made again. */
export class OtherRun extends DiagnosticError {
  constructor(summary: string, detail: string) {
    super([problem(summary, detail)]);
  }
}

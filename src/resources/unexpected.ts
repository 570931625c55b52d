import type { Effect } from "../access";
import { ApiFailure, type Family } from "../api";

/** What a write met instead of what it was planned on. */
export interface Meeting {
  /** `PATCH /scim/1/Groups/632`: the write that was not sent, or was refused. */
  readonly request: string;
  readonly family: Family;
  /** What was there when this was planned: `Member`, `no role`. */
  readonly was: string;
  /** What is there now. */
  readonly is: string;
  /** When it was as it `was`; left out: when this was planned. */
  readonly when?: string;
  /** What somebody else has done to the organization since, for the model. */
  readonly effects?: readonly Effect[];
}

/** Somebody else has changed what a write was to change. It was left as it is: they would change it back. */
export class Unexpected extends ApiFailure {
  readonly was: string;
  readonly is: string;
  readonly when: string;
  readonly effects: readonly Effect[];

  constructor({ request, family, was, is, when = "when this was planned", effects = [] }: Meeting) {
    super(
      request,
      family,
      `there was ${was} ${when}, and there is ${is} now`,
      "Somebody else writes it too, and it was left as it is: settle who does, then plan again.",
      "no",
    );
    this.name = "Unexpected";
    this.was = was;
    this.is = is;
    this.when = when;
    this.effects = effects;
  }
}

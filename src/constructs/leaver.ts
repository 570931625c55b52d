import { TerraformLocal, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { date } from "../schema";
import { Declarations } from "./declarations";
import { endOf, isLater } from "./end";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";
import { logicalId } from "./logical-id";
import { canonical } from "./people";
import { StackError } from "./stack-error";
import { admit } from "./term";

/** What a stack says of somebody who left. */
export interface LeaverProps {
  /** The day they left, `2026-11-23`. */
  readonly on: string;
  /** Where it was decided, for the record. */
  readonly ticket?: string;
  /** E-mail of who takes over their charts and dashboards, by hand, before the person is removed. */
  readonly contentTo?: string;
  /** Until when the removal waits for that: a date (the end of that day in the stack's time zone) or a time with an offset. Their access never waits. */
  readonly contentUntil?: string;
}

/** Somebody who must be absent: a line that revokes and stays as the record, where its absence would only forget. */
export class Leaver extends Construct {
  readonly email: string;
  readonly resource: l1.Leaver;

  /** @throws StackError when the person is declared present, or dates and addresses are wrong */
  constructor(scope: Construct, email: string, { on, ticket, contentTo, contentUntil }: LeaverProps) {
    const { blocks, people, timeZone, engagements, leavers } = Declarations.of(scope);
    const identity = blocks.claim(
      scope,
      { type: "amplitude_leaver", prefix: "leaver", noun: "leaver" },
      email,
      [canonical(email)],
    );
    people.left(identity, email);
    checked(identity, "day", on, date);
    checkedIfGiven(identity, "ticket", ticket);
    if (contentTo !== undefined)
      people.present({ ...identity, what: `${identity.what} with content` }, contentTo);
    const waits =
      contentUntil === undefined ? undefined : endOf(identity, "contentUntil", contentUntil, timeZone);
    if (waits !== undefined && contentTo === undefined) {
      throw new StackError(
        identity,
        "`contentUntil` is given and `contentTo` is not",
        "Say who takes the content over, or leave both out.",
      );
    }
    if (waits !== undefined && isLater(endOf(identity, "day", on, timeZone), waits)) {
      throw new StackError(
        identity,
        `its content waits until ${waits}, before the person left on ${on}`,
        "Correct one of the two dates.",
      );
    }
    const { term } = engagements.belonging(identity, scope, undefined);
    admit(term, identity, email);
    super(scope, identity.constructId);
    this.email = email;
    this.resource = new l1.Leaver(this, "Resource", {
      email: literal(email),
      leftOn: on,
      ticket: ticket === undefined ? undefined : literal(ticket),
      contentTo: contentTo === undefined ? undefined : literal(contentTo),
      contentUntil: waits,
    });
    this.resource.overrideLogicalId(identity.logicalId);
    leavers.push({ resource: this.resource, term });
    term?.people.set(canonical(email), this);
  }
}

/**
 * Leavers come after the groups of an identity provider that may have them, those of other engagements left out: it would bring back whom it
 * holds, so the provider must have heard of its groups by then. They come after nothing else: what fails must not keep a leaver in. A local
 * stands between many leavers and many groups: an edge from each to each took terraform 28 s of CPU for 300 and 200; this takes 3.
 */
export function orderLeavers(
  stack: TerraformStack,
  { leavers, idpGroups, orders }: Pick<Declarations, "leavers" | "idpGroups" | "orders">,
): void {
  const filled = new Set<string>();
  for (const { resource, term } of leavers) {
    const name = term === undefined ? ORDER : logicalId(ORDER, term.name, [term.name]);
    if (!filled.has(name)) {
      const engagement = term && literal(term.name);
      const first = idpGroups.filter(
        ({ resource: { engagementInput: of } }) => [of, engagement].includes(undefined) || of === engagement,
      );
      if (first.length === 0) continue;
      filled.add(name);
      const ids = orders.get(name) ?? [];
      if (!orders.has(name)) new TerraformLocal(stack, name, ids).overrideLogicalId(name);
      orders.set(name, ids);
      // The same list, because a stack may be synthesized more than once.
      ids.splice(0, ids.length, ...first.map(({ address }) => `\${${address}.id}`).sort());
    }
    resource.dependsOn = [...new Set([...(resource.dependsOn ?? []), `local.${name}`])];
  }
}

/** The CLI passes over locals of such a name. */
const ORDER = "amplitude_order_idp_groups";

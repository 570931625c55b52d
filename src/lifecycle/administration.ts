import { canonicalEmail, organizationRoleNamed, type Effect, type Organization } from "../access";
import type { StepDraft } from "../resources";
import { problem, type Diagnostic } from "../schema";
import type { LiveReads } from "./live-reads";

/** Who must keep administration, as the provider block says. */
export interface AdministrationPolicy {
  readonly minimumAdmins: number;
  /** Canonical e-mails of break-glass accounts and of the operator. */
  readonly protectedPeople: ReadonlySet<string>;
}

/**
 * Judges single changes by what becomes of the organization's administrators. It sees the organization as it is and what this process did to it,
 * not what others of the same run still will do: whoever raises the last but one and lowers the last does so in two runs.
 */
export class Administration {
  readonly #policy: AdministrationPolicy;
  readonly #reads: LiveReads;
  /** Roles that this process has let change. */
  readonly #changed = new Map<string, string | undefined>();

  constructor(policy: AdministrationPolicy, reads: LiveReads) {
    this.#policy = policy;
    this.#reads = reads;
  }

  /** Why a change must not happen; undefined when it may, which counts as done from then on. Throws ApiFailure, NotWhole. */
  async refusal({ operation, values, facts }: StepDraft): Promise<Diagnostic | undefined> {
    const losses = operation.effects(values, facts).flatMap(roleAfter);
    for (const { email, role } of losses) {
      if (isAdministrator(role)) continue;
      const who = canonicalEmail(email);
      if (this.#policy.protectedPeople.has(who)) {
        return problem(
          `${operation.text(values, facts)}: refused`,
          `The provider block names ${email} as somebody who keeps administration (break_glass, operator). This was not sent. Name somebody else there first, in an apply of its own.`,
        );
      }
      const live = await this.#reads.whole(["people", "members"], { asListed: true });
      const admins = this.#administrators(live);
      const minimum = Math.max(1, this.#policy.minimumAdmins);
      if (admins.has(who) && admins.size - 1 < minimum) {
        return problem(
          `${operation.text(values, facts)}: refused`,
          `Amplitude shows as administrators: ${[...admins].sort().join(", ")}. ${admins.size - 1} would be left, and there must be at least ${minimum}. This was not sent. Make somebody else an administrator first, in an apply of its own.`,
        );
      }
    }
    for (const { email, role } of operation.effects(values, facts).flatMap(roleAfter))
      this.#changed.set(canonicalEmail(email), role);
    return undefined;
  }

  #administrators(live: Organization): ReadonlySet<string> {
    const admins = new Set<string>();
    for (const person of live.people()) {
      const who = canonicalEmail(person.email);
      const role = this.#changed.has(who) ? this.#changed.get(who) : person.organizationRole;
      if (isAdministrator(role)) admins.add(who);
    }
    return admins;
  }
}

/** The role in the organization that somebody has after an effect; none: they are gone. */
function roleAfter(effect: Effect): { readonly email: string; readonly role?: string }[] {
  if (effect.type === "remove_person") return [{ email: effect.email }];
  return effect.type === "set_organization_role" ? [{ email: effect.email, role: effect.role }] : [];
}

function isAdministrator(role: string | undefined): boolean {
  const known = role === undefined ? undefined : organizationRoleNamed(role);
  return known === "owner" || known === "admin";
}

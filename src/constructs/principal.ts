import { Construct } from "constructs";
import { Declarations, type Grantee } from "./declarations";
import { endOf } from "./end";
import * as l1 from "./generated";
import { endWithin } from "./limit";
import { literal } from "./literal";
import { logicalId } from "./logical-id";
import type { Project } from "./project";
import { Role } from "./role";
import { StackError } from "./stack-error";
import type { Identity } from "./block";
import { limitOf, type Term } from "./term";

/** What a single grant or membership may add. */
export interface GrantOptions {
  /** When it ends: a date (the end of that day in the stack's time zone) or a time with an offset. Left out: with its principal. */
  readonly until?: string;
}

/** What a principal is to Terraform. */
export interface PrincipalProps {
  readonly grantee: Grantee;
  /** The attribute `principal`: an e-mail, or a reference to a group's id. */
  readonly reference: string;
  /** RFC 3339 */
  readonly until?: string | undefined;
  readonly engagement?: string | undefined;
  /** The engagement itself, where the stack declares it. */
  readonly term?: Term | undefined;
  /** A group's earlier name. */
  readonly previousKey?: string | undefined;
}

/** A role that was given. */
interface Given {
  readonly identity: Identity;
  /** RFC 3339, as written. */
  readonly until: string | undefined;
  readonly resource: l1.ProjectRoleAssignment;
}

const GRANT = { type: "amplitude_project_role_assignment", prefix: "grant", noun: "grant" };

/** Who can be given a role on a project: a person, a service account, a group. */
export abstract class Principal extends Construct {
  readonly #declarations: Declarations;
  readonly #props: PrincipalProps;
  readonly #given: Given[] = [];
  #engagement: string | undefined;
  #term: Term | undefined;

  protected constructor(scope: Construct, identity: Identity, props: PrincipalProps) {
    super(scope, identity.constructId);
    this.#declarations = Declarations.of(scope);
    this.#props = props;
    this.#engagement = props.engagement;
    this.#term = props.term;
  }

  /**
   * A role on a project; Member where none is said (playbook: start with least privilege).
   *
   * @throws StackError for a second role on the same project, for a project of another stack, and for an end after the principal's own
   */
  may(project: Project, options?: GrantOptions): this;
  may(role: Role, project: Project, options?: GrantOptions): this;
  may(...written: [Project, GrantOptions?] | [Role, Project, GrantOptions?]): this {
    const [role, project, options] = isProject(written[0])
      ? [Role.Member, ...(written as [Project, GrantOptions?])]
      : (written as [Role, Project, GrantOptions?]);
    this.#grant(role, project, options ?? {});
    return this;
  }

  /**
   * What was given so far, and what follows, belongs to the engagement and ends with it.
   *
   * @throws StackError when something of it ends later
   */
  protected engage(term: Term): void {
    this.#term = term;
    this.#engagement = literal(term.name);
    for (const given of this.#given) {
      given.resource.engagement = this.#engagement;
      given.resource.expiresAt = this.#end(given) ?? term.until;
      this.#record(given);
    }
  }

  #grant(role: Role, project: Project, options: GrantOptions): void {
    const { grantee, reference, previousKey } = this.#props;
    const { blocks, grants, moves, stack, people, timeZone } = this.#declarations;
    const name = `${grantee.key} on ${project.name}`;
    const identity = blocks.claim(this, GRANT, name, [grantee.type, grantee.key, project.name], project.name);
    if (Declarations.of(project).stack !== stack) {
      throw new StackError(
        identity,
        `the project is declared in another stack, at ${project.node.path}`,
        "Name the project in this stack too: a lookup costs nothing.",
      );
    }
    const until = options.until === undefined ? undefined : endOf(identity, "until", options.until, timeZone);
    const resource = new l1.ProjectRoleAssignment(this, identity.constructId, {
      principalType: grantee.type,
      principal: reference,
      projectId: project.projectId,
      role: literal(role.name),
      expiresAt: this.#end({ identity, until }),
      engagement: this.#engagement,
    });
    resource.overrideLogicalId(identity.logicalId);
    const given = { identity, until, resource };
    this.#given.push(given);
    this.#record(given);
    if (grantee.type === "user")
      people.whenInvited(grantee.key, ({ address }) => (resource.dependsOn = [address]));
    if (previousKey !== undefined) {
      const before = logicalId(GRANT.prefix, `${previousKey} on ${project.name}`, [
        grantee.type,
        previousKey,
        project.name,
      ]);
      moves.push({ from: `${GRANT.type}.${before}`, to: identity.address });
    }
    grants.push({ to: grantee, project: project.name, role, at: resource });
  }

  #end({ identity, until }: Pick<Given, "identity" | "until">): string | undefined {
    const own = { until: this.#props.until, whose: "its principal, who", possessive: "the principal's" };
    return endWithin(identity, "it", until, [own, limitOf(this.#term)]);
  }

  #record({ identity, until, resource }: Given): void {
    if (until !== undefined) this.#term?.inside.push({ what: identity.what, until, at: resource });
  }
}

function isProject(value: Role | Project): value is Project {
  return !(value instanceof Role);
}

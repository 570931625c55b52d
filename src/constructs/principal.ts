import { Construct } from "constructs";
import { Declarations, type Grantee } from "./declarations";
import { endOf, isLater } from "./end";
import * as l1 from "./generated";
import { literal } from "./literal";
import { logicalId } from "./logical-id";
import type { Project } from "./project";
import { Role } from "./role";
import { StackError } from "./stack-error";
import type { Identity } from "./block";

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
  /** A group's earlier name. */
  readonly previousKey?: string | undefined;
}

const GRANT = { type: "amplitude_project_role_assignment", prefix: "grant", noun: "grant" };

/** Who can be given a role on a project: a person, a service account, a group. */
export abstract class Principal extends Construct {
  readonly #declarations: Declarations;
  readonly #props: PrincipalProps;

  protected constructor(scope: Construct, identity: Identity, props: PrincipalProps) {
    super(scope, identity.constructId);
    this.#declarations = Declarations.of(scope);
    this.#props = props;
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

  #grant(role: Role, project: Project, options: GrantOptions): void {
    const { grantee, reference, engagement, previousKey } = this.#props;
    const { blocks, grants, moves, stack, people } = this.#declarations;
    const name = `${grantee.key} on ${project.name}`;
    const identity = blocks.claim(this, GRANT, name, [grantee.type, grantee.key, project.name], project.name);
    if (Declarations.of(project).stack !== stack) {
      throw new StackError(
        identity,
        `the project is declared in another stack, at ${project.node.path}`,
        "Name the project in this stack too: a lookup costs nothing.",
      );
    }
    const resource = new l1.ProjectRoleAssignment(this, identity.constructId, {
      principalType: grantee.type,
      principal: reference,
      projectId: project.projectId,
      role: literal(role.name),
      expiresAt: this.#end(identity, options),
      engagement,
    });
    resource.overrideLogicalId(identity.logicalId);
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

  #end(identity: Identity, { until }: GrantOptions): string | undefined {
    const own = this.#props.until;
    if (until === undefined) return own;
    const end = endOf(identity, "until", until, this.#declarations.timeZone);
    if (own !== undefined && isLater(end, own)) {
      throw new StackError(
        identity,
        `it ends ${end}, after its principal, who ends ${own}`,
        "Shorten it, or lengthen the principal's `until`.",
      );
    }
    return end;
  }
}

function isProject(value: Role | Project): value is Project {
  return !(value instanceof Role);
}

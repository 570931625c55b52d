import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Declarations, type Grantee } from "./declarations";
import { endOf } from "./end";
import * as l1 from "./generated";
import type { Move } from "./hcl";
import { endWithin, type Limit } from "./limit";
import { checkedIfGiven, literal } from "./literal";
import { logicalId } from "./logical-id";
import type { Module } from "./module";
import type { Project } from "./project";
import { Role } from "./role";
import { StackError } from "./stack-error";
import type { Identity } from "./block";
import { limitOf, type Term } from "./term";

/** What a single grant or membership may add. */
export interface GrantOptions {
  /** When it ends: a date (the end of that day in the stack's time zone) or a time with an offset. Left out: with its principal. */
  readonly until?: string;
  /** Why, for the record: the CLI shows it, Amplitude never sees it. */
  readonly because?: string;
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

/** A block that ends with its principal, unless it says an earlier end. */
interface Ending {
  expiresAt?: string | undefined;
  engagement?: string | undefined;
}

/** Something that was given. */
interface Given {
  readonly identity: Identity;
  /** RFC 3339, as written. */
  readonly until: string | undefined;
  /** What it must not outlive beside its principal. */
  readonly limits: readonly Limit[];
  readonly resource: TerraformResource & Ending;
}

const GRANT = { type: "amplitude_project_role_assignment", prefix: "grant", noun: "grant" };
const MODULE = { type: "amplitude_module_grant", prefix: "module", noun: "module" };

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
   * A role of an add-on on a project, on top of the project role. By hand on Amplitude today: no documented API grants modules.
   *
   * @throws StackError for the same module twice, for a project of another stack or without the add-on, and for an end after the
   * principal's own, the engagement's or the add-on's
   */
  module(module: Module, project: Project, options: GrantOptions = {}): this {
    const { grantee, reference } = this.#props;
    const { blocks, moduleGrants } = this.#declarations;
    const nameOf = (key: string, on: string): string => `${module.name} of ${key} on ${on}`;
    const keyOf = (key: string, on: string): string[] => [grantee.type, key, on, module.id];
    const inTree = `${module.name} on ${project.name}`;
    const { key } = grantee;
    const [name, on] = [nameOf(key, project.name), project.name];
    const identity = blocks.claim(this, MODULE, name, keyOf(key, on), inTree);
    this.#ofThisStack(identity, project);
    const limits = [project.addOnLimit(identity, module.addOn)];
    const resource = this.give(
      identity,
      options,
      (ending) =>
        new l1.ModuleGrant(this, identity.constructId, {
          principalType: grantee.type,
          principal: reference,
          projectId: project.projectId,
          module: module.id,
          ...ending,
        }),
      limits,
    );
    this.#renamed(project, (before, earlier) => ({
      from: `${MODULE.type}.${logicalId(MODULE.prefix, nameOf(before, earlier), keyOf(before, earlier))}`,
      to: identity.address,
    }));
    moduleGrants.push({ to: grantee, project: project.name, module, at: resource });
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

  /**
   * Gives something that ends with the principal and with their engagement, also with one that they join later.
   *
   * @param make makes the block, with the end and the engagement that it is told
   * @param limits what it must not outlive beside the principal
   * @throws StackError when it ends later than one of them
   */
  protected give<R extends TerraformResource & Ending>(
    identity: Identity,
    options: GrantOptions,
    make: (ending: Ending) => R,
    limits: readonly Limit[] = [],
  ): R {
    const { people, locals, timeZone } = this.#declarations;
    const { grantee } = this.#props;
    const until = options.until === undefined ? undefined : endOf(identity, "until", options.until, timeZone);
    const because = checkedIfGiven(identity, "because", options.because);
    const expiresAt = this.#end({ identity, until, limits });
    const resource = make({ expiresAt, engagement: this.#engagement });
    resource.overrideLogicalId(identity.logicalId);
    const given = { identity, until, limits, resource };
    this.#given.push(given);
    this.#record(given);
    if (because !== undefined) locals.reason(identity.address, because);
    if (grantee.type === "user")
      people.whenInvited(grantee.key, ({ address }) => (resource.dependsOn = [address]));
    return resource;
  }

  #grant(role: Role, project: Project, options: GrantOptions): void {
    const { grantee, reference } = this.#props;
    const { blocks, grants } = this.#declarations;
    const name = `${grantee.key} on ${project.name}`;
    const identity = blocks.claim(this, GRANT, name, [grantee.type, grantee.key, project.name], project.name);
    this.#ofThisStack(identity, project);
    const resource = this.give(
      identity,
      options,
      (ending) =>
        new l1.ProjectRoleAssignment(this, identity.constructId, {
          principalType: grantee.type,
          principal: reference,
          projectId: project.projectId,
          role: literal(role.name),
          ...ending,
        }),
    );
    this.#renamed(project, (key, on) => ({
      from: `${GRANT.type}.${logicalId(GRANT.prefix, `${key} on ${on}`, [grantee.type, key, on])}`,
      to: identity.address,
    }));
    grants.push({ to: grantee, project: project.name, role, at: resource });
  }

  /** Terraform keeps what was under the earlier names of the principal and of the project. */
  #renamed(project: Project, move: (key: string, on: string) => Move): void {
    const { grantee, previousKey } = this.#props;
    if (previousKey === undefined && project.previousName === undefined) return;
    this.#declarations.moves.push(move(previousKey ?? grantee.key, project.previousName ?? project.name));
  }

  #ofThisStack(identity: Identity, project: Project): void {
    if (Declarations.of(project).stack === this.#declarations.stack) return;
    throw new StackError(
      identity,
      `the project is declared in another stack, at ${project.node.path}`,
      "Name the project in this stack too: a lookup costs nothing.",
    );
  }

  #end({ identity, until, limits }: Pick<Given, "identity" | "until" | "limits">): string | undefined {
    const own = { until: this.#props.until, whose: "its principal, who", possessive: "the principal's" };
    return endWithin(identity, "it", until, [own, limitOf(this.#term), ...limits]);
  }

  #record({ identity, until, resource }: Given): void {
    if (until !== undefined) this.#term?.inside.push({ what: identity.what, until, at: resource });
  }
}

function isProject(value: Role | Project): value is Project {
  return !(value instanceof Role);
}

import type { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { OrganizationRole } from "../access/role";
import { canonicalName } from "../schema";
import type { AccessLocals } from "./access-locals";
import { Blocks } from "./block";
import { Engagements } from "./engagements";
import type { Environment } from "./environment";
import type * as l1 from "./generated";
import type { Move } from "./hcl";
import type { Module } from "./module";
import { People } from "./people";
import type { Role } from "./role";
import { StackError, type Attempt } from "./stack-error";
import type { Term } from "./term";

/** Who a grant is to. */
export interface Grantee {
  readonly type: "user" | "group";
  /** Canonical e-mail or group name. */
  readonly key: string;
}

/** One role on one project. */
export interface DeclaredGrant {
  readonly to: Grantee;
  readonly project: string;
  readonly role: Role;
  /** The construct that a remark about it belongs to. */
  readonly at: Construct;
}

/** One add-on's role on one project. */
export interface DeclaredModule {
  readonly to: Grantee;
  readonly project: string;
  readonly module: Module;
  readonly at: Construct;
}

/** What an identity provider sets for the people of a group. */
export interface DeclaredMapping {
  readonly group: string;
  readonly organizationRole: OrganizationRole | undefined;
  readonly projectRoles: ReadonlyMap<string, Role>;
  readonly at: Construct;
}

/** A member of a group, as far as the stack says. */
export interface DeclaredMember {
  readonly group: string;
  /** Canonical e-mail. */
  readonly email: string;
}

/** Takes a group into an engagement, with who is expected in it. */
export type Join = (term: Term, expects: readonly string[] | undefined) => void;

/** How an error calls a name that a group had before. */
export const EARLIER = "the earlier name of ";

const DECLARATIONS = Symbol.for("amplitude-access/declarations");

/** What a stack has declared so far. Constructs find it by their place in the tree, and never search the tree. */
export class Declarations {
  readonly blocks = new Blocks();
  readonly people = new People();
  readonly engagements = new Engagements();
  /** By name. */
  readonly projects = new Map<string, Environment | undefined>();
  readonly grants: DeclaredGrant[] = [];
  readonly moduleGrants: DeclaredModule[] = [];
  /** Of people whom a first login creates, where the stack says it. */
  jitDefault: { readonly role: OrganizationRole; readonly at: Construct } | undefined;
  readonly members: DeclaredMember[] = [];
  /** Canonical e-mails of accounts that no person uses. */
  readonly services = new Map<string, Construct>();
  /** By group construct. */
  readonly joins = new Map<Construct, Join>();
  readonly mappings: DeclaredMapping[] = [];
  /** Groups that an identity provider writes, and their addresses. */
  readonly idpGroups: { readonly resource: l1.IdpGroup; readonly address: string }[] = [];
  readonly leavers: { readonly resource: l1.Leaver; readonly term: Term | undefined }[] = [];
  /** Locals that only order, by name. */
  readonly orders = new Map<string, string[]>();
  /** Terraform's `moved` blocks. */
  readonly moves: Move[] = [];
  readonly #groups = new Map<string, Attempt>();

  constructor(
    readonly stack: TerraformStack,
    readonly timeZone: string,
    readonly locals: AccessLocals,
    /** Project names to ids, of the provider block; grows with every project that has an id. */
    readonly projectIds: Record<string, string>,
  ) {
    Object.defineProperty(stack, DECLARATIONS, { value: this });
  }

  /** @throws Error when the construct is not inside of an AccessStack */
  static of(scope: Construct): Declarations {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const found = (at as { readonly [DECLARATIONS]?: Declarations })[DECLARATIONS];
      if (found !== undefined) return found;
    }
    throw new Error(
      `Cannot declare anything at ${scope.node.path || "the app"}: it is not inside of an AccessStack. Pass the stack as scope.`,
    );
  }

  /** What groups of the stack are called now. */
  groupNames(): string[] {
    return [...this.#groups].filter(([, { what }]) => !what.startsWith(EARLIER)).map(([name]) => name);
  }

  /** @throws StackError when another group of the stack is or was called so */
  nameGroup(name: string, attempt: Attempt): void {
    const earlier = this.#groups.get(canonicalName(name));
    if (earlier !== undefined) {
      const remedy = "Keep one; either code (Group) or the identity provider (IdpGroup) writes its members.";
      throw new StackError(
        attempt,
        `${earlier.what} is declared at ${earlier.path}, and no two groups share a name`,
        remedy,
      );
    }
    this.#groups.set(canonicalName(name), attempt);
  }
}

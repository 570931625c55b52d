import type { Construct } from "constructs";
import type { OrganizationRole } from "../access/role";
import { name as nameType } from "../schema";
import type { Identity } from "./block";
import { Declarations } from "./declarations";
import * as l1 from "./generated";
import { checked, literal } from "./literal";
import { canonical } from "./people";
import { Principal } from "./principal";
import type { Role } from "./role";
import { StackError } from "./stack-error";
import { admitMembers, type Term } from "./term";

/** What an identity provider sets for the people of a group, beside pushing them. No API reads it, so it is declared. */
export interface IdpMapping {
  readonly organizationRole?: OrganizationRole;
  /** By project name. */
  readonly projectRoles?: Readonly<Record<string, Role>>;
}

/** What a stack may say of a group that an identity provider writes. */
export interface IdpGroupProps {
  /** Who should be in it: the plan waits for the identity provider, and drift names anybody else. */
  readonly expects?: readonly string[];
  readonly maps?: IdpMapping;
  /** Name of the engagement it belongs to; its grants carry it, and end with it if the stack declares it. */
  readonly engagement?: string;
}

/** A permission group that an identity provider pushes: it is given roles here, and never created, filled or deleted from here. */
export class IdpGroup extends Principal {
  readonly name: string;
  readonly resource: l1.IdpGroup;
  readonly #identity: Identity;

  /** @throws StackError when the name is empty or another group's, or when `expects` is wrong, has one person twice or one who left */
  static named(scope: Construct, name: string, props: IdpGroupProps = {}): IdpGroup {
    return new IdpGroup(scope, name, props);
  }

  private constructor(
    scope: Construct,
    name: string,
    { expects, maps = {}, engagement: written }: IdpGroupProps,
  ) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(
      scope,
      { type: "amplitude_idp_group", prefix: "idp_group", noun: "IdP group" },
      name,
    );
    checked(identity, "name", name, nameType);
    declarations.nameGroup(name, identity);
    declarations.people.allPresent(identity, "expects", expects ?? []);
    const { name: belongsTo, term } = declarations.engagements.belonging(identity, scope, written);
    const engagement = belongsTo === undefined ? undefined : literal(belongsTo);
    super(scope, identity, {
      grantee: { type: "group", key: name },
      reference: `\${${identity.address}.id}`,
      engagement,
      term,
    });
    this.name = name;
    this.#identity = identity;
    const projectRoles = new Map(Object.entries(maps.projectRoles ?? {}));
    this.resource = new l1.IdpGroup(this, "Resource", {
      name: literal(name),
      expectedMembers: expects?.map(literal),
      mapsOrganizationRole: maps.organizationRole,
      mapsProjectRoles: maps.projectRoles && rolesByProject(projectRoles),
      engagement,
    });
    this.resource.overrideLogicalId(identity.logicalId);
    declarations.idpGroups.push({ resource: this.resource, address: identity.address });
    declarations.mappings.push({
      group: name,
      organizationRole: maps.organizationRole,
      projectRoles,
      at: this.resource,
    });
    for (const email of expects ?? []) declarations.members.push({ group: name, email: canonical(email) });
    admitMembers(term, identity, name, declarations.members);
    term?.groups.set(name, this.resource);
    declarations.joins.set(this, (joined, alsoExpects) => this.#join(joined, alsoExpects));
  }

  #join(term: Term, expects: readonly string[] | undefined): void {
    if (expects !== undefined) {
      if (this.resource.expectedMembersInput !== undefined) {
        throw new StackError(
          this.#identity,
          "its `expects` is given twice",
          "Keep the one that the engagement gives.",
        );
      }
      const { people, members } = Declarations.of(this);
      people.allPresent(this.#identity, "expects", expects);
      for (const email of expects) members.push({ group: this.name, email: canonical(email) });
      this.resource.expectedMembers = expects.map(literal);
    }
    admitMembers(term, this.#identity, this.name, Declarations.of(this).members);
    if (term.groups.has(this.name)) return;
    this.resource.engagement = literal(term.name);
    this.engage(term);
    term.groups.set(this.name, this.resource);
  }
}

function rolesByProject(roles: ReadonlyMap<string, Role>): Record<string, string> {
  return Object.fromEntries([...roles].map(([project, role]) => [literal(project), literal(role.name)]));
}

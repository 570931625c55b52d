import { Construct } from "constructs";
import { name as nameType } from "../schema";
import { ApiKey, type ApiKeyProps } from "./api-key";
import { Declarations } from "./declarations";
import type { Environment } from "./environment";
import * as l1 from "./generated";
import { endOf } from "./end";
import type { Limit } from "./limit";
import { checked, checkedIfGiven, literal } from "./literal";
import { logicalId } from "./logical-id";
import type { AddOn } from "./module";
import { declareHidden, type PropertyProps } from "./property";
import { StackError, type Attempt } from "./stack-error";

/** What is known of a project that exists. */
export interface ProjectProps {
  /** Amplitude's project id, where the credentials of the run cannot list projects. Left out: looked up by name. */
  readonly id?: number | string;
  readonly environment?: Environment;
}

/** What a stack may say of a project that it makes. */
export interface ManagedProjectProps {
  readonly environment?: Environment;
  /** Add-ons that are switched on; left out: not managed. */
  readonly addOns?: readonly AddOn[];
  /** When single add-ons are switched off: dates (the end of that day in the stack's time zone) or times with an offset. */
  readonly addOnUntil?: Readonly<Partial<Record<AddOn, string>>>;
  /** What it was called before, so that a new name renames it. */
  readonly previousName?: string;
}

/** @internal What tells `Project.named` from `new Project`. */
export class Named {
  constructor(readonly props: ProjectProps) {}
}

const LOOKUP = { type: "data.amplitude_project", prefix: "project", noun: "project" };
const MANAGED = { type: "amplitude_project", prefix: "project", noun: "project" };

/**
 * A project. `Project.named` speaks of one that exists and never changes it. `new Project` makes it, and archives it when the line goes: by hand
 * on Amplitude today, no documented API makes projects.
 */
export class Project extends Construct {
  /** As Amplitude shows it. */
  readonly name: string;
  readonly previousName: string | undefined;
  readonly environment: Environment | undefined;
  /** The project or its lookup; undefined when the id is given. */
  readonly resource: l1.Project | l1.DataAmplitudeProject | undefined;
  /** The id, or Terraform's reference to it. */
  readonly projectId: string;
  /** RFC 3339 ends by add-on, where the stack says which add-ons there are. */
  readonly #addOns: ReadonlyMap<AddOn, string | undefined> | undefined;

  /** @throws StackError when the stack names that project already, or its name or id is empty */
  static named(scope: Construct, name: string, props: ProjectProps = {}): Project {
    return new Project(scope, name, new Named(props));
  }

  /** @throws StackError when the stack names that project already, its name is empty, or an add-on has an end and is not switched on */
  constructor(scope: Construct, name: string, props?: ManagedProjectProps);
  /** @internal */
  constructor(scope: Construct, name: string, props: Named);
  constructor(scope: Construct, name: string, props: ManagedProjectProps | Named = {}) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(scope, props instanceof Named ? LOOKUP : MANAGED, name);
    checked(identity, "name", name, nameType);
    if (declarations.projects.has(name))
      throw new StackError(identity, "the stack names that project already", "Keep one of the two.");
    super(scope, identity.constructId);
    this.name = name;
    const { environment } = props instanceof Named ? props.props : props;
    this.environment = environment;
    if (props instanceof Named) {
      const { id } = props.props;
      const knownId = checkedIfGiven(identity, "id", id === undefined ? undefined : String(id));
      if (knownId === undefined) {
        this.resource = new l1.DataAmplitudeProject(this, "Resource", { name: literal(name) });
        this.projectId = `\${${identity.address}.id}`;
      } else {
        this.projectId = literal(knownId);
        declarations.projectIds[literal(name)] = this.projectId;
      }
    } else {
      const { addOns, addOnUntil = {}, previousName } = props;
      const ends = Object.entries(addOnUntil).map(([addOn, until]): [string, string] => [
        addOn,
        endOf(identity, `end of ${addOn}`, until, declarations.timeZone),
      ]);
      const unknown = ends.find(([addOn]) => !(addOns ?? []).some((known) => known === addOn))?.[0];
      if (unknown !== undefined)
        throw new StackError(
          identity,
          `${unknown} has an end and is not in \`addOns\``,
          "Add it to `addOns`, or remove its end.",
        );
      this.#addOns = addOns && new Map(addOns.map((addOn) => [addOn, Object.fromEntries(ends)[addOn]]));
      this.previousName = checkedIfGiven(identity, "previousName", previousName, nameType);
      this.resource = new l1.Project(this, "Resource", {
        name: literal(name),
        environment,
        addOns: addOns && [...addOns],
        addOnExpiresAt: ends.length === 0 ? undefined : Object.fromEntries(ends),
        previousName: previousName === undefined ? undefined : literal(previousName),
      });
      this.projectId = `\${${identity.address}.id}`;
      if (previousName !== undefined)
        declarations.moves.push({
          from: `${MANAGED.type}.${logicalId(MANAGED.prefix, previousName, [previousName])}`,
          to: identity.address,
        });
    }
    this.resource?.overrideLogicalId(identity.logicalId);
    declarations.projects.set(name, environment);
    if (environment !== undefined) declarations.locals.environment(name, environment);
  }

  /** An API key of this project. */
  key(label: string, props: ApiKeyProps): ApiKey {
    return new ApiKey(this, label, this, props);
  }

  /**
   * Hides a property from everybody's queries in this project: Amplitude hides per project, not per person, and goes on collecting it.
   * The name may leave out Amplitude's prefix of custom properties (`gp:`, `grp:`).
   *
   * @throws StackError when the property is declared already, or its name, owner or classification is none
   */
  hide(name: string, props: PropertyProps): this {
    declareHidden(this, name, props);
    return this;
  }

  /**
   * What a module of an add-on must not outlive here.
   *
   * @throws StackError when the stack says which add-ons there are, and this is none of them
   */
  addOnLimit(attempt: Attempt, addOn: AddOn): Limit {
    if (this.#addOns?.has(addOn) === false)
      throw new StackError(
        attempt,
        `the project ${JSON.stringify(this.name)} does not have the add-on ${addOn}`,
        `Add it to the project's \`addOns\`.`,
      );
    return {
      until: this.#addOns?.get(addOn),
      whose: `the add-on ${addOn} of its project, which`,
      possessive: "the add-on's",
    };
  }
}

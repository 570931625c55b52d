import { Construct } from "constructs";
import { ApiKey, type ApiKeyProps } from "./api-key";
import { Declarations } from "./declarations";
import type { Environment } from "./environment";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";
import { declareHidden, type PropertyProps } from "./property";

/** What is known of a project that exists. */
export interface ProjectProps {
  /** Amplitude's project id, where the credentials of the run cannot list projects. Left out: looked up by name. */
  readonly id?: number | string;
  readonly environment?: Environment;
}

/** A project that exists in Amplitude: named here, never created or archived from here. */
export class Project extends Construct {
  /** As Amplitude shows it. */
  readonly name: string;
  readonly environment: Environment | undefined;
  /** The lookup; undefined when the id is given. */
  readonly resource: l1.DataAmplitudeProject | undefined;
  /** The id, or Terraform's reference to it. */
  readonly projectId: string;

  /** @throws StackError when the stack names that project already, or its name or id is empty */
  static named(scope: Construct, name: string, props: ProjectProps = {}): Project {
    return new Project(scope, name, props);
  }

  private constructor(scope: Construct, name: string, { id, environment }: ProjectProps) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(
      scope,
      { type: "data.amplitude_project", prefix: "project", noun: "project" },
      name,
    );
    super(scope, identity.constructId);
    this.name = checked(identity, "name", name);
    this.environment = environment;
    const knownId = checkedIfGiven(identity, "id", id === undefined ? undefined : String(id));
    if (knownId === undefined) {
      this.resource = new l1.DataAmplitudeProject(this, "Resource", { name: literal(name) });
      this.resource.overrideLogicalId(identity.logicalId);
      this.projectId = `\${${identity.address}.id}`;
    } else {
      this.projectId = literal(knownId);
      declarations.projectIds[literal(name)] = this.projectId;
    }
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
}

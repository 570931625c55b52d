import { Construct } from "constructs";
import { email as emailType } from "../schema";
import { ApiKey, type ApiKeyProps } from "./api-key";
import { Declarations } from "./declarations";
import {
  checkedDomains,
  checkedName,
  datesOf,
  ownerProblem,
  signed,
  type EngagementProps,
} from "./engagement-facts";
import { declareFolder, type ProjectAliases } from "./engagement-folder";
import type { Group } from "./group";
import type { IdpGroup } from "./idp-group";
import { Leaver, type LeaverProps } from "./leaver";
import { checked } from "./literal";
import { canonical } from "./people";
import { Person, type PersonProps } from "./person";
import type { Project } from "./project";
import { ServiceAccount, type ServiceAccountProps } from "./service-account";
import { StackError } from "./stack-error";
import type { Term } from "./term";

/** What the engagement adds to a group. */
export interface EngagedGroupOptions {
  /** Who should be in a group that an identity provider writes. */
  readonly expects?: readonly string[];
}

const ENGAGEMENT = { type: "engagement", prefix: "engagement", noun: "engagement" };

/**
 * The work of one agency: who, under which contract, until when. Everything inside of it carries its name and ends with it. Amplitude knows no
 * such thing: its facts are in `locals.amplitude_access`.
 */
export class Engagement extends Construct {
  readonly name: string;
  /** RFC 3339 */
  readonly until: string;
  readonly #term: Term;
  readonly #declarations: Declarations;

  /**
   * Agencies as YAML files, one each, in the order of their names; the name of the engagement is the file's without its extension.
   *
   * @param pattern `engagements/*.yaml`, seen from the working directory; wildcards in the file's name only
   * @param projects the projects that the files may name, by the name that they use
   * @throws EngagementFilesError with every problem of every file, with line and column; also when no file matches
   */
  static fromFiles(scope: Construct, pattern: string, projects: ProjectAliases): Engagement[] {
    return declareFolder(scope, pattern, projects, (name, props) => new Engagement(scope, name, props));
  }

  /**
   * @throws StackError when the DPA or the SOW is missing or empty, when it ends before it begins, when another fact is wrong, or when
   * something declared earlier names it
   */
  constructor(scope: Construct, name: string, props: EngagementProps) {
    const declarations = Declarations.of(scope);
    const identity = declarations.blocks.claim(scope, ENGAGEMENT, checkedName(scope, name));
    const { agency, sow, dpa, owner } = props;
    for (const field of ["sow", "dpa"] as const) signed(identity, field, props[field]);
    checked(identity, "agency", agency);
    checked(identity, "owner", owner, emailType);
    const { from, until } = datesOf(identity, props, declarations.timeZone);
    const domains = checkedDomains(identity, props.domains);
    const guests = props.guests ?? [];
    for (const guest of guests) checked(identity, "guests", guest, emailType);
    const wrong = ownerProblem(owner, { domains, guests });
    if (wrong !== undefined)
      throw new StackError(identity, `its owner ${wrong}`, "Name somebody of the client's.");
    declarations.people.present({ ...identity, what: `the owner of ${identity.what}` }, owner);
    super(scope, identity.constructId);
    this.name = name;
    this.until = until;
    this.#declarations = declarations;
    this.#term = {
      ...{ name, agency, from, until, declared: identity },
      domains: new Set(domains.map((domain) => domain.toLowerCase())),
      guests: new Set(guests.map(canonical)),
      people: new Map(),
      groups: new Map(),
      inside: [],
    };
    declarations.engagements.declare(this, this.#term);
    declarations.locals.engagement(name, { agency, domains, sow, dpa, owner, from, until, guests });
  }

  /**
   * Takes a group in: its grants, and its memberships where code writes them, end with the engagement unless they end earlier.
   *
   * @returns the group
   * @throws StackError when something of it ends later, and when it belongs to another engagement or stack
   */
  group(group: Group): Group;
  group(group: IdpGroup, options?: EngagedGroupOptions): IdpGroup;
  group(group: Group | IdpGroup, { expects }: EngagedGroupOptions = {}): Group | IdpGroup {
    const attempt = {
      what: `the group ${JSON.stringify(group.name)} in ${this.#term.declared.what}`,
      path: group.node.path,
    };
    const other = group.resource.engagementInput;
    if (other !== undefined && other !== this.name) {
      throw new StackError(
        attempt,
        `it belongs to the engagement ${JSON.stringify(other)}`,
        "Give each engagement a group of its own.",
      );
    }
    const join = this.#declarations.joins.get(group);
    if (join === undefined) {
      throw new StackError(
        attempt,
        `the group is declared in another stack than ${this.node.path}`,
        "Declare both in one.",
      );
    }
    join(this.#term, expects);
    return group;
  }

  /** A person whom the stack invites for the engagement. */
  person(email: string, props: Omit<PersonProps, "engagement"> = {}): Person {
    return new Person(this, email, props);
  }

  /** An account that an integration of the engagement uses. */
  serviceAccount(email: string, props: Omit<ServiceAccountProps, "engagement">): ServiceAccount {
    return new ServiceAccount(this, email, props);
  }

  /** An API key that is handed out for the engagement, of a project, or of the organization where no project is given; deleted at its end. */
  key(label: string, props: Omit<ApiKeyProps, "engagement">): ApiKey;
  key(label: string, project: Project, props: Omit<ApiKeyProps, "engagement">): ApiKey;
  key(label: string, ...written: [ApiKeyProps] | [Project, ApiKeyProps]): ApiKey {
    const [project, props] = written.length === 1 ? [undefined, written[0]] : written;
    return new ApiKey(this, label, project, props);
  }

  /** Somebody of the agency who must be absent. */
  left(email: string, props: LeaverProps): Leaver {
    return new Leaver(this, email, props);
  }
}

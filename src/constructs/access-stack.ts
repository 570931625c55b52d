import { AnnotationMetadataEntryType, LocalBackend, TerraformBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AccessLocals } from "./access-locals";
import { declareAdministrator } from "./administrators";
import type { AccessStackProps } from "./access-stack-props";
import { ApiKey, type ApiKeyProps } from "./api-key";
import { Declarations } from "./declarations";
import { checkedTimeZone } from "./end";
import { ExistingPerson } from "./existing-person";
import { engagementRemarks } from "./engagement-remarks";
import { lookAlikeNames } from "./name-remarks";
import type * as l1 from "./generated";
import { mendedHcl } from "./hcl";
import { Leaver, orderLeavers, type LeaverProps } from "./leaver";
import { literal } from "./literal";
import { OrganizationSettings, type OrganizationSettingsProps } from "./organization-settings";
import { overProvisioning } from "./over-provisioning";
import { canonical } from "./people";
import { Person, type PersonProps } from "./person";
import type { Project } from "./project";
import { providerBlock } from "./provider-block";
import { ServiceAccount, type ServiceAccountProps } from "./service-account";
import { StackError } from "./stack-error";

/** What cdktf writes beside the HCL. */
interface HclMetadata {
  readonly terraform: Readonly<Record<string, unknown>>;
}

/** Write-only attributes and removed blocks that the docs advise need it. */
const TERRAFORM_VERSION = ">= 1.11.0";

/**
 * Who may do what in one Amplitude organization. Everything else is declared inside of it; one organization may have several stacks, and
 * nothing refers from one to the other.
 */
export class AccessStack extends TerraformStack {
  /** The provider block. */
  readonly resource: l1.AmplitudeProvider;
  readonly #declarations: Declarations;
  readonly #props: AccessStackProps;
  readonly #existing = new Map<string, ExistingPerson>();
  readonly #admins: string[] = [];
  #remarked = false;

  /** @throws StackError when a property is wrong: a time zone, an address, a count */
  constructor(scope: Construct, id: string, props: AccessStackProps) {
    super(scope, id);
    const attempt = { what: `the stack ${JSON.stringify(id)}`, path: this.node.path };
    const timeZone = checkedTimeZone(attempt, props.timeZone ?? "UTC");
    const projectIds: Record<string, string> = {};
    this.#props = props;
    this.#declarations = new Declarations(this, timeZone, new AccessLocals(this, timeZone), projectIds);
    this.resource = providerBlock(attempt, this.#declarations, props);
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    if (props.admins !== undefined) this.admins(...props.admins);
    this.node.addValidation({ validate: () => this.#tooFewAdmins() });
  }

  /**
   * Administrators of the organization with the role Admin. With the owners they are all there are: a plan asks a person to confirm that where
   * it cannot be read, and the role of each is a step by hand on Amplitude today.
   *
   * @throws StackError when somebody is named twice or left
   */
  admins(...emails: readonly string[]): this {
    return this.#administrators("admin", emails);
  }

  /** The same for those with the role Owner (playbook, "Organization Administrators": one or two people). */
  owners(...emails: readonly string[]): this {
    return this.#administrators("owner", emails);
  }

  #administrators(role: "admin" | "owner", emails: readonly string[]): this {
    const attempt = { what: "the administrators", path: this.node.path };
    this.#declarations.people.allPresent(attempt, "admins", [...this.#admins, ...emails]);
    this.#admins.push(...emails);
    this.resource.admins = this.#admins.map(literal);
    for (const email of emails) declareAdministrator(this, email, role);
    return this;
  }

  /** Settings of the organization itself. By hand on Amplitude today. */
  organization(props: OrganizationSettingsProps): OrganizationSettings {
    return new OrganizationSettings(this, String(this.#props.orgId), props);
  }

  /** E-mail domains of collaborators, lower case: `owns.peopleOf`. */
  get collaboratorDomains(): ReadonlySet<string> {
    return new Set((this.#props.owns?.peopleOf ?? []).map((domain) => domain.toLowerCase()));
  }

  /** A person whom this stack invites. */
  person(email: string, props: PersonProps = {}): Person {
    return new Person(this, email, props);
  }

  /** An account that an integration uses: invited as a person is. */
  serviceAccount(email: string, props: ServiceAccountProps): ServiceAccount {
    return new ServiceAccount(this, email, props);
  }

  /** Somebody who is in the organization by other means: declares nothing, can be given roles. Asked twice, it is the same. */
  existing(email: string): ExistingPerson {
    const known = this.#existing.get(canonical(email));
    if (known !== undefined) return known;
    const person = new ExistingPerson(this, email);
    this.#existing.set(canonical(email), person);
    return person;
  }

  /** An API key of a project, or one of the organization where no project is given. */
  key(label: string, props: ApiKeyProps): ApiKey;
  key(label: string, project: Project, props: ApiKeyProps): ApiKey;
  key(label: string, ...written: [ApiKeyProps] | [Project, ApiKeyProps]): ApiKey {
    const [project, props] = written.length === 1 ? [undefined, written[0]] : written;
    return new ApiKey(this, label, project, props);
  }

  /** Somebody who must be absent. */
  left(email: string, props: LeaverProps): Leaver {
    return new Leaver(this, email, props);
  }

  /** Called by cdktf before it synthesizes; a backend that the stack has stays. */
  override ensureBackendExists(): TerraformBackend {
    const own = this.node
      .findAll()
      .find((construct): construct is TerraformBackend => TerraformBackend.isBackend(construct));
    // cdktf's own default is an absolute path of this machine; this is the same file seen from where Terraform runs.
    return own ?? new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
  }

  /** Called by cdktf before it synthesizes. */
  override prepareStack(): void {
    this.#remark();
    super.prepareStack();
  }

  /** Called by cdktf for the content of the file. */
  override toTerraform(): unknown {
    this.#finish();
    return super.toTerraform() as unknown;
  }

  /** Called by cdktf for the content of the file as HCL. */
  override toHclTerraform(): { hcl: string; metadata: HclMetadata } {
    this.#finish();
    const { hcl, metadata } = super.toHclTerraform() as { hcl: string; metadata: HclMetadata };
    return { hcl: mendedHcl(hcl, metadata.terraform, this.#declarations.moves), metadata };
  }

  #finish(): void {
    const { moves, projectIds } = this.#declarations;
    orderLeavers(this, this.#declarations);
    if (Object.keys(projectIds).length > 0) this.resource.addOverride("project_ids", projectIds);
    // cdktf's own moved blocks ask a terraform binary for its version.
    if (moves.length > 0) this.addOverride("moved", moves);
  }

  #remark(): void {
    if (this.#remarked) return;
    this.#remarked = true;
    const { owns, breakGlass = [] } = this.#props;
    const policy = { admins: this.#admins, breakGlass, collaborators: owns?.peopleOf ?? [] };
    const remarks = [
      ...overProvisioning(this.#declarations, policy),
      ...engagementRemarks(this.#declarations, policy),
      ...lookAlikeNames(this.#declarations),
    ];
    for (const { at, text } of remarks) {
      // What Annotations adds to this is a stack trace, with the paths of this machine.
      at.node.addMetadata(AnnotationMetadataEntryType.WARN, text);
    }
  }

  #tooFewAdmins(): string[] {
    const { minimumAdmins = 0 } = this.#props;
    if (this.#admins.length === 0 || this.#admins.length >= minimumAdmins) return [];
    const attempt = { what: "the administrators", path: this.node.path };
    const reason = `there are to be at least ${minimumAdmins} and ${this.#admins.length} are named`;
    return [new StackError(attempt, reason, "Name all of them, or lower `minimumAdmins`.").message];
  }
}

// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface ProjectRoleAssignmentConfig extends cdktf.TerraformMetaArguments {
  /**
  * Name of the engagement it belongs to. Amplitude never sees it.
  */
  readonly engagement?: string;
  /**
  * When it ends: a date (the end of that day, UTC) or an RFC 3339 time with an offset. Past it the access is removed.
  */
  readonly expiresAt?: string;
  /**
  * E-mail of the person, or id of the group written as a reference to it.
  */
  readonly principal: string;
  /**
  * Whether the principal is a person or a group.
  */
  readonly principalType: string;
  /**
  * Id of the project, written as a reference to its lookup, or as it is.
  */
  readonly projectId: string;
  /**
  * Name of the role, built-in (Viewer, Member, Manager, Admin) or custom.
  */
  readonly role: string;
}

/**
* Represents a amplitude_project_role_assignment
*/
export class ProjectRoleAssignment extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_project_role_assignment";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a ProjectRoleAssignment resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ProjectRoleAssignment to import
  * @param importFromId The id of the existing ProjectRoleAssignment that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ProjectRoleAssignment to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_project_role_assignment", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_project_role_assignment Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ProjectRoleAssignmentConfig
  */
  public constructor(scope: Construct, id: string, config: ProjectRoleAssignmentConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_project_role_assignment',
      terraformGeneratorMetadata: {
        providerName: 'amplitude',
        providerVersionConstraint: '~> 0.1'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._engagement = config.engagement;
    this._expiresAt = config.expiresAt;
    this._principal = config.principal;
    this._principalType = config.principalType;
    this._projectId = config.projectId;
    this._role = config.role;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // engagement - computed: false, optional: true, required: false
  private _engagement?: string;
  public get engagement() {
    return this.getStringAttribute('engagement');
  }
  public set engagement(value: string) {
    this._engagement = value;
  }
  public resetEngagement() {
    this._engagement = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get engagementInput() {
    return this._engagement;
  }

  // expires_at - computed: false, optional: true, required: false
  private _expiresAt?: string;
  public get expiresAt() {
    return this.getStringAttribute('expires_at');
  }
  public set expiresAt(value: string) {
    this._expiresAt = value;
  }
  public resetExpiresAt() {
    this._expiresAt = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expiresAtInput() {
    return this._expiresAt;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // principal - computed: false, optional: false, required: true
  private _principal?: string;
  public get principal() {
    return this.getStringAttribute('principal');
  }
  public set principal(value: string) {
    this._principal = value;
  }
  // Temporarily expose input value. Use with caution.
  public get principalInput() {
    return this._principal;
  }

  // principal_type - computed: false, optional: false, required: true
  private _principalType?: string;
  public get principalType() {
    return this.getStringAttribute('principal_type');
  }
  public set principalType(value: string) {
    this._principalType = value;
  }
  // Temporarily expose input value. Use with caution.
  public get principalTypeInput() {
    return this._principalType;
  }

  // project_id - computed: false, optional: false, required: true
  private _projectId?: string;
  public get projectId() {
    return this.getStringAttribute('project_id');
  }
  public set projectId(value: string) {
    this._projectId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdInput() {
    return this._projectId;
  }

  // role - computed: false, optional: false, required: true
  private _role?: string;
  public get role() {
    return this.getStringAttribute('role');
  }
  public set role(value: string) {
    this._role = value;
  }
  // Temporarily expose input value. Use with caution.
  public get roleInput() {
    return this._role;
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // verified - computed: true, optional: false, required: false
  public get verified() {
    return this.getBooleanAttribute('verified');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      engagement: cdktf.stringToTerraform(this._engagement),
      expires_at: cdktf.stringToTerraform(this._expiresAt),
      principal: cdktf.stringToTerraform(this._principal),
      principal_type: cdktf.stringToTerraform(this._principalType),
      project_id: cdktf.stringToTerraform(this._projectId),
      role: cdktf.stringToTerraform(this._role),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      engagement: {
        value: cdktf.stringToHclTerraform(this._engagement),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      expires_at: {
        value: cdktf.stringToHclTerraform(this._expiresAt),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      principal: {
        value: cdktf.stringToHclTerraform(this._principal),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      principal_type: {
        value: cdktf.stringToHclTerraform(this._principalType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      project_id: {
        value: cdktf.stringToHclTerraform(this._projectId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      role: {
        value: cdktf.stringToHclTerraform(this._role),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

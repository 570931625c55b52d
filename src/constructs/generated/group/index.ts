// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface GroupConfig extends cdktf.TerraformMetaArguments {
  /**
  * Terraform refuses to delete or replace it unless this is false in the state already: apply that first.
  */
  readonly deletionProtection?: boolean | cdktf.IResolvable;
  /**
  * Name of the engagement it belongs to. Amplitude never sees it.
  */
  readonly engagement?: string;
  /**
  * When single members end, by e-mail.
  */
  readonly memberExpiresAt?: { [key: string]: string };
  /**
  * E-mails of everybody in it; anybody else is taken out. Left out: members are single memberships, or not managed.
  */
  readonly members?: string[];
  /**
  * Name, unique in the organization.
  */
  readonly name: string;
  /**
  * What it was called before, so that a new name renames it.
  */
  readonly previousName?: string;
}

/**
* Represents a amplitude_group
*/
export class Group extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_group";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Group resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Group to import
  * @param importFromId The id of the existing Group that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Group to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_group", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_group Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options GroupConfig
  */
  public constructor(scope: Construct, id: string, config: GroupConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_group',
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
    this._deletionProtection = config.deletionProtection;
    this._engagement = config.engagement;
    this._memberExpiresAt = config.memberExpiresAt;
    this._members = config.members;
    this._name = config.name;
    this._previousName = config.previousName;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // deletion_protection - computed: false, optional: true, required: false
  private _deletionProtection?: boolean | cdktf.IResolvable;
  public get deletionProtection() {
    return this.getBooleanAttribute('deletion_protection');
  }
  public set deletionProtection(value: boolean | cdktf.IResolvable) {
    this._deletionProtection = value;
  }
  public resetDeletionProtection() {
    this._deletionProtection = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deletionProtectionInput() {
    return this._deletionProtection;
  }

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

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // member_expires_at - computed: false, optional: true, required: false
  private _memberExpiresAt?: { [key: string]: string };
  public get memberExpiresAt() {
    return this.getStringMapAttribute('member_expires_at');
  }
  public set memberExpiresAt(value: { [key: string]: string }) {
    this._memberExpiresAt = value;
  }
  public resetMemberExpiresAt() {
    this._memberExpiresAt = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get memberExpiresAtInput() {
    return this._memberExpiresAt;
  }

  // members - computed: false, optional: true, required: false
  private _members?: string[];
  public get members() {
    return cdktf.Fn.tolist(this.getListAttribute('members'));
  }
  public set members(value: string[]) {
    this._members = value;
  }
  public resetMembers() {
    this._members = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get membersInput() {
    return this._members;
  }

  // name - computed: false, optional: false, required: true
  private _name?: string;
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // previous_name - computed: false, optional: true, required: false
  private _previousName?: string;
  public get previousName() {
    return this.getStringAttribute('previous_name');
  }
  public set previousName(value: string) {
    this._previousName = value;
  }
  public resetPreviousName() {
    this._previousName = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get previousNameInput() {
    return this._previousName;
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
      deletion_protection: cdktf.booleanToTerraform(this._deletionProtection),
      engagement: cdktf.stringToTerraform(this._engagement),
      member_expires_at: cdktf.hashMapper(cdktf.stringToTerraform)(this._memberExpiresAt),
      members: cdktf.listMapper(cdktf.stringToTerraform, false)(this._members),
      name: cdktf.stringToTerraform(this._name),
      previous_name: cdktf.stringToTerraform(this._previousName),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      deletion_protection: {
        value: cdktf.booleanToHclTerraform(this._deletionProtection),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      engagement: {
        value: cdktf.stringToHclTerraform(this._engagement),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      member_expires_at: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._memberExpiresAt),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      members: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._members),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      previous_name: {
        value: cdktf.stringToHclTerraform(this._previousName),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

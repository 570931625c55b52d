// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface IdpGroupConfig extends cdktf.TerraformMetaArguments {
  /**
  * Whether the identity provider removes people from Amplitude whom it takes out of their last group. No API reads it; left out: it does not.
  */
  readonly deprovisions?: boolean | cdktf.IResolvable;
  /**
  * Name of the engagement it belongs to. Amplitude never sees it.
  */
  readonly engagement?: string;
  /**
  * Who is expected in it. Never written: a difference is a step for the identity provider.
  */
  readonly expectedMembers?: string[];
  /**
  * Organization role that the identity provider sets for its people. No API reads the mapping.
  */
  readonly mapsOrganizationRole?: string;
  /**
  * Project roles that the identity provider sets for its people, by project name.
  */
  readonly mapsProjectRoles?: { [key: string]: string };
  /**
  * Name, as the identity provider pushes it.
  */
  readonly name: string;
  /**
  * How long to wait for others: `create`, for the identity provider to push it; 10m where it is left out.
  */
  readonly timeouts?: { [key: string]: string };
}

/**
* Represents a amplitude_idp_group
*/
export class IdpGroup extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_idp_group";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a IdpGroup resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the IdpGroup to import
  * @param importFromId The id of the existing IdpGroup that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the IdpGroup to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_idp_group", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_idp_group Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options IdpGroupConfig
  */
  public constructor(scope: Construct, id: string, config: IdpGroupConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_idp_group',
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
    this._deprovisions = config.deprovisions;
    this._engagement = config.engagement;
    this._expectedMembers = config.expectedMembers;
    this._mapsOrganizationRole = config.mapsOrganizationRole;
    this._mapsProjectRoles = config.mapsProjectRoles;
    this._name = config.name;
    this._timeouts = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // deprovisions - computed: false, optional: true, required: false
  private _deprovisions?: boolean | cdktf.IResolvable;
  public get deprovisions() {
    return this.getBooleanAttribute('deprovisions');
  }
  public set deprovisions(value: boolean | cdktf.IResolvable) {
    this._deprovisions = value;
  }
  public resetDeprovisions() {
    this._deprovisions = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deprovisionsInput() {
    return this._deprovisions;
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

  // expected_members - computed: false, optional: true, required: false
  private _expectedMembers?: string[];
  public get expectedMembers() {
    return cdktf.Fn.tolist(this.getListAttribute('expected_members'));
  }
  public set expectedMembers(value: string[]) {
    this._expectedMembers = value;
  }
  public resetExpectedMembers() {
    this._expectedMembers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get expectedMembersInput() {
    return this._expectedMembers;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // maps_organization_role - computed: false, optional: true, required: false
  private _mapsOrganizationRole?: string;
  public get mapsOrganizationRole() {
    return this.getStringAttribute('maps_organization_role');
  }
  public set mapsOrganizationRole(value: string) {
    this._mapsOrganizationRole = value;
  }
  public resetMapsOrganizationRole() {
    this._mapsOrganizationRole = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mapsOrganizationRoleInput() {
    return this._mapsOrganizationRole;
  }

  // maps_project_roles - computed: false, optional: true, required: false
  private _mapsProjectRoles?: { [key: string]: string };
  public get mapsProjectRoles() {
    return this.getStringMapAttribute('maps_project_roles');
  }
  public set mapsProjectRoles(value: { [key: string]: string }) {
    this._mapsProjectRoles = value;
  }
  public resetMapsProjectRoles() {
    this._mapsProjectRoles = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mapsProjectRolesInput() {
    return this._mapsProjectRoles;
  }

  // members - computed: true, optional: false, required: false
  public get members() {
    return cdktf.Fn.tolist(this.getListAttribute('members'));
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

  // timeouts - computed: false, optional: true, required: false
  private _timeouts?: { [key: string]: string };
  public get timeouts() {
    return this.getStringMapAttribute('timeouts');
  }
  public set timeouts(value: { [key: string]: string }) {
    this._timeouts = value;
  }
  public resetTimeouts() {
    this._timeouts = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts;
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
      deprovisions: cdktf.booleanToTerraform(this._deprovisions),
      engagement: cdktf.stringToTerraform(this._engagement),
      expected_members: cdktf.listMapper(cdktf.stringToTerraform, false)(this._expectedMembers),
      maps_organization_role: cdktf.stringToTerraform(this._mapsOrganizationRole),
      maps_project_roles: cdktf.hashMapper(cdktf.stringToTerraform)(this._mapsProjectRoles),
      name: cdktf.stringToTerraform(this._name),
      timeouts: cdktf.hashMapper(cdktf.stringToTerraform)(this._timeouts),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      deprovisions: {
        value: cdktf.booleanToHclTerraform(this._deprovisions),
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
      expected_members: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._expectedMembers),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      maps_organization_role: {
        value: cdktf.stringToHclTerraform(this._mapsOrganizationRole),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      maps_project_roles: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._mapsProjectRoles),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._timeouts),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface ProjectConfig extends cdktf.TerraformMetaArguments {
  /**
  * When single add-ons end, by add-on.
  */
  readonly addOnExpiresAt?: { [key: string]: string };
  /**
  * Add-ons that are switched on; module grants need theirs.
  */
  readonly addOns?: string[];
  /**
  * Terraform refuses to delete or replace it unless this is false in the state already: apply that first.
  */
  readonly deletionProtection?: boolean | cdktf.IResolvable;
  /**
  * What the project is for.
  */
  readonly environment?: string;
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
* Represents a amplitude_project
*/
export class Project extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_project";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Project resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Project to import
  * @param importFromId The id of the existing Project that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Project to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_project", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_project Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ProjectConfig
  */
  public constructor(scope: Construct, id: string, config: ProjectConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_project',
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
    this._addOnExpiresAt = config.addOnExpiresAt;
    this._addOns = config.addOns;
    this._deletionProtection = config.deletionProtection;
    this._environment = config.environment;
    this._name = config.name;
    this._previousName = config.previousName;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // add_on_expires_at - computed: false, optional: true, required: false
  private _addOnExpiresAt?: { [key: string]: string };
  public get addOnExpiresAt() {
    return this.getStringMapAttribute('add_on_expires_at');
  }
  public set addOnExpiresAt(value: { [key: string]: string }) {
    this._addOnExpiresAt = value;
  }
  public resetAddOnExpiresAt() {
    this._addOnExpiresAt = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addOnExpiresAtInput() {
    return this._addOnExpiresAt;
  }

  // add_ons - computed: false, optional: true, required: false
  private _addOns?: string[];
  public get addOns() {
    return cdktf.Fn.tolist(this.getListAttribute('add_ons'));
  }
  public set addOns(value: string[]) {
    this._addOns = value;
  }
  public resetAddOns() {
    this._addOns = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addOnsInput() {
    return this._addOns;
  }

  // archived - computed: true, optional: false, required: false
  public get archived() {
    return this.getBooleanAttribute('archived');
  }

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

  // environment - computed: false, optional: true, required: false
  private _environment?: string;
  public get environment() {
    return this.getStringAttribute('environment');
  }
  public set environment(value: string) {
    this._environment = value;
  }
  public resetEnvironment() {
    this._environment = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get environmentInput() {
    return this._environment;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
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

  // verified - computed: true, optional: false, required: false
  public get verified() {
    return this.getBooleanAttribute('verified');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      add_on_expires_at: cdktf.hashMapper(cdktf.stringToTerraform)(this._addOnExpiresAt),
      add_ons: cdktf.listMapper(cdktf.stringToTerraform, false)(this._addOns),
      deletion_protection: cdktf.booleanToTerraform(this._deletionProtection),
      environment: cdktf.stringToTerraform(this._environment),
      name: cdktf.stringToTerraform(this._name),
      previous_name: cdktf.stringToTerraform(this._previousName),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      add_on_expires_at: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._addOnExpiresAt),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      add_ons: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._addOns),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      deletion_protection: {
        value: cdktf.booleanToHclTerraform(this._deletionProtection),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      environment: {
        value: cdktf.stringToHclTerraform(this._environment),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
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

// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface PropertyVisibilityConfig extends cdktf.TerraformMetaArguments {
  /**
  * PII, SENSITIVE, REVENUE: who may see those is decided per group, in Amplitude's pages. All of them; empty: none.
  */
  readonly classifications?: string[];
  /**
  * Whether nobody in the project finds it in queries.
  */
  readonly hidden?: boolean | cdktf.IResolvable;
  /**
  * Name of the property; Amplitude's prefix (`gp:`, `grp:`) may be left out.
  */
  readonly name: string;
  /**
  * Id of the project, written as a reference to its lookup, or as it is.
  */
  readonly projectId: string;
  /**
  * Whose property it is: a user's, an event's, or a group's.
  */
  readonly propertyType: string;
}

/**
* Represents a amplitude_property_visibility
*/
export class PropertyVisibility extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_property_visibility";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a PropertyVisibility resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the PropertyVisibility to import
  * @param importFromId The id of the existing PropertyVisibility that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the PropertyVisibility to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_property_visibility", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_property_visibility Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options PropertyVisibilityConfig
  */
  public constructor(scope: Construct, id: string, config: PropertyVisibilityConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_property_visibility',
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
    this._classifications = config.classifications;
    this._hidden = config.hidden;
    this._name = config.name;
    this._projectId = config.projectId;
    this._propertyType = config.propertyType;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // classifications - computed: false, optional: true, required: false
  private _classifications?: string[];
  public get classifications() {
    return cdktf.Fn.tolist(this.getListAttribute('classifications'));
  }
  public set classifications(value: string[]) {
    this._classifications = value;
  }
  public resetClassifications() {
    this._classifications = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get classificationsInput() {
    return this._classifications;
  }

  // hidden - computed: false, optional: true, required: false
  private _hidden?: boolean | cdktf.IResolvable;
  public get hidden() {
    return this.getBooleanAttribute('hidden');
  }
  public set hidden(value: boolean | cdktf.IResolvable) {
    this._hidden = value;
  }
  public resetHidden() {
    this._hidden = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get hiddenInput() {
    return this._hidden;
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

  // property_type - computed: false, optional: false, required: true
  private _propertyType?: string;
  public get propertyType() {
    return this.getStringAttribute('property_type');
  }
  public set propertyType(value: string) {
    this._propertyType = value;
  }
  // Temporarily expose input value. Use with caution.
  public get propertyTypeInput() {
    return this._propertyType;
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
      classifications: cdktf.listMapper(cdktf.stringToTerraform, false)(this._classifications),
      hidden: cdktf.booleanToTerraform(this._hidden),
      name: cdktf.stringToTerraform(this._name),
      project_id: cdktf.stringToTerraform(this._projectId),
      property_type: cdktf.stringToTerraform(this._propertyType),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      classifications: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._classifications),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      hidden: {
        value: cdktf.booleanToHclTerraform(this._hidden),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
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
      property_type: {
        value: cdktf.stringToHclTerraform(this._propertyType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

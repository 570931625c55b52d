// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface ApiKeyConfig extends cdktf.TerraformMetaArguments {
  /**
  * Name of the engagement it belongs to. Amplitude never sees it.
  */
  readonly engagement?: string;
  /**
  * When it ends: a date (the end of that day, UTC) or an RFC 3339 time with an offset. Past it the access is removed.
  */
  readonly expiresAt?: string;
  /**
  * 1, and one more whenever somebody decides to rotate it: another key is made, handed over, then the old one is deleted.
  */
  readonly generation: number;
  /**
  * project: events and queries of one project. organization: all of it. govern: tracking plan and taxonomy. secret: exports.
  */
  readonly keyType: string;
  /**
  * Who saw its value. When one of them leaves, it is due.
  */
  readonly knownTo?: string[];
  /**
  * What it is called, once per type and project.
  */
  readonly label: string;
  /**
  * People and service accounts who use it.
  */
  readonly owners?: string[];
  /**
  * Id of the project, written as a reference to it; left out for a key of the organization, and only there.
  */
  readonly projectId?: string;
  /**
  * Terraform only: whom to encrypt the value to, a JWK as JSON or a PEM. The state then holds `encrypted_value`, and the value nowhere.
  */
  readonly recipientPublicKey?: string;
  /**
  * How long one generation may last, "180 days". Left out: as the playbook says for its type.
  */
  readonly rotateEvery?: string;
  /**
  * A label of where its value belongs. What that is, the environment of the run says, never the stack.
  */
  readonly store?: string;
  /**
  * Terraform only: whether the state may hold the value itself, for whoever can read it.
  */
  readonly valueInState?: boolean | cdktf.IResolvable;
}

/**
* Represents a amplitude_api_key
*/
export class ApiKey extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_api_key";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a ApiKey resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ApiKey to import
  * @param importFromId The id of the existing ApiKey that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ApiKey to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_api_key", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_api_key Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ApiKeyConfig
  */
  public constructor(scope: Construct, id: string, config: ApiKeyConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_api_key',
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
    this._generation = config.generation;
    this._keyType = config.keyType;
    this._knownTo = config.knownTo;
    this._label = config.label;
    this._owners = config.owners;
    this._projectId = config.projectId;
    this._recipientPublicKey = config.recipientPublicKey;
    this._rotateEvery = config.rotateEvery;
    this._store = config.store;
    this._valueInState = config.valueInState;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // created_at - computed: true, optional: false, required: false
  public get createdAt() {
    return this.getStringAttribute('created_at');
  }

  // encrypted_value - computed: true, optional: false, required: false
  public get encryptedValue() {
    return this.getStringAttribute('encrypted_value');
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

  // generation - computed: false, optional: false, required: true
  private _generation?: number;
  public get generation() {
    return this.getNumberAttribute('generation');
  }
  public set generation(value: number) {
    this._generation = value;
  }
  // Temporarily expose input value. Use with caution.
  public get generationInput() {
    return this._generation;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // key_type - computed: false, optional: false, required: true
  private _keyType?: string;
  public get keyType() {
    return this.getStringAttribute('key_type');
  }
  public set keyType(value: string) {
    this._keyType = value;
  }
  // Temporarily expose input value. Use with caution.
  public get keyTypeInput() {
    return this._keyType;
  }

  // known_to - computed: false, optional: true, required: false
  private _knownTo?: string[];
  public get knownTo() {
    return cdktf.Fn.tolist(this.getListAttribute('known_to'));
  }
  public set knownTo(value: string[]) {
    this._knownTo = value;
  }
  public resetKnownTo() {
    this._knownTo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get knownToInput() {
    return this._knownTo;
  }

  // label - computed: false, optional: false, required: true
  private _label?: string;
  public get label() {
    return this.getStringAttribute('label');
  }
  public set label(value: string) {
    this._label = value;
  }
  // Temporarily expose input value. Use with caution.
  public get labelInput() {
    return this._label;
  }

  // owners - computed: false, optional: true, required: false
  private _owners?: string[];
  public get owners() {
    return cdktf.Fn.tolist(this.getListAttribute('owners'));
  }
  public set owners(value: string[]) {
    this._owners = value;
  }
  public resetOwners() {
    this._owners = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ownersInput() {
    return this._owners;
  }

  // project_id - computed: false, optional: true, required: false
  private _projectId?: string;
  public get projectId() {
    return this.getStringAttribute('project_id');
  }
  public set projectId(value: string) {
    this._projectId = value;
  }
  public resetProjectId() {
    this._projectId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdInput() {
    return this._projectId;
  }

  // recipient_public_key - computed: false, optional: true, required: false
  private _recipientPublicKey?: string;
  public get recipientPublicKey() {
    return this.getStringAttribute('recipient_public_key');
  }
  public set recipientPublicKey(value: string) {
    this._recipientPublicKey = value;
  }
  public resetRecipientPublicKey() {
    this._recipientPublicKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get recipientPublicKeyInput() {
    return this._recipientPublicKey;
  }

  // rotate_every - computed: false, optional: true, required: false
  private _rotateEvery?: string;
  public get rotateEvery() {
    return this.getStringAttribute('rotate_every');
  }
  public set rotateEvery(value: string) {
    this._rotateEvery = value;
  }
  public resetRotateEvery() {
    this._rotateEvery = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateEveryInput() {
    return this._rotateEvery;
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // store - computed: false, optional: true, required: false
  private _store?: string;
  public get store() {
    return this.getStringAttribute('store');
  }
  public set store(value: string) {
    this._store = value;
  }
  public resetStore() {
    this._store = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get storeInput() {
    return this._store;
  }

  // value - computed: true, optional: false, required: false
  public get value() {
    return this.getStringAttribute('value');
  }

  // value_in_state - computed: false, optional: true, required: false
  private _valueInState?: boolean | cdktf.IResolvable;
  public get valueInState() {
    return this.getBooleanAttribute('value_in_state');
  }
  public set valueInState(value: boolean | cdktf.IResolvable) {
    this._valueInState = value;
  }
  public resetValueInState() {
    this._valueInState = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get valueInStateInput() {
    return this._valueInState;
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
      generation: cdktf.numberToTerraform(this._generation),
      key_type: cdktf.stringToTerraform(this._keyType),
      known_to: cdktf.listMapper(cdktf.stringToTerraform, false)(this._knownTo),
      label: cdktf.stringToTerraform(this._label),
      owners: cdktf.listMapper(cdktf.stringToTerraform, false)(this._owners),
      project_id: cdktf.stringToTerraform(this._projectId),
      recipient_public_key: cdktf.stringToTerraform(this._recipientPublicKey),
      rotate_every: cdktf.stringToTerraform(this._rotateEvery),
      store: cdktf.stringToTerraform(this._store),
      value_in_state: cdktf.booleanToTerraform(this._valueInState),
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
      generation: {
        value: cdktf.numberToHclTerraform(this._generation),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      key_type: {
        value: cdktf.stringToHclTerraform(this._keyType),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      known_to: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._knownTo),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      label: {
        value: cdktf.stringToHclTerraform(this._label),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      owners: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._owners),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      project_id: {
        value: cdktf.stringToHclTerraform(this._projectId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      recipient_public_key: {
        value: cdktf.stringToHclTerraform(this._recipientPublicKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotate_every: {
        value: cdktf.stringToHclTerraform(this._rotateEvery),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      store: {
        value: cdktf.stringToHclTerraform(this._store),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      value_in_state: {
        value: cdktf.booleanToHclTerraform(this._valueInState),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

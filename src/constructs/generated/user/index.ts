// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface UserConfig extends cdktf.TerraformMetaArguments {
  /**
  * E-mail address: the identity, which never changes and is compared without case.
  */
  readonly email: string;
  /**
  * Name of the engagement it belongs to. Amplitude never sees it.
  */
  readonly engagement?: string;
  /**
  * When it ends: a date (the end of that day, UTC) or an RFC 3339 time with an offset. Past it the access is removed.
  */
  readonly expiresAt?: string;
  /**
  * Family name. Left out: whatever the person writes.
  */
  readonly familyName?: string;
  /**
  * Given name. Left out: whatever the person writes.
  */
  readonly givenName?: string;
  /**
  * Invite again somebody who was removed outside of the stack.
  */
  readonly rejoins?: boolean | cdktf.IResolvable;
}

/**
* Represents a amplitude_user
*/
export class User extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_user";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a User resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the User to import
  * @param importFromId The id of the existing User that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the User to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_user", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_user Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options UserConfig
  */
  public constructor(scope: Construct, id: string, config: UserConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_user',
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
    this._email = config.email;
    this._engagement = config.engagement;
    this._expiresAt = config.expiresAt;
    this._familyName = config.familyName;
    this._givenName = config.givenName;
    this._rejoins = config.rejoins;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // email - computed: false, optional: false, required: true
  private _email?: string;
  public get email() {
    return this.getStringAttribute('email');
  }
  public set email(value: string) {
    this._email = value;
  }
  // Temporarily expose input value. Use with caution.
  public get emailInput() {
    return this._email;
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

  // family_name - computed: false, optional: true, required: false
  private _familyName?: string;
  public get familyName() {
    return this.getStringAttribute('family_name');
  }
  public set familyName(value: string) {
    this._familyName = value;
  }
  public resetFamilyName() {
    this._familyName = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get familyNameInput() {
    return this._familyName;
  }

  // given_name - computed: false, optional: true, required: false
  private _givenName?: string;
  public get givenName() {
    return this.getStringAttribute('given_name');
  }
  public set givenName(value: string) {
    this._givenName = value;
  }
  public resetGivenName() {
    this._givenName = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get givenNameInput() {
    return this._givenName;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // rejoins - computed: false, optional: true, required: false
  private _rejoins?: boolean | cdktf.IResolvable;
  public get rejoins() {
    return this.getBooleanAttribute('rejoins');
  }
  public set rejoins(value: boolean | cdktf.IResolvable) {
    this._rejoins = value;
  }
  public resetRejoins() {
    this._rejoins = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rejoinsInput() {
    return this._rejoins;
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
      email: cdktf.stringToTerraform(this._email),
      engagement: cdktf.stringToTerraform(this._engagement),
      expires_at: cdktf.stringToTerraform(this._expiresAt),
      family_name: cdktf.stringToTerraform(this._familyName),
      given_name: cdktf.stringToTerraform(this._givenName),
      rejoins: cdktf.booleanToTerraform(this._rejoins),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      email: {
        value: cdktf.stringToHclTerraform(this._email),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
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
      family_name: {
        value: cdktf.stringToHclTerraform(this._familyName),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      given_name: {
        value: cdktf.stringToHclTerraform(this._givenName),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rejoins: {
        value: cdktf.booleanToHclTerraform(this._rejoins),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

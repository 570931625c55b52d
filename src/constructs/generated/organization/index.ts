// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface OrganizationConfig extends cdktf.TerraformMetaArguments {
  /**
  * Terraform refuses to delete or replace it unless this is false in the state already: apply that first.
  */
  readonly deletionProtection?: boolean | cdktf.IResolvable;
  /**
  * Ranges of addresses that may reach the organization; empty: all.
  */
  readonly ipAllowlist?: string[];
  /**
  * Role of people whom their first login creates. Member, says the playbook.
  */
  readonly jitDefaultRole?: string;
  /**
  * Whether everybody needs a second factor.
  */
  readonly mfaRequired?: boolean | cdktf.IResolvable;
  /**
  * Amplitude's id of the organization, as in the provider block.
  */
  readonly orgId: string;
  /**
  * Addresses from which applies run. All of them must be in `ip_allowlist`, where there is one.
  */
  readonly runnerAddresses?: string[];
  /**
  * Whether an identity provider may push people and groups.
  */
  readonly scimEnabled?: boolean | cdktf.IResolvable;
  /**
  * Whether everybody must log in through single sign-on.
  */
  readonly ssoEnforced?: boolean | cdktf.IResolvable;
}

/**
* Represents a amplitude_organization
*/
export class Organization extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_organization";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Organization resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Organization to import
  * @param importFromId The id of the existing Organization that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Organization to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_organization", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_organization Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options OrganizationConfig
  */
  public constructor(scope: Construct, id: string, config: OrganizationConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_organization',
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
    this._ipAllowlist = config.ipAllowlist;
    this._jitDefaultRole = config.jitDefaultRole;
    this._mfaRequired = config.mfaRequired;
    this._orgId = config.orgId;
    this._runnerAddresses = config.runnerAddresses;
    this._scimEnabled = config.scimEnabled;
    this._ssoEnforced = config.ssoEnforced;
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

  // ip_allowlist - computed: false, optional: true, required: false
  private _ipAllowlist?: string[];
  public get ipAllowlist() {
    return cdktf.Fn.tolist(this.getListAttribute('ip_allowlist'));
  }
  public set ipAllowlist(value: string[]) {
    this._ipAllowlist = value;
  }
  public resetIpAllowlist() {
    this._ipAllowlist = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ipAllowlistInput() {
    return this._ipAllowlist;
  }

  // jit_default_role - computed: false, optional: true, required: false
  private _jitDefaultRole?: string;
  public get jitDefaultRole() {
    return this.getStringAttribute('jit_default_role');
  }
  public set jitDefaultRole(value: string) {
    this._jitDefaultRole = value;
  }
  public resetJitDefaultRole() {
    this._jitDefaultRole = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get jitDefaultRoleInput() {
    return this._jitDefaultRole;
  }

  // mfa_required - computed: false, optional: true, required: false
  private _mfaRequired?: boolean | cdktf.IResolvable;
  public get mfaRequired() {
    return this.getBooleanAttribute('mfa_required');
  }
  public set mfaRequired(value: boolean | cdktf.IResolvable) {
    this._mfaRequired = value;
  }
  public resetMfaRequired() {
    this._mfaRequired = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mfaRequiredInput() {
    return this._mfaRequired;
  }

  // org_id - computed: false, optional: false, required: true
  private _orgId?: string;
  public get orgId() {
    return this.getStringAttribute('org_id');
  }
  public set orgId(value: string) {
    this._orgId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get orgIdInput() {
    return this._orgId;
  }

  // runner_addresses - computed: false, optional: true, required: false
  private _runnerAddresses?: string[];
  public get runnerAddresses() {
    return cdktf.Fn.tolist(this.getListAttribute('runner_addresses'));
  }
  public set runnerAddresses(value: string[]) {
    this._runnerAddresses = value;
  }
  public resetRunnerAddresses() {
    this._runnerAddresses = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get runnerAddressesInput() {
    return this._runnerAddresses;
  }

  // scim_enabled - computed: false, optional: true, required: false
  private _scimEnabled?: boolean | cdktf.IResolvable;
  public get scimEnabled() {
    return this.getBooleanAttribute('scim_enabled');
  }
  public set scimEnabled(value: boolean | cdktf.IResolvable) {
    this._scimEnabled = value;
  }
  public resetScimEnabled() {
    this._scimEnabled = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scimEnabledInput() {
    return this._scimEnabled;
  }

  // sso_enforced - computed: false, optional: true, required: false
  private _ssoEnforced?: boolean | cdktf.IResolvable;
  public get ssoEnforced() {
    return this.getBooleanAttribute('sso_enforced');
  }
  public set ssoEnforced(value: boolean | cdktf.IResolvable) {
    this._ssoEnforced = value;
  }
  public resetSsoEnforced() {
    this._ssoEnforced = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ssoEnforcedInput() {
    return this._ssoEnforced;
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
      ip_allowlist: cdktf.listMapper(cdktf.stringToTerraform, false)(this._ipAllowlist),
      jit_default_role: cdktf.stringToTerraform(this._jitDefaultRole),
      mfa_required: cdktf.booleanToTerraform(this._mfaRequired),
      org_id: cdktf.stringToTerraform(this._orgId),
      runner_addresses: cdktf.listMapper(cdktf.stringToTerraform, false)(this._runnerAddresses),
      scim_enabled: cdktf.booleanToTerraform(this._scimEnabled),
      sso_enforced: cdktf.booleanToTerraform(this._ssoEnforced),
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
      ip_allowlist: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._ipAllowlist),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      jit_default_role: {
        value: cdktf.stringToHclTerraform(this._jitDefaultRole),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      mfa_required: {
        value: cdktf.booleanToHclTerraform(this._mfaRequired),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      org_id: {
        value: cdktf.stringToHclTerraform(this._orgId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      runner_addresses: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._runnerAddresses),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      scim_enabled: {
        value: cdktf.booleanToHclTerraform(this._scimEnabled),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      sso_enforced: {
        value: cdktf.booleanToHclTerraform(this._ssoEnforced),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

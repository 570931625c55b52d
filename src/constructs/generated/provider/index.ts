// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface AmplitudeProviderConfig {
  /**
  * Who the organization's administrators are; no API reads it.
  */
  readonly admins?: string[];
  /**
  * Accounts that must never lose administration.
  */
  readonly breakGlass?: string[];
  /**
  * Name of the credentials: with `ACME` every variable is AMPLITUDE_ACME_...
  */
  readonly credentials?: string;
  /**
  * How many people one plan invites at most; 20 where it is left out.
  */
  readonly maximumInvitations?: number;
  /**
  * Largest share of people, of a group's members and of pending invitations that one plan removes, counted above 4; 25 where it is left out.
  */
  readonly maximumRemovalPercent?: number;
  /**
  * How many people one plan removes at most, from the organization or a group.
  */
  readonly maximumRemovals?: number;
  /**
  * How many administrators there must always be.
  */
  readonly minimumAdmins?: number;
  /**
  * The account whose credentials run the applies.
  */
  readonly operator?: string;
  /**
  * Amplitude's organization id.
  */
  readonly orgId: string;
  /**
  * Patterns of project names on which undeclared grants of owned principals are ours to take away.
  */
  readonly ownsGrantsOn?: string[];
  /**
  * Patterns of group names whose grants are ours to take away.
  */
  readonly ownsGroups?: string[];
  /**
  * E-mail domains whose undeclared people are ours to take away.
  */
  readonly ownsPeopleOf?: string[];
  /**
  * Project names to ids, used before what Amplitude lists.
  */
  readonly projectIds?: { [key: string]: string };
  /**
  * Where the organization lives; `us` where it is left out.
  */
  readonly region?: string;
  /**
  * Role names to ids, used before what Amplitude lists.
  */
  readonly roleIds?: { [key: string]: string };
  /**
  * Terraform only: what becomes of a resource for which there is no API under the credentials given. `error`, where it is left out: planning it fails. `by-hand`: it is kept, with `verified = false` and a warning that says what to do.
  */
  readonly unsupported?: string;
  /**
  * Alias name
  */
  readonly alias?: string;
}

/**
* Represents a amplitude
*/
export class AmplitudeProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a AmplitudeProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the AmplitudeProvider to import
  * @param importFromId The id of the existing AmplitudeProvider that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the AmplitudeProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options AmplitudeProviderConfig
  */
  public constructor(scope: Construct, id: string, config: AmplitudeProviderConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude',
      terraformGeneratorMetadata: {
        providerName: 'amplitude',
        providerVersionConstraint: '~> 0.1'
      },
      terraformProviderSource: 'amplitude-access/amplitude'
    });
    this._admins = config.admins;
    this._breakGlass = config.breakGlass;
    this._credentials = config.credentials;
    this._maximumInvitations = config.maximumInvitations;
    this._maximumRemovalPercent = config.maximumRemovalPercent;
    this._maximumRemovals = config.maximumRemovals;
    this._minimumAdmins = config.minimumAdmins;
    this._operator = config.operator;
    this._orgId = config.orgId;
    this._ownsGrantsOn = config.ownsGrantsOn;
    this._ownsGroups = config.ownsGroups;
    this._ownsPeopleOf = config.ownsPeopleOf;
    this._projectIds = config.projectIds;
    this._region = config.region;
    this._roleIds = config.roleIds;
    this._unsupported = config.unsupported;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // admins - computed: false, optional: true, required: false
  private _admins?: string[];
  public get admins() {
    return this._admins;
  }
  public set admins(value: string[] | undefined) {
    this._admins = value;
  }
  public resetAdmins() {
    this._admins = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get adminsInput() {
    return this._admins;
  }

  // break_glass - computed: false, optional: true, required: false
  private _breakGlass?: string[];
  public get breakGlass() {
    return this._breakGlass;
  }
  public set breakGlass(value: string[] | undefined) {
    this._breakGlass = value;
  }
  public resetBreakGlass() {
    this._breakGlass = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get breakGlassInput() {
    return this._breakGlass;
  }

  // credentials - computed: false, optional: true, required: false
  private _credentials?: string;
  public get credentials() {
    return this._credentials;
  }
  public set credentials(value: string | undefined) {
    this._credentials = value;
  }
  public resetCredentials() {
    this._credentials = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get credentialsInput() {
    return this._credentials;
  }

  // maximum_invitations - computed: false, optional: true, required: false
  private _maximumInvitations?: number;
  public get maximumInvitations() {
    return this._maximumInvitations;
  }
  public set maximumInvitations(value: number | undefined) {
    this._maximumInvitations = value;
  }
  public resetMaximumInvitations() {
    this._maximumInvitations = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maximumInvitationsInput() {
    return this._maximumInvitations;
  }

  // maximum_removal_percent - computed: false, optional: true, required: false
  private _maximumRemovalPercent?: number;
  public get maximumRemovalPercent() {
    return this._maximumRemovalPercent;
  }
  public set maximumRemovalPercent(value: number | undefined) {
    this._maximumRemovalPercent = value;
  }
  public resetMaximumRemovalPercent() {
    this._maximumRemovalPercent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maximumRemovalPercentInput() {
    return this._maximumRemovalPercent;
  }

  // maximum_removals - computed: false, optional: true, required: false
  private _maximumRemovals?: number;
  public get maximumRemovals() {
    return this._maximumRemovals;
  }
  public set maximumRemovals(value: number | undefined) {
    this._maximumRemovals = value;
  }
  public resetMaximumRemovals() {
    this._maximumRemovals = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maximumRemovalsInput() {
    return this._maximumRemovals;
  }

  // minimum_admins - computed: false, optional: true, required: false
  private _minimumAdmins?: number;
  public get minimumAdmins() {
    return this._minimumAdmins;
  }
  public set minimumAdmins(value: number | undefined) {
    this._minimumAdmins = value;
  }
  public resetMinimumAdmins() {
    this._minimumAdmins = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get minimumAdminsInput() {
    return this._minimumAdmins;
  }

  // operator - computed: false, optional: true, required: false
  private _operator?: string;
  public get operator() {
    return this._operator;
  }
  public set operator(value: string | undefined) {
    this._operator = value;
  }
  public resetOperator() {
    this._operator = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get operatorInput() {
    return this._operator;
  }

  // org_id - computed: false, optional: false, required: true
  private _orgId?: string;
  public get orgId() {
    return this._orgId;
  }
  public set orgId(value: string | undefined) {
    this._orgId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get orgIdInput() {
    return this._orgId;
  }

  // owns_grants_on - computed: false, optional: true, required: false
  private _ownsGrantsOn?: string[];
  public get ownsGrantsOn() {
    return this._ownsGrantsOn;
  }
  public set ownsGrantsOn(value: string[] | undefined) {
    this._ownsGrantsOn = value;
  }
  public resetOwnsGrantsOn() {
    this._ownsGrantsOn = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ownsGrantsOnInput() {
    return this._ownsGrantsOn;
  }

  // owns_groups - computed: false, optional: true, required: false
  private _ownsGroups?: string[];
  public get ownsGroups() {
    return this._ownsGroups;
  }
  public set ownsGroups(value: string[] | undefined) {
    this._ownsGroups = value;
  }
  public resetOwnsGroups() {
    this._ownsGroups = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ownsGroupsInput() {
    return this._ownsGroups;
  }

  // owns_people_of - computed: false, optional: true, required: false
  private _ownsPeopleOf?: string[];
  public get ownsPeopleOf() {
    return this._ownsPeopleOf;
  }
  public set ownsPeopleOf(value: string[] | undefined) {
    this._ownsPeopleOf = value;
  }
  public resetOwnsPeopleOf() {
    this._ownsPeopleOf = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ownsPeopleOfInput() {
    return this._ownsPeopleOf;
  }

  // project_ids - computed: false, optional: true, required: false
  private _projectIds?: { [key: string]: string };
  public get projectIds() {
    return this._projectIds;
  }
  public set projectIds(value: { [key: string]: string } | undefined) {
    this._projectIds = value;
  }
  public resetProjectIds() {
    this._projectIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get projectIdsInput() {
    return this._projectIds;
  }

  // region - computed: false, optional: true, required: false
  private _region?: string;
  public get region() {
    return this._region;
  }
  public set region(value: string | undefined) {
    this._region = value;
  }
  public resetRegion() {
    this._region = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get regionInput() {
    return this._region;
  }

  // role_ids - computed: false, optional: true, required: false
  private _roleIds?: { [key: string]: string };
  public get roleIds() {
    return this._roleIds;
  }
  public set roleIds(value: { [key: string]: string } | undefined) {
    this._roleIds = value;
  }
  public resetRoleIds() {
    this._roleIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get roleIdsInput() {
    return this._roleIds;
  }

  // unsupported - computed: false, optional: true, required: false
  private _unsupported?: string;
  public get unsupported() {
    return this._unsupported;
  }
  public set unsupported(value: string | undefined) {
    this._unsupported = value;
  }
  public resetUnsupported() {
    this._unsupported = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get unsupportedInput() {
    return this._unsupported;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string;
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      admins: cdktf.listMapper(cdktf.stringToTerraform, false)(this._admins),
      break_glass: cdktf.listMapper(cdktf.stringToTerraform, false)(this._breakGlass),
      credentials: cdktf.stringToTerraform(this._credentials),
      maximum_invitations: cdktf.numberToTerraform(this._maximumInvitations),
      maximum_removal_percent: cdktf.numberToTerraform(this._maximumRemovalPercent),
      maximum_removals: cdktf.numberToTerraform(this._maximumRemovals),
      minimum_admins: cdktf.numberToTerraform(this._minimumAdmins),
      operator: cdktf.stringToTerraform(this._operator),
      org_id: cdktf.stringToTerraform(this._orgId),
      owns_grants_on: cdktf.listMapper(cdktf.stringToTerraform, false)(this._ownsGrantsOn),
      owns_groups: cdktf.listMapper(cdktf.stringToTerraform, false)(this._ownsGroups),
      owns_people_of: cdktf.listMapper(cdktf.stringToTerraform, false)(this._ownsPeopleOf),
      project_ids: cdktf.hashMapper(cdktf.stringToTerraform)(this._projectIds),
      region: cdktf.stringToTerraform(this._region),
      role_ids: cdktf.hashMapper(cdktf.stringToTerraform)(this._roleIds),
      unsupported: cdktf.stringToTerraform(this._unsupported),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      admins: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._admins),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      break_glass: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._breakGlass),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      credentials: {
        value: cdktf.stringToHclTerraform(this._credentials),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      maximum_invitations: {
        value: cdktf.numberToHclTerraform(this._maximumInvitations),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      maximum_removal_percent: {
        value: cdktf.numberToHclTerraform(this._maximumRemovalPercent),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      maximum_removals: {
        value: cdktf.numberToHclTerraform(this._maximumRemovals),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      minimum_admins: {
        value: cdktf.numberToHclTerraform(this._minimumAdmins),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      operator: {
        value: cdktf.stringToHclTerraform(this._operator),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      org_id: {
        value: cdktf.stringToHclTerraform(this._orgId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      owns_grants_on: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._ownsGrantsOn),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      owns_groups: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._ownsGroups),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      owns_people_of: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._ownsPeopleOf),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      project_ids: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._projectIds),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      region: {
        value: cdktf.stringToHclTerraform(this._region),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      role_ids: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._roleIds),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      unsupported: {
        value: cdktf.stringToHclTerraform(this._unsupported),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface LeaverConfig extends cdktf.TerraformMetaArguments {
  /**
  * Who takes over their charts and dashboards, by hand, before the person is removed.
  */
  readonly contentTo?: string;
  /**
  * Until when the removal waits for that. Their access never waits. Without it: 7 days after `left_on`.
  */
  readonly contentUntil?: string;
  /**
  * E-mail address of the person who must be absent.
  */
  readonly email: string;
  /**
  * The day they left.
  */
  readonly leftOn: string;
  /**
  * Where it was decided, for the record.
  */
  readonly ticket?: string;
}

/**
* Represents a amplitude_leaver
*/
export class Leaver extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "amplitude_leaver";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Leaver resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Leaver to import
  * @param importFromId The id of the existing Leaver that should be imported. Refer to the import section in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Leaver to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "amplitude_leaver", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new amplitude_leaver Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options LeaverConfig
  */
  public constructor(scope: Construct, id: string, config: LeaverConfig) {
    super(scope, id, {
      terraformResourceType: 'amplitude_leaver',
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
    this._contentTo = config.contentTo;
    this._contentUntil = config.contentUntil;
    this._email = config.email;
    this._leftOn = config.leftOn;
    this._ticket = config.ticket;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // content_to - computed: false, optional: true, required: false
  private _contentTo?: string;
  public get contentTo() {
    return this.getStringAttribute('content_to');
  }
  public set contentTo(value: string) {
    this._contentTo = value;
  }
  public resetContentTo() {
    this._contentTo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get contentToInput() {
    return this._contentTo;
  }

  // content_until - computed: false, optional: true, required: false
  private _contentUntil?: string;
  public get contentUntil() {
    return this.getStringAttribute('content_until');
  }
  public set contentUntil(value: string) {
    this._contentUntil = value;
  }
  public resetContentUntil() {
    this._contentUntil = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get contentUntilInput() {
    return this._contentUntil;
  }

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

  // left_on - computed: false, optional: false, required: true
  private _leftOn?: string;
  public get leftOn() {
    return this.getStringAttribute('left_on');
  }
  public set leftOn(value: string) {
    this._leftOn = value;
  }
  // Temporarily expose input value. Use with caution.
  public get leftOnInput() {
    return this._leftOn;
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // ticket - computed: false, optional: true, required: false
  private _ticket?: string;
  public get ticket() {
    return this.getStringAttribute('ticket');
  }
  public set ticket(value: string) {
    this._ticket = value;
  }
  public resetTicket() {
    this._ticket = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get ticketInput() {
    return this._ticket;
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
      content_to: cdktf.stringToTerraform(this._contentTo),
      content_until: cdktf.stringToTerraform(this._contentUntil),
      email: cdktf.stringToTerraform(this._email),
      left_on: cdktf.stringToTerraform(this._leftOn),
      ticket: cdktf.stringToTerraform(this._ticket),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      content_to: {
        value: cdktf.stringToHclTerraform(this._contentTo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      content_until: {
        value: cdktf.stringToHclTerraform(this._contentUntil),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      email: {
        value: cdktf.stringToHclTerraform(this._email),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      left_on: {
        value: cdktf.stringToHclTerraform(this._leftOn),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ticket: {
        value: cdktf.stringToHclTerraform(this._ticket),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}

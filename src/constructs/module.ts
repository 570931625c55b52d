import { moduleName, type Module as ModuleId } from "../access/module";

/** An add-on of Amplitude that a project can have (playbook, "Govern and Experiment Add-Ons"). */
export type AddOn = "govern" | "experiment";

/** A role of an add-on, granted on a project on top of the project role. */
export class Module {
  /** @internal use {@link Govern} and {@link Experiment} */
  constructor(
    readonly id: ModuleId,
    readonly addOn: AddOn,
  ) {}

  /** `Experiment Analyst` */
  get name(): string {
    return moduleName(this.id);
  }
}

/** Roles of the add-on Govern (playbook, "Govern and Experiment Add-Ons"). */
export const Govern = {
  /** Edits event schemas, approves and blocks events. */
  DataManager: new Module("govern_data_manager", "govern"),
  /** Sees tracking plans. */
  Consumer: new Module("govern_consumer", "govern"),
} as const;

/** Roles of the add-on Experiment (playbook, "Govern and Experiment Add-Ons"). */
export const Experiment = {
  /** Makes experiments, deploys flags. */
  Admin: new Module("experiment_admin", "experiment"),
  /** Sees results. */
  Analyst: new Module("experiment_analyst", "experiment"),
} as const;

import type { Family } from "./records";

/** Whether the request that failed can have changed anything at Amplitude. */
export type Happened = "no" | "maybe";

/** A request that failed: what was attempted, where, what the other side said, what to do. */
export class ApiFailure extends Error {
  constructor(
    /** `POST /scim/1/Users` */
    readonly request: string,
    readonly family: Family,
    /** What the other side said, or how the connection ended. */
    readonly said: string,
    /** What a person can do about it. */
    readonly advice: string,
    readonly happened: Happened,
    /** HTTP status, where there was an answer. */
    readonly status?: number,
    /** Amplitude's id of the request, where it sent one. */
    readonly requestId?: string,
    /** `error_code` of the answer. */
    readonly code?: string,
  ) {
    super(`${request}: ${said.replace(/\.$/, "")}. ${advice}`);
    this.name = "ApiFailure";
  }
}

/** Says that a credential is of another organization than the stack: nothing that it shows may pass for ours. */
export class OtherOrganization extends ApiFailure {
  constructor({ request, family, said, advice, happened, status, requestId, code }: ApiFailure) {
    super(request, family, said, advice, happened, status, requestId, code);
  }
}

/** A list that could not be proved whole: nothing may be concluded from what is missing in it. Exit code 5. */
export class NotWhole extends Error {
  constructor(
    readonly family: Family,
    readonly collection: string,
    readonly reason: string,
  ) {
    super(
      `The list of ${collection} (${family}) was not whole: ${reason}. Nothing was planned from it. ` +
        `Run again; if it stays, Amplitude is changing while it is read, or answers wrongly.`,
    );
    this.name = "NotWhole";
  }
}

/** A family for which there is no credential, or no host. */
export class FamilyUnavailable extends Error {
  constructor(
    readonly family: Family,
    /** Environment variables that are missing. */
    readonly missing: readonly string[],
  ) {
    super(`The ${family} API needs ${missing.join(" and ")}, not set in the environment.`);
    this.name = "FamilyUnavailable";
  }
}

/** A write on a transport that may only read. */
export class ReadOnly extends Error {
  constructor(request: string) {
    super(`${request} was not sent: this run is read-only (--read-only or AMPLITUDE_ACCESS_READ_ONLY=1).`);
    this.name = "ReadOnly";
  }
}

/** Credentials or hosts that may not be used, with every reason. Exit code 1. */
export class CredentialsRefused extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "CredentialsRefused";
  }
}

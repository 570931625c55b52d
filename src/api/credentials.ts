import type { Family } from "./records";
import { allowedBase, amplitudeHosts, type Hosts, isLoopbackUrl, type Region } from "./hosts";
import { projectKeysIn, readPrivateText, type KeyPair, type ReadPrivateText } from "./project-keys";
import { Secret } from "./secret";

/** The environment: `process.env`, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a provider block says about whom to talk to. */
export interface Selection {
  /** Names a set of variables: `ACME` reads `AMPLITUDE_ACME_SCIM_KEY` and so on. */
  readonly credentials?: string | undefined;
  readonly orgId: string | number;
  readonly region: Region;
  readonly readOnly?: boolean | undefined;
}

/** What the environment allows: which families, with which values, on which hosts. Prints without its secrets. */
export interface Access {
  readonly orgId: string;
  readonly region: Region;
  readonly readOnly: boolean;
  readonly families: ReadonlySet<Family>;
  readonly values: {
    readonly scimKey?: Secret | undefined;
    readonly orgApiKey?: Secret | undefined;
    readonly orgSecretKey?: Secret | undefined;
    readonly token?: Secret | undefined;
    /** By project id. */
    readonly projectKeys: ReadonlyMap<string, KeyPair>;
  };
  /** `management` only where its URL is configured. */
  readonly hosts: Hosts;
  /** Names of the environment variables with a family's credential, whether they are set or not. */
  readonly variables: Readonly<Record<Family, readonly string[]>>;
  /** Names of the environment variables that are not set and without which the family is not available. */
  readonly missing: Readonly<Record<Family, readonly string[]>>;
  /** Base URL of the emulator whose clock is ours; only ever on loopback. */
  readonly emulatorClock?: string | undefined;
}

/** Access, or every reason why there is none. */
export type AccessOrProblems = { readonly access: Access } | { readonly problems: readonly string[] };

/**
 * Reads credentials and hosts from the environment: never from a stack, which a pull request could change. Pure, but for
 * the one file that a variable may name.
 * Which credential opens which family: https://amplitude.com/docs/apis/keys-and-tokens.
 */
export function readCredentials(
  env: Environment,
  selection: Selection,
  readText: ReadPrivateText = readPrivateText,
): AccessOrProblems {
  const problems: string[] = [];
  const name = selection.credentials;
  if (name !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(name)) {
    return {
      problems: [
        `credentials = "${name}" is not a name: write capital letters, digits and underscores, like "ACME".`,
      ],
    };
  }
  const listed = env["AMPLITUDE_CREDENTIALS"];
  if (name !== undefined && filled(listed) && !list(listed).includes(name)) {
    return {
      problems: [
        `credentials = "${name}" is not listed in AMPLITUDE_CREDENTIALS. Add it there if this run may use it.`,
      ],
    };
  }

  const prefix = name === undefined ? "AMPLITUDE_" : `AMPLITUDE_${name}_`;
  const value = (suffix: string): string | undefined => trimmed(env[prefix + suffix]);
  const secret = (suffix: string): Secret | undefined => {
    const text = value(suffix);
    if (text === undefined) return undefined;
    if (!/^[\x21-\x7e]+$/.test(text))
      problems.push(`${prefix}${suffix} holds characters that no key has. Paste it again, without blanks.`);
    return new Secret(prefix + suffix, text);
  };

  const orgId = String(selection.orgId);
  if (!/^[1-9]\d*$/.test(orgId))
    problems.push(`org_id is "${orgId}": Amplitude's organization ids are whole numbers.`);
  for (const [suffix, field, said] of [
    ["ORG_ID", "org_id", orgId],
    ["REGION", "region", selection.region],
  ] as const) {
    const expected = value(suffix);
    if (expected !== undefined && expected !== said) {
      problems.push(
        `${prefix}${suffix} is ${expected}, but the stack says ${field} = ${said}. Nothing is read or written until they agree.`,
      );
    }
  }

  const values = {
    scimKey: secret("SCIM_KEY"),
    orgApiKey: secret("ORG_API_KEY"),
    orgSecretKey: secret("ORG_SECRET_KEY"),
    token: secret("TOKEN"),
    projectKeys: new Map<string, KeyPair>(),
  };
  const keysVariable = `${prefix}PROJECT_KEYS_FILE`;
  const keysFile = value("PROJECT_KEYS_FILE");
  if (keysFile !== undefined) {
    const found = projectKeysIn(keysVariable, keysFile, readText);
    if ("problem" in found) problems.push(found.problem);
    else values.projectKeys = new Map(found.keys);
  }
  const pair = [`${prefix}ORG_API_KEY`, `${prefix}ORG_SECRET_KEY`] as const;
  const halves = [values.orgApiKey, values.orgSecretKey].filter((half) => half !== undefined);
  if (halves.length === 1) {
    const missing = values.orgApiKey === undefined ? pair[0] : pair[1];
    const present = values.orgApiKey === undefined ? pair[1] : pair[0];
    problems.push(
      `${missing} is not set, but ${present} is: the organization's API key and secret key only work together.`,
    );
  }
  if (values.orgApiKey?.reveal().includes(":") === true) {
    problems.push(
      `${pair[0]} holds a colon, which no API key has. If it is "key:secret", put the two in ${pair.join(" and ")}.`,
    );
  }
  const variables: Record<Family, readonly string[]> = {
    scim: [`${prefix}SCIM_KEY`],
    "user-management": pair,
    "audit-log": pair,
    developer: [`${prefix}TOKEN`],
    taxonomy: [keysVariable],
    management: pair,
  };
  const managementUrl = value("MANAGEMENT_URL");
  const families = new Set<Family>();
  if (values.scimKey !== undefined) families.add("scim");
  if (halves.length === 2) families.add("user-management").add("audit-log");
  if (values.token !== undefined) families.add("developer");
  if (values.projectKeys.size > 0) families.add("taxonomy");
  if (halves.length === 2 && managementUrl !== undefined) families.add("management");
  const isUnset = (name: string): boolean => trimmed(env[name]) === undefined;
  const missing: Record<Family, readonly string[]> = {
    scim: variables.scim.filter(isUnset),
    "user-management": pair.filter(isUnset),
    "audit-log": pair.filter(isUnset),
    developer: variables.developer.filter(isUnset),
    taxonomy: variables.taxonomy.filter(isUnset),
    management: [`${prefix}MANAGEMENT_URL`, ...pair].filter(isUnset),
  };
  if (families.size === 0 && halves.length === 0) {
    problems.push(
      `There is no credential for Amplitude in the environment. Set ${prefix}SCIM_KEY (people and groups), ` +
        `${pair.join(" with ")} (roles on projects, audit log), ${prefix}TOKEN (project names), or some of them.`,
    );
  }

  const allowed = [...list(env["AMPLITUDE_ALLOWED_HOSTS"]), ...list(value("ALLOWED_HOSTS"))].map((host) =>
    host.toLowerCase(),
  );
  const base = (suffix: string, url: string | undefined): string | undefined => {
    if (url === undefined) return undefined;
    const result = allowedBase(prefix + suffix, url, selection.region, allowed);
    if ("base" in result) return result.base;
    problems.push(result.problem);
    return undefined;
  };
  const baseUrl = value("BASE_URL");
  const everyFamily = base("BASE_URL", baseUrl);
  const management = base("MANAGEMENT_URL", managementUrl);
  const hosts: Hosts = {
    ...(everyFamily === undefined
      ? amplitudeHosts[selection.region]
      : {
          scim: everyFamily,
          "user-management": everyFamily,
          "audit-log": everyFamily,
          developer: everyFamily,
          taxonomy: everyFamily,
        }),
    // Not BASE_URL's: a proxy before Amplitude's own hosts has no such routes.
    ...(management === undefined ? {} : { management }),
  };

  const wantsClock = isOn(env["AMPLITUDE_EMULATOR_CLOCK"]) || isOn(value("EMULATOR_CLOCK"));
  if (wantsClock) {
    const afar = [
      ...(baseUrl !== undefined && isLoopbackUrl(baseUrl) ? [] : ["BASE_URL"]),
      ...(managementUrl === undefined || isLoopbackUrl(managementUrl) ? [] : ["MANAGEMENT_URL"]),
    ];
    for (const suffix of afar)
      problems.push(
        `AMPLITUDE_EMULATOR_CLOCK is set, but ${prefix}${suffix} is not on loopback: only an emulator's clock can be advanced.`,
      );
  }
  if (problems.length > 0) return { problems };

  const readOnly = selection.readOnly === true || isOn(env["AMPLITUDE_ACCESS_READ_ONLY"]);
  const emulatorClock = wantsClock ? hosts.scim : undefined;
  return {
    access: {
      orgId,
      region: selection.region,
      readOnly,
      families,
      values,
      hosts,
      variables,
      missing,
      emulatorClock,
    },
  };
}

function trimmed(text: string | undefined): string | undefined {
  const value = text?.trim();
  return value === "" ? undefined : value;
}

function filled(text: string | undefined): text is string {
  return trimmed(text) !== undefined;
}

function isOn(text: string | undefined): boolean {
  const value = trimmed(text);
  return value !== undefined && value !== "0" && value.toLowerCase() !== "false";
}

function list(text: string | undefined): readonly string[] {
  return (text ?? "").split(/[\s,]+/).filter((item) => item !== "");
}

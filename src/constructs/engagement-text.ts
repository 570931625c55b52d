import { projectRoleName, projectRoleNamed, projectRoles } from "../access/role";
import { date, days, email, instant, string, type ValueType } from "../schema";
import { Key } from "./api-key";
import { domainProblem, ownerProblem, signedReference } from "./engagement-facts";
import { Experiment, Govern, type Module } from "./module";
import { Role } from "./role";
import type {
  WrittenEngagement,
  WrittenGrant,
  WrittenGroup,
  WrittenHoldings,
  WrittenKey,
  WrittenLeaver,
  WrittenModule,
  WrittenPerson,
  WrittenService,
} from "./written-engagement";
import { YamlFields, type Field, type Placed, type PlacedProblem } from "./yaml-fields";

const required = "required" as const;
const optional = "optional" as const;
const FACTS = {
  ...{ agency: required, domains: required, sow: required, dpa: required, owner: required },
  ...{ from: required, until: required, guests: optional, groups: optional, people: optional },
  ...{ service_accounts: optional, keys: optional, left: optional },
} as const;
const HOLDINGS = { may: required, modules: optional } as const;
const GROUP = { from: optional, members: optional, expects: optional, ...HOLDINGS } as const;
const NAMES = { given_name: optional, family_name: optional } as const;
const PERSON = { ...HOLDINGS, ...NAMES, until: optional } as const;
const SERVICE = { purpose: required, ...HOLDINGS } as const;
const GRANT = { role: required, until: optional, because: optional } as const;
const KEY = {
  ...{ kind: required, project: optional, used_by: optional, generation: optional, known_to: optional },
  ...{ rotate_every: optional, store: optional, until: optional },
} as const;
const LEAVER = { on: required, ticket: optional, content_to: optional, content_until: optional } as const;

const domain: ValueType<string> = {
  ...string,
  name: "domain",
  check: (value) => (typeof value === "string" ? domainProblem(value) : string.check(value)),
  canonical: (value) => value.toLowerCase(),
};
const modules: ReadonlyMap<string, Module> = new Map(
  [...Object.values(Govern), ...Object.values(Experiment)].map((module) => [module.id, module]),
);
const moduleId = word("module", [...modules.keys()]);
const keyKinds: readonly string[] = Object.values(Key);
const keyKind = word("kind of key", keyKinds);
const generation: ValueType<string> = {
  ...string,
  name: "generation",
  check: (value) =>
    typeof value === "string" && /^[1-9]\d{0,8}$/.test(value)
      ? undefined
      : `${JSON.stringify(value)} is not a whole number from 1`,
};
/** Identity providers that Amplitude works with (playbook, "Supported Identity Providers"); `idp` is any other. */
const PROVIDERS = ["okta", "entra", "onelogin", "google", "ping", "auth0", "idp"];
const provider = word("identity provider", PROVIDERS);
const role: ValueType<string> = {
  ...word("role", projectRoles),
  check: (value) => {
    if (typeof value === "string" && projectRoleNamed(value) !== undefined) return undefined;
    return `${JSON.stringify(value)} is not one of ${projectRoles.join(", ")}`;
  },
};

/**
 * An agency's file.
 *
 * @param aliases names of projects that the file may use
 * @returns every problem with its place where there is one, else the engagement
 */
export function parseEngagement(
  text: string,
  aliases: readonly string[],
): { readonly written: WrittenEngagement } | { readonly problems: readonly PlacedProblem[] } {
  const yaml = new YamlFields(text);
  const written = new EngagementText(yaml, aliases).read();
  if (yaml.problems.length === 0 && written !== undefined) return { written };
  return { problems: yaml.problems };
}

class EngagementText {
  constructor(
    private readonly yaml: YamlFields,
    private readonly aliases: readonly string[],
  ) {}

  read(): WrittenEngagement | undefined {
    const fields = this.yaml.document(FACTS);
    if (fields === undefined) return undefined;
    const until = this.yaml.text(fields.until, instant);
    const domains = this.#domains(fields.domains);
    const guests = values(this.yaml.texts(fields.guests, email)) ?? [];
    const owner = this.yaml.text(fields.owner, email);
    const wrong = owner && ownerProblem(owner.value, { domains, guests });
    if (owner !== undefined && wrong !== undefined) this.yaml.refuse(owner.at, wrong);
    return {
      props: {
        agency: this.#value(fields.agency),
        domains,
        sow: this.#value(fields.sow, signedReference),
        dpa: this.#value(fields.dpa, signedReference),
        owner: owner?.value ?? "",
        from: this.#value(fields.from, instant),
        until: until?.value ?? "",
        guests,
      },
      untilAt: until?.at ?? { line: 1, column: 1 },
      services: this.#each(fields.service_accounts, (field) => this.#service(field)),
      groups: this.#each(fields.groups, (field) => this.#group(field)),
      people: this.#each(fields.people, (field) => this.#person(field)),
      keys: this.#each(fields.keys, (field) => this.#key(field)),
      left: this.#each(fields.left, (field) => this.#leaver(field)),
    };
  }

  #domains(field: Field | undefined): string[] {
    const domains = this.yaml.texts(field, domain);
    if (field !== undefined && domains?.length === 0)
      this.yaml.refuse(field.at, "domains is empty: name the agency's");
    return values(domains) ?? [];
  }

  #group(field: Field): WrittenGroup | undefined {
    const found = this.yaml.record(field, GROUP);
    if (found === undefined) return undefined;
    const { name, at } = field;
    if ((found.from === undefined) === (found.members === undefined)) {
      const both = found.from === undefined ? "neither from nor members" : "from and members";
      this.yaml.refuse(at, `${name} has ${both}: keep from: okta for a group that is pushed, or its members`);
    }
    if (found.expects !== undefined && found.from === undefined)
      this.yaml.refuse(found.expects.at, "expects is for groups with from: use members");
    this.yaml.text(found.from, provider);
    return {
      ...{ name, at, fromIdp: found.from !== undefined },
      members: values(this.yaml.texts(found.members, email)) ?? [],
      expects: values(this.yaml.texts(found.expects, email)),
      ...this.#holdings(found),
    };
  }

  #person(field: Field): WrittenPerson | undefined {
    const found = this.yaml.record(field, PERSON);
    this.#address(field);
    if (found === undefined) return undefined;
    const props = given({
      givenName: this.#optional(found.given_name),
      familyName: this.#optional(found.family_name),
      until: this.#optional(found.until, instant),
    });
    return { email: field.name, at: field.at, props, ...this.#holdings(found) };
  }

  #service(field: Field): WrittenService | undefined {
    const found = this.yaml.record(field, SERVICE);
    this.#address(field);
    if (found === undefined) return undefined;
    return { email: field.name, at: field.at, purpose: this.#value(found.purpose), ...this.#holdings(found) };
  }

  #key(field: Field): WrittenKey | undefined {
    const found = this.yaml.record(field, KEY);
    if (found === undefined) return undefined;
    const alias = this.#optional(found.project);
    if (found.project !== undefined && alias !== undefined) this.#project(alias, found.project);
    const number = this.#optional(found.generation, generation);
    const props = given({
      usedBy: values(this.yaml.texts(found.used_by, email)),
      generation: number === undefined ? undefined : Number(number),
      knownTo: values(this.yaml.texts(found.known_to, email)),
      rotateEvery: this.#optional(found.rotate_every, days),
      store: this.#optional(found.store),
      until: this.#optional(found.until, instant),
    });
    const written = this.#value(found.kind, keyKind);
    // What is none was refused above.
    const kind = Object.values(Key).find((known) => known.valueOf() === written) ?? Key.Project;
    return { label: field.name, at: field.at, alias, props: { kind, ...props } };
  }

  #leaver(field: Field): WrittenLeaver | undefined {
    const found = this.yaml.record(field, LEAVER);
    this.#address(field);
    if (found === undefined) return undefined;
    const rest = given({
      ticket: this.#optional(found.ticket),
      contentTo: this.#optional(found.content_to, email),
      contentUntil: this.#optional(found.content_until, instant),
    });
    return { email: field.name, at: field.at, props: { on: this.#value(found.on, date), ...rest } };
  }

  #holdings(found: { readonly may?: Field; readonly modules?: Field }): WrittenHoldings {
    return {
      may: this.#each(found.may, (field) => this.#grant(field)),
      modules: this.#each(found.modules, (field) => this.#modules(field)).flat(),
    };
  }

  /** `production: member`, or `production: { role: member, until: 2027-01-15 }`. */
  #grant(field: Field): WrittenGrant | undefined {
    const { name: alias, at } = field;
    const detailed = this.yaml.shape(field) === "map" ? this.yaml.record(field, GRANT) : undefined;
    const written = projectRoleNamed(this.#value(detailed === undefined ? field : detailed.role, role));
    const options = given({
      until: this.#optional(detailed?.until, instant),
      because: this.#optional(detailed?.because),
    });
    this.#project(alias, field);
    return written && { alias, role: Role[projectRoleName(written) as "Member"], options, at };
  }

  /** `production: [experiment_analyst]`, or with an earlier end `production: { experiment_analyst: 2027-01-15 }`. */
  #modules(field: Field): WrittenModule[] {
    const alias = field.name;
    this.#project(alias, field);
    const module = (id: string, at: WrittenModule["at"], until?: string): WrittenModule[] => {
      const found = modules.get(id);
      return found === undefined ? [] : [{ alias, module: found, options: given({ until }), at }];
    };
    if (this.yaml.shape(field) === "list")
      return (this.yaml.texts(field, moduleId) ?? []).flatMap(({ value, at }) => module(value, at));
    return this.#each(field, (ending) => {
      const wrong = moduleId.check(ending.name);
      if (wrong !== undefined) this.yaml.refuse(ending.at, wrong);
      return module(ending.name, ending.at, this.#optional(ending, instant));
    }).flat();
  }

  #project(alias: string, { at }: Field): void {
    if (this.aliases.includes(alias)) return;
    const known = this.aliases.length === 0 ? "it gives none" : `use ${this.aliases.join(", ")}`;
    this.yaml.refuse(at, `the stack gives no project ${JSON.stringify(alias)}: ${known}`);
  }

  #optional(field: Field | undefined, type: ValueType<string> = string): string | undefined {
    return this.yaml.text(field, type)?.value;
  }

  #address({ name, at }: Field): void {
    const wrong = email.check(name);
    if (wrong !== undefined) this.yaml.refuse(at, `${wrong}: name the person by e-mail`);
  }

  #value(field: Field | undefined, type: ValueType<string> = string): string {
    return this.yaml.text(field, type)?.value ?? "";
  }

  #each<T>(field: Field | undefined, read: (field: Field) => T | undefined): T[] {
    const entries = field === undefined ? [] : (this.yaml.entries(field) ?? []);
    return entries.map(read).filter((value) => value !== undefined);
  }
}

function word(name: string, words: readonly string[]): ValueType<string> {
  return {
    ...string,
    name,
    check: (value) =>
      words.some((known) => known === value)
        ? undefined
        : `${JSON.stringify(value)} is not one of ${words.join(", ")}`,
  };
}

function values(placed: readonly Placed<string>[] | undefined): string[] | undefined {
  return placed?.map(({ value }) => value);
}

/** Without what is not written. */
function given<T extends object>(written: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

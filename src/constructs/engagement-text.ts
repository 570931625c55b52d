import { projectRoleName, projectRoleNamed, projectRoles } from "../access/role";
import { date, email, instant, string, type ValueType } from "../schema";
import { domainProblem, type EngagementProps } from "./engagement-facts";
import type { LeaverProps } from "./leaver";
import { Role } from "./role";
import { YamlFields, type Field, type Place, type Placed, type PlacedProblem } from "./yaml-fields";

/** Roles on projects as the file names them. */
export interface WrittenGrant {
  /** The project, by the name that the stack gives it. */
  readonly alias: string;
  readonly role: Role;
  readonly at: Place;
}

/** Exactly one of `members` and `fromIdp`. */
export interface WrittenGroup {
  readonly name: string;
  readonly at: Place;
  readonly fromIdp: boolean;
  readonly members: readonly string[];
  /** Who is expected in a group of an identity provider. */
  readonly expects: readonly string[] | undefined;
  readonly may: readonly WrittenGrant[];
}

export interface WrittenPerson {
  readonly email: string;
  readonly at: Place;
  readonly may: readonly WrittenGrant[];
}

export interface WrittenLeaver {
  readonly email: string;
  readonly at: Place;
  readonly props: LeaverProps;
}

/** One agency as its file says it. */
export interface WrittenEngagement {
  readonly props: EngagementProps;
  readonly untilAt: Place;
  readonly groups: readonly WrittenGroup[];
  readonly people: readonly WrittenPerson[];
  readonly left: readonly WrittenLeaver[];
}

const required = "required" as const;
const optional = "optional" as const;
const FACTS = {
  ...{ agency: required, domains: required, sow: required, dpa: required, owner: required },
  ...{
    from: required,
    until: required,
    guests: optional,
    groups: optional,
    people: optional,
    left: optional,
  },
} as const;
const GROUP = { from: optional, members: optional, expects: optional, may: required } as const;
const PERSON = { may: required } as const;
const LEAVER = { on: required, ticket: optional, content_to: optional, content_until: optional } as const;

const domain: ValueType<string> = {
  ...string,
  name: "domain",
  check: (value) => (typeof value === "string" ? domainProblem(value) : string.check(value)),
  canonical: (value) => value.toLowerCase(),
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
    return {
      props: {
        agency: this.#value(fields.agency),
        domains: this.#domains(fields.domains),
        sow: this.#value(fields.sow),
        dpa: this.#value(fields.dpa),
        owner: this.#value(fields.owner, email),
        from: this.#value(fields.from, instant),
        until: until?.value ?? "",
        guests: values(this.yaml.texts(fields.guests, email)) ?? [],
      },
      untilAt: until?.at ?? { line: 1, column: 1 },
      groups: this.#each(fields.groups, (field) => this.#group(field)),
      people: this.#each(fields.people, (field) => this.#person(field)),
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
      may: this.#may(found.may),
    };
  }

  #person(field: Field): WrittenPerson | undefined {
    const found = this.yaml.record(field, PERSON);
    this.#address(field);
    return found && { email: field.name, at: field.at, may: this.#may(found.may) };
  }

  #leaver(field: Field): WrittenLeaver | undefined {
    const found = this.yaml.record(field, LEAVER);
    this.#address(field);
    if (found === undefined) return undefined;
    const text = (of: Field | undefined, type: ValueType<string> = string): string | undefined =>
      this.yaml.text(of, type)?.value;
    const props = {
      on: this.#value(found.on, date),
      ticket: text(found.ticket),
      contentTo: text(found.content_to, email),
      contentUntil: text(found.content_until, instant),
    };
    return { email: field.name, at: field.at, props };
  }

  #may(field: Field | undefined): WrittenGrant[] {
    return this.#each(field, (grant) => {
      const given = projectRoleNamed(this.#value(grant, role));
      if (!this.aliases.includes(grant.name)) {
        const known = this.aliases.length === 0 ? "it gives none" : `use ${this.aliases.join(", ")}`;
        this.yaml.refuse(grant.at, `the stack gives no project ${JSON.stringify(grant.name)}: ${known}`);
      }
      return given && { alias: grant.name, role: Role[projectRoleName(given) as "Member"], at: grant.at };
    });
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

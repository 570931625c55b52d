import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Family } from "../../src/api";
import {
  credentialAttributes,
  collectionNamed,
  kinds,
  lookups,
  providerAttributes,
  terraformLookups,
  type CollectionName,
  type Kind,
  type Lookup,
} from "../../src/resources";
import { block, importExample, lookupExample, lookedUp, nextGeneration, resourceExample } from "./hcl";
import { schemaSection } from "./schema-section";

/**
 * The provider's docs in the layout that registries of Terraform providers read: `docs/index.md`, `docs/resources`, `docs/data-sources`. All
 * of it comes from the kinds, but for the examples in TypeScript, which are files of their own and compiled with everything else.
 */

const EXAMPLES = join(__dirname, "examples");
const SOURCE = "amplitude-access/amplitude";

/** What opens a family. */
const CREDENTIALS: Readonly<Record<Family, string>> = {
  scim: "`AMPLITUDE_SCIM_KEY`",
  "user-management": "`AMPLITUDE_ORG_API_KEY` with `AMPLITUDE_ORG_SECRET_KEY`",
  "audit-log": "`AMPLITUDE_ORG_API_KEY` with `AMPLITUDE_ORG_SECRET_KEY`",
  developer: "`AMPLITUDE_TOKEN`",
  taxonomy: "`AMPLITUDE_PROJECT_KEYS_FILE`, a private file with a key pair for each project",
  management:
    "`AMPLITUDE_MANAGEMENT_URL`, where Amplitude has given you such an API, and the organization's pair",
};

/** Every page by its path below `docs`. */
export function providerPages(): ReadonlyMap<string, string> {
  return new Map([
    ["index.md", indexPage()],
    ...kinds.map((kind) => [`resources/${shortName(kind.type)}.md`, resourcePage(kind)] as const),
    ...terraformLookups.map(
      (lookup) => [`data-sources/${shortName(lookup.type)}.md`, lookupPage(lookup)] as const,
    ),
  ]);
}

const shortName = (type: string): string => type.replace(/^amplitude_/, "");
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trim()}\n\`\`\``;
const example = (file: string): string => fence("ts", readFileSync(join(EXAMPLES, `${file}.ts`), "utf8"));

function page(title: string, description: string, parts: readonly string[]): string {
  const front = [`page_title: ${JSON.stringify(title)}`, `description: ${JSON.stringify(description)}`];
  return `---\n${front.join("\n")}\n---\n\n${[`# ${title}`, description, ...parts].join("\n\n")}\n`;
}

function resourcePage(kind: Kind): string {
  const ids = kind.key.map((name) => `<${name}>`).join("/");
  return page(`${kind.type} (Resource)`, kind.description, [
    ...(kind.family === "management" ? [BY_HAND] : []),
    nature(kind),
    needs(kind.reads, kind.family),
    "## Example",
    fence("terraform", resourceExample(kind)),
    "The same with the constructs:",
    example(shortName(kind.type).replaceAll("_", "-")),
    schemaSection(kind.attributes),
    ...rotation(kind),
    "## Import",
    `The id is \`${ids}\`. ${IMPORT}`,
    fence("terraform", importExample(kind)),
  ]);
}

const BY_HAND =
  '~> **By hand on Amplitude today.** Amplitude documents no API for it. Without `AMPLITUDE_MANAGEMENT_URL` a plan that has it is an error which says what to do in Amplitude\'s pages. With `unsupported = "by-hand"` in the provider block it is kept as a task instead, with `verified = false` and a warning; destroying it is an error then, and a `removed` block with `destroy = false` says that it was done.';

/** What Terraform does when something with a value that is seen once gets its next generation. */
function rotation(kind: Kind): readonly string[] {
  if (kind.secret === undefined) return [];
  return [
    "## Rotation",
    "Another `generation` is another object, and Terraform deletes the old one first. With `create_before_destroy` it makes the new one first, which the constructs say of every key; HCL has to:",
    fence("terraform", nextGeneration(kind)),
    "Both happen in one apply, so there is no time in between to hand the new value over. Where something uses the old one, declare the next generation as a resource of its own beside it, hand its value over, and take the first one away in a later apply. Only the CLI waits by itself: it deletes the old one when somebody has confirmed that the new one is in use.",
  ];
}

const IMPORT =
  "Names do where an attribute holds an id; a `/` or `%` inside of a part is percent-encoded. Where something optional is not set, its part is empty.";

function nature({ nature: is }: Kind): string {
  return is === "made"
    ? "Created and deleted with the resource. One that exists already is not overwritten: creating it is an error that says how to import it."
    : "It exists whether or not it is declared: creating the resource takes it over, destroying it lets go of it.";
}

/** The environment variables that open what it reads and, where it is a resource, writes. */
function needs(reads: readonly CollectionName[], ...writes: readonly Family[]): string {
  const families = new Set([...writes, ...reads.map((read) => collectionNamed(read).family)]);
  const lines = [...new Set([...families].map((family) => CREDENTIALS[family]))].map((line) => `- ${line}`);
  return `What it reads${writes.length === 0 ? "" : " and writes"} is opened by these variables of the environment:\n\n${lines.join("\n")}`;
}

function lookupPage(lookup: Lookup): string {
  return page(`${lookup.type} (Data Source)`, lookup.description, [
    needs(lookup.reads),
    "## Example",
    fence("terraform", lookupExample(lookup)),
    "The same with the generated classes:",
    fence("ts", lookupInTypeScript(lookup)),
    ...(lookups.includes(lookup)
      ? []
      : ["For Terraform only: the CLI sees the whole organization anyway, and refuses a stack that has it."]),
    schemaSection(lookup.attributes),
  ]);
}

/** The generated class: the constructs look up by themselves what they need. */
function lookupInTypeScript({ type, by }: Lookup): string {
  const name = shortName(type).replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const { label, value, project } = lookedUp(type);
  const looked = `new l1.DataAmplitude${name}(stack, ${JSON.stringify(label)}, {`;
  const made =
    project === undefined
      ? [`  ${looked} ${by}: ${JSON.stringify(value)} });`]
      : [
          '  const production = Project.named(stack, "Client Production");',
          `  ${looked}`,
          `    ${by}: ${JSON.stringify(value)},`,
          "    projectId: production.projectId,",
          "  });",
        ];
  const imported = project === undefined ? "l1" : "l1, Project";
  return [
    `import { ${imported}, type AccessStack } from "amplitude-access";\n`,
    "export function declare(stack: AccessStack): void {",
    ...made,
    "}",
  ].join("\n");
}

function indexPage(): string {
  const variables = [...new Set(Object.values(CREDENTIALS))].map((line) => `- ${line}`).join("\n");
  const links = (folder: string, types: readonly string[]): string =>
    types
      .map(shortName)
      .sort()
      .map((name) => `- [amplitude_${name}](${folder}/${name}.md)`)
      .join("\n");
  return page("amplitude Provider", "Who may do what in an Amplitude organization.", [
    "The same resources are planned by stock `terraform` or `tofu` through this provider, and by the `amplitude-access` CLI without either. Terraform has state, locks and backends ([scale.md](scale.md)); only the CLI sees access that nobody declared.",
    "## Example",
    fence("terraform", providerExample()),
    "The same with the constructs, which [constructs.md](constructs.md) explains:",
    example("provider"),
    "## Credentials",
    `They come from the environment of the run, and so do hosts. One block serves every project of an organization.\n\n${variables}`,
    'With `credentials = "ACME"` each variable has another prefix, `AMPLITUDE_ACME_SCIM_KEY`. An attribute that carries a credential is for those who cannot set the environment: it is sensitive, and the CLI refuses a block that has one.',
    schemaSection({ ...providerAttributes, ...credentialAttributes }),
    `## Resources\n\n${links(
      "resources",
      kinds.map(({ type }) => type),
    )}`,
    `## Data sources\n\n${links(
      "data-sources",
      terraformLookups.map(({ type }) => type),
    )}`,
  ]);
}

function providerExample(): string {
  const requirement = `terraform {\n  required_providers {\n    amplitude = {\n      source  = "${SOURCE}"\n      version = "~> 0.1"\n    }\n  }\n}`;
  const provider = block('provider "amplitude"', [
    ["org_id", "36958"],
    ["region", "us"],
    ["minimum_admins", 2],
    ["owns_people_of", ["nova.agency"]],
  ]);
  return `${requirement}\n\n${provider}`;
}

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { AccessStack, type AccessStackProps } from "amplitude-access";

type Block = Readonly<Record<string, unknown>>;

/** A synthesized stack, as the hosts read it. */
export interface Synthesized {
  readonly "//": { readonly metadata: { version: string; readonly stackName: string } };
  readonly terraform: {
    readonly backend: Readonly<Record<string, Block>>;
    readonly required_version: string;
    readonly required_providers: Block;
  };
  readonly provider: { readonly amplitude: readonly [Block] };
  readonly locals: { readonly amplitude_access: Block };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

export interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
  readonly stacktrace?: unknown;
}

export interface Result {
  readonly file: Synthesized;
  readonly text: string;
  readonly manifest: string;
  readonly annotations: readonly Annotation[];
}

/** Synthesizes an app as `app.synth()` does for people, and reads the stack "acme" back. */
export function synthesizeApp(build: (app: App) => unknown): Result {
  const outdir = mkdtempSync(join(tmpdir(), "amplitude-constructs-"));
  try {
    const app = new App({ outdir });
    build(app);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", "acme", "cdk.tf.json"), "utf8");
    const manifest = readFileSync(join(outdir, "manifest.json"), "utf8");
    const { stacks } = JSON.parse(manifest) as { stacks: { acme: { annotations: Annotation[] } } };
    return { file: JSON.parse(text) as Synthesized, text, manifest, annotations: stacks.acme.annotations };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The stack "acme" with what `declare` puts into it. */
export function synthesize(
  declare: (stack: AccessStack) => unknown,
  props: Partial<AccessStackProps> = {},
): Result {
  return synthesizeApp((app) =>
    declare(new AccessStack(app, "acme", { orgId: 36958, region: "us", ...props })),
  );
}

/** The only block of a type, with its name. */
export function only({ file }: Result, type: string): Block & { readonly address: string } {
  const found = Object.entries(file.resource?.[type] ?? {});
  if (found.length !== 1) throw new Error(`There are ${found.length} blocks of ${type}`);
  const [[name, block]] = found as [[string, Block]];
  return { ...block, address: `${type}.${name}` };
}

/** The block of a type whose attribute has a value, with its address. */
export function the(
  { file }: Result,
  type: string,
  attribute: string,
  value: unknown,
): Block & { readonly address: string } {
  const found = Object.entries(file.resource?.[type] ?? {}).find(([, block]) => block[attribute] === value);
  if (found === undefined) throw new Error(`No ${type} has ${attribute} ${String(value)}`);
  return { ...found[1], address: `${type}.${found[0]}` };
}

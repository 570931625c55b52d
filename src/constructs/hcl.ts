/** A renamed object, as Terraform's `moved` block says it. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The HCL of a stack with what cdktf's writer gets wrong or leaves out. An override in the terraform block comes out as its place and its
 * name (`0 = "required_version"`), and blocks that are overrides of the stack itself do not come out at all: without `moved` a rename would be
 * planned as a deletion.
 *
 * @param terraform the terraform block as it is to be
 */
export function mendedHcl(
  hcl: string,
  terraform: Readonly<Record<string, unknown>>,
  moves: readonly Move[],
): string {
  const attributes = Object.keys(terraform).filter((name) => !BLOCKS.has(name));
  const mended = attributes.reduce(
    (text, name, at) =>
      text.replace(`  ${at} = ${JSON.stringify(name)}`, () => `${name} = ${JSON.stringify(terraform[name])}`),
    hcl,
  );
  const moved = moves.map(({ from, to }) => `\nmoved {\nfrom = ${from}\nto = ${to}\n}`);
  return [mended, ...moved].join("");
}

/** What is a block inside of the terraform block; the writer renders these. */
const BLOCKS: ReadonlySet<string> = new Set(["required_providers", "backend", "cloud"]);

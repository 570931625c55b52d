type Block = Readonly<Record<string, unknown>>;

/** What a stack says, written short. */
export interface StackContent {
  readonly name?: string;
  /** Beside `org_id`. */
  readonly provider?: Block;
  /** By address: `"amplitude_group.eng": { name: "eng" }`. */
  readonly resources?: Readonly<Record<string, Block>>;
  /** By address without `data.`: `"amplitude_project.web": { name: "Web" }`. */
  readonly lookups?: Readonly<Record<string, Block>>;
  /** Addresses that are let go without a change. */
  readonly released?: readonly string[];
  /** Anything else at the top of the file. */
  readonly more?: Block;
}

/** The text of a cdk.tf.json, in the order in which it is given. */
export function stackFile({
  name = "acme",
  provider = {},
  resources = {},
  lookups = {},
  released,
  more = {},
}: StackContent): string {
  return JSON.stringify({
    "//": { metadata: { stackName: name } },
    provider: { amplitude: [{ org_id: "7", ...provider }] },
    resource: byType(resources, name),
    ...(Object.keys(lookups).length === 0 ? {} : { data: byType(lookups, name) }),
    ...(released === undefined
      ? {}
      : { removed: released.map((from) => ({ from, lifecycle: { destroy: false } })) }),
    ...more,
  });
}

/** Every declared thing says where it was constructed, as cdktf's output does. */
function byType(
  blocks: Readonly<Record<string, Block>>,
  stack: string,
): Record<string, Record<string, Block>> {
  const types: Record<string, Record<string, Block>> = {};
  for (const [address, block] of Object.entries(blocks)) {
    const dot = address.indexOf(".");
    const [type, local] = [address.slice(0, dot), address.slice(dot + 1)];
    (types[type] ??= {})[local] = { "//": { metadata: { path: `${stack}/${local}` } }, ...block };
  }
  return types;
}

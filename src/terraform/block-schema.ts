import type { Attribute } from "../schema";
import type { Schema } from "./plugin/messages";
import type { Encodable } from "./plugin/protobuf";
import type { Columns } from "./value";

const MARKDOWN = 1;
const text = new TextEncoder();

/** A block's schema as core reads it. */
export function blockSchema(columns: Columns, description: string, version = 0): Encodable<typeof Schema> {
  return {
    version,
    block: {
      version,
      description,
      description_kind: MARKDOWN,
      attributes: columns.map(([name, attribute]) => attributeSchema(name, attribute)),
    },
  };
}

function attributeSchema(name: string, { type, presence, description, sensitive }: Attribute<never>) {
  return {
    name,
    type: text.encode(JSON.stringify(type.wire)),
    description,
    description_kind: MARKDOWN,
    required: presence === "required",
    optional: presence === "optional",
    computed: presence === "computed",
    sensitive,
  };
}

import fc from "fast-check";
import protobuf from "protobufjs";
import * as messages from "../../src/terraform/plugin/messages";
import { decode, encode, type Message } from "../../src/terraform/plugin/protobuf";

/** Another implementation, told the same tables. */
function declared(of: Message, root: protobuf.Root, name: string): protobuf.Type {
  const known = root.get(name);
  if (known instanceof protobuf.Type) return known;
  const type = new protobuf.Type(name);
  root.add(type);
  for (const [field, shape] of of.list) {
    const scalar = { text: "string", bytes: "bytes", flag: "bool", integer: "int64" } as const;
    const kind =
      shape.kind === "message"
        ? declared(shape.message as Message, root, `${name}_${field}`).fullName
        : scalar[shape.kind];
    if (shape.map) type.add(new protobuf.MapField(field, shape.number, "string", kind));
    else if (shape.repeated) type.add(new protobuf.Field(field, shape.number, kind, "repeated"));
    else {
      const options = shape.present ? { proto3_optional: true } : undefined;
      type.add(
        new protobuf.Field(
          field,
          shape.number,
          kind,
          shape.present ? "optional" : undefined,
          undefined,
          options,
        ),
      );
    }
  }
  return type;
}

const any: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: fc.string({ unit: "grapheme" }),
  bytes: fc.uint8Array({ maxLength: 300 }),
  flag: fc.boolean(),
  integer: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -3, max: 300 })),
};

/** Any value of a message, as both sides take it. */
function anyOf(of: Message): fc.Arbitrary<Record<string, unknown>> {
  const fields = of.list.map(([name, shape]) => {
    const one =
      shape.kind === "message" ? anyOf(shape.message as Message) : (any[shape.kind] as fc.Arbitrary<unknown>);
    const value = shape.map
      ? fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          one,
          { maxKeys: 3 },
        )
      : shape.repeated
        ? fc.array(one, { maxLength: 3 })
        : one;
    return [name, value] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

const every = Object.entries(messages.provider).flatMap(([name, { request, response }]) => [
  [`${name} request`, request as Message] as const,
  [`${name} response`, response as Message] as const,
]);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(every)("%s", (name, of) => {
  const other = declared(of, new protobuf.Root(), name.replaceAll(" ", "_"));
  const options = { longs: Number, bytes: String, defaults: true, arrays: true, objects: true } as const;

  it("is read by another implementation as it was written here, and the other way round", () => {
    fc.assert(
      fc.property(anyOf(of), (value) => {
        const ours = encode(of, value as never);
        const theirs = Buffer.from(other.encode(other.fromObject(value)).finish());
        expect(plain(decode(of, ours))).toEqual(plain(decode(of, theirs)));
        expect(plain(other.toObject(other.decode(Uint8Array.from(ours)), options))).toEqual(
          plain(other.toObject(other.decode(Uint8Array.from(theirs)), options)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

it("skips what it does not know, of every wire type", () => {
  const { DynamicValue } = messages;
  const unknown = Buffer.from("98060112" + "a2060301020399060102030405060708" + "9d0601020304", "hex");
  const known = encode(DynamicValue, { json: Uint8Array.of(7) });
  const bytes = Buffer.concat(
    [Buffer.from("980601", "hex"), unknown.subarray(4), known].map((part) => Uint8Array.from(part)),
  );
  expect([...decode(DynamicValue, bytes).json]).toEqual([7]);
});

it("refuses what is cut off", () => {
  const bytes = encode(messages.DynamicValue, { json: Uint8Array.of(1, 2, 3) });
  expect(() => decode(messages.DynamicValue, bytes.subarray(0, 3))).toThrow("ends within");
});

/**
 * Protocol buffers (proto3) by field tables: a message is a table of names, numbers and kinds, and its TypeScript types follow from it.
 * What a table does not name is skipped, because newer versions of core send more. Held against protobufjs by a test.
 */

interface Shape {
  readonly number: number;
  readonly kind: "text" | "bytes" | "flag" | "integer" | "message";
  readonly message?: Message;
  readonly repeated?: true;
  readonly map?: true;
  /** Whether absent differs from the zero value. */
  readonly present?: true;
}

/** `In` is what decoding gives, `Out` what encoding takes. The two are never there at run time. */
export interface Field<In = unknown, Out = unknown> extends Shape {
  readonly in?: readonly [In];
  readonly out?: readonly [Out];
}

export type Fields = Readonly<Record<string, Field>>;

export interface Message<F extends Fields = Fields> {
  readonly fields: F;
  readonly byNumber: ReadonlyMap<number, readonly [string, Shape]>;
  readonly list: readonly (readonly [string, Shape])[];
}

/** What a decoded message holds: zero values where nothing was sent, `undefined` only for messages and fields with presence. */
export type Decoded<M> =
  M extends Message<infer F>
    ? { readonly [K in keyof F]: F[K] extends { readonly in?: readonly [infer T] } ? T : never }
    : never;

/** What a message is encoded from: whatever is left out is not sent. */
export type Encodable<M> =
  M extends Message<infer F>
    ? {
        readonly [K in keyof F]?:
          (F[K] extends { readonly out?: readonly [infer T] } ? T : never) | undefined;
      }
    : never;

export function message<const F extends Fields>(fields: F): Message<F> {
  const list = Object.entries(fields).sort(([, a], [, b]) => a.number - b.number);
  return { fields, list, byNumber: new Map(list.map((entry) => [entry[1].number, entry])) };
}

type Scalar<T> = Field<T, T>;
export const text = (number: number): Scalar<string> => ({ number, kind: "text" });
export const bytes = (number: number): Scalar<Uint8Array> => ({ number, kind: "bytes" });
export const flag = (number: number): Scalar<boolean> => ({ number, kind: "flag" });
export const integer = (number: number): Scalar<number> => ({ number, kind: "integer" });
export const one = <M extends Message>(
  number: number,
  of: M,
): Field<Decoded<M> | undefined, Encodable<M>> => ({
  number,
  kind: "message",
  message: of,
});
export const present = <T>(field: Scalar<T>): Scalar<T | undefined> => ({ ...field, present: true }) as never;
export const list = <I, O>(field: Field<I, O>): Field<readonly NonNullable<I>[], readonly O[]> =>
  ({ ...field, repeated: true }) as never;
export const mapOf = <I, O>(
  field: Field<I, O>,
): Field<Readonly<Record<string, NonNullable<I>>>, Readonly<Record<string, O>>> =>
  ({ ...field, map: true }) as never;

type Loose = Readonly<Record<string, unknown>>;

const LENGTH_DELIMITED = 2;
const tagOf = ({ number, kind }: Shape): number =>
  number * 8 + (kind === "flag" || kind === "integer" ? 0 : LENGTH_DELIMITED);

class Writer {
  #buffer = Buffer.allocUnsafe(1024);
  #at = 0;

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
  }

  varint(value: number): void {
    this.#room(10);
    if (value < 0) {
      // Negative numbers are ten bytes of two's complement.
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest > 127n; rest >>= 7n) this.#buffer[this.#at++] = Number(rest & 127n) | 128;
      this.#buffer[this.#at++] = Number(rest);
      return;
    }
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#buffer[this.#at++] = (rest % 128) | 128;
    this.#buffer[this.#at++] = rest;
  }

  text(value: string): void {
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.#room(length);
    this.#buffer.write(value, this.#at, "utf8");
    this.#at += length;
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.#room(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  /** Something whose length is known only once it is written. */
  delimited(write: () => void): void {
    this.#room(1);
    const start = ++this.#at;
    write();
    const length = this.#at - start;
    let width = 1;
    for (let rest = length; rest > 127; rest = Math.floor(rest / 128)) width++;
    if (width > 1) {
      this.#room(width - 1);
      this.#buffer.copyWithin(start + width - 1, start, this.#at);
    }
    this.#at = start - 1;
    this.varint(length);
    this.#at += length;
  }

  done(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }
}

/** The bytes of a message. */
export function encode<M extends Message>(of: M, value: Encodable<M>): Buffer {
  const writer = new Writer();
  write(writer, of, value);
  return writer.done();
}

function write(writer: Writer, of: Message, value: Loose): void {
  for (const [name, shape] of of.list) {
    const field = value[name];
    if (field === undefined) continue;
    if (shape.repeated) for (const item of field as readonly unknown[]) writeOne(writer, shape, item, true);
    else if (shape.map) writeMap(writer, shape, field as Loose);
    else writeOne(writer, shape, field, shape.present === true);
  }
}

function writeMap(writer: Writer, shape: Shape, map: Loose): void {
  for (const [key, item] of Object.entries(map)) {
    writer.varint(tagOf({ ...shape, kind: "message" }));
    writer.delimited(() => {
      writer.varint(8 + LENGTH_DELIMITED);
      writer.text(key);
      writeOne(writer, { ...shape, number: 2 }, item, true);
    });
  }
}

function writeOne(writer: Writer, shape: Shape, value: unknown, zeroToo: boolean): void {
  switch (shape.kind) {
    case "text":
      if (!zeroToo && value === "") return;
      writer.varint(tagOf(shape));
      return writer.text(value as string);
    case "bytes":
      if (!zeroToo && (value as Uint8Array).length === 0) return;
      writer.varint(tagOf(shape));
      return writer.bytes(value as Uint8Array);
    case "flag":
    case "integer":
      if (!zeroToo && !value) return;
      writer.varint(tagOf(shape));
      return writer.varint(Number(value));
    case "message":
      writer.varint(tagOf(shape));
      return writer.delimited(() => {
        if (shape.message !== undefined) write(writer, shape.message, value as Loose);
      });
  }
}

class Reader {
  constructor(
    readonly buffer: Buffer,
    public at: number,
  ) {}

  varint(): number {
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.buffer[this.at++];
      if (byte === undefined) throw new Error("the message ends within a number");
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    if (this.at - start < 8) return value;
    let exact = 0n;
    for (let at = this.at - 1; at >= start; at--)
      exact = (exact << 7n) | BigInt((this.buffer[at] ?? 0) & 127);
    return Number(BigInt.asIntN(64, exact));
  }

  /** The end of what comes next. */
  end(): number {
    const length = this.varint();
    const end = this.at + length;
    if (end > this.buffer.length) throw new Error("the message ends within a field");
    return end;
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.at += 8;
    else if (wireType === LENGTH_DELIMITED) this.at = this.end();
    else if (wireType === 5) this.at += 4;
    else throw new Error(`wire type ${wireType} is not in use`);
  }
}

/** A message from its bytes. Throws where they are none. */
export function decode<M extends Message>(of: M, buffer: Buffer): Decoded<M> {
  return read(new Reader(buffer, 0), of, buffer.length) as Decoded<M>;
}

function read(reader: Reader, of: Message, end: number): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, shape] of of.list) found[name] = zero(shape);
  while (reader.at < end) {
    const tag = reader.varint();
    const wireType = tag & 7;
    const entry = of.byNumber.get(Math.floor(tag / 8));
    if (entry === undefined) {
      reader.skip(wireType);
      continue;
    }
    const [name, shape] = entry;
    if (shape.map) {
      const [key, item] = readEntry(reader, shape);
      (found[name] as Record<string, unknown>)[key] = item;
    } else if (shape.repeated && wireType === LENGTH_DELIMITED && isNumber(shape)) {
      const packed = reader.end();
      while (reader.at < packed) (found[name] as unknown[]).push(readOne(reader, shape));
    } else if (shape.repeated) (found[name] as unknown[]).push(readOne(reader, shape));
    else found[name] = readOne(reader, shape);
  }
  return found;
}

function isNumber({ kind }: Shape): boolean {
  return kind === "flag" || kind === "integer";
}

function readEntry(reader: Reader, shape: Shape): [string, unknown] {
  const end = reader.end();
  let key = "";
  let item = zero({ number: 2, kind: shape.kind }) ?? {};
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === 8 + LENGTH_DELIMITED) key = readOne(reader, { number: 1, kind: "text" }) as string;
    else if (Math.floor(tag / 8) === 2) item = readOne(reader, shape) as object;
    else reader.skip(tag & 7);
  }
  return [key, item];
}

function readOne(reader: Reader, { kind, message: of }: Shape): unknown {
  if (kind === "integer") return reader.varint();
  if (kind === "flag") return reader.varint() !== 0;
  const end = reader.end();
  const start = reader.at;
  if (kind === "message" && of !== undefined) return read(reader, of, end);
  reader.at = end;
  return kind === "text" ? reader.buffer.toString("utf8", start, end) : reader.buffer.subarray(start, end);
}

const NO_BYTES = Buffer.alloc(0);

function zero({ kind, repeated, map, present: hasPresence }: Shape): unknown {
  if (repeated) return [];
  if (map) return {};
  if (hasPresence || kind === "message") return undefined;
  return kind === "text" ? "" : kind === "bytes" ? NO_BYTES : kind === "flag" ? false : 0;
}

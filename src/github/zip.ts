import { inflateRawSync } from "node:zlib";

/** What an archive may hold. */
export interface ZipLimits {
  readonly entries: number;
  /** Bytes that one entry, and that all wanted ones together, really unpack to. */
  readonly entryBytes: number;
  readonly totalBytes: number;
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly checksum: number;
  readonly at: number;
}

/**
 * The wanted files of a zip archive by their path, unpacked in memory. What an archive says of sizes is checked against what comes out, and
 * nothing is made larger than the limits. Paths are unique by their last part too, whatever case they are in: that is what they are written under.
 * The format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
 *
 * @throws Error in words that name the entry
 */
export function unzipped(
  zip: Uint8Array,
  wanted: (path: string) => boolean,
  limits: ZipLimits,
): ReadonlyMap<string, Uint8Array> {
  const entries = directoryOf(zip, limits.entries);
  const seen = new Map<string, string>();
  const files = new Map<string, Uint8Array>();
  let total = 0;
  for (const entry of entries) {
    const { path } = entry;
    const isFolder = path.endsWith("/");
    const parts = (isFolder ? path.slice(0, -1) : path).split("/");
    if (parts.some((part) => part === "" || part === "." || part === "..") || /[\\\p{C}]/u.test(path))
      throw new Error(`${JSON.stringify(path)} is no path inside of an archive`);
    const name = (parts.at(-1) ?? "").normalize("NFC").toLowerCase();
    if (isFolder) continue;
    const other = seen.get(name);
    if (other !== undefined)
      throw new Error(`${JSON.stringify(other)} and ${JSON.stringify(path)} have the same name`);
    seen.set(name, path);
    if (!wanted(path)) continue;
    const most = Math.min(limits.entryBytes, limits.totalBytes - total);
    const content = contentOf(zip, entry, most);
    total += content.length;
    files.set(path, content);
  }
  return files;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** A comment at the end has at most as many bytes. */
const LONGEST_COMMENT = 0xffff;
/** Bit 0: encrypted. Bit 11: the name is UTF-8. */
const ENCRYPTED = 1;

function directoryOf(zip: Uint8Array, most: number): Entry[] {
  const bytes = viewOf(zip);
  const end = endOf(bytes);
  const count = bytes.getUint16(end + 10, true);
  if (count > most) throw new Error(`it has ${count} entries, more than ${most}`);
  const entries: Entry[] = [];
  let at = bytes.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > end || bytes.getUint32(at, true) !== ENTRY)
      throw new Error("its directory is damaged");
    const nameLength = bytes.getUint16(at + 28, true);
    const next =
      at + ENTRY_LENGTH + nameLength + bytes.getUint16(at + 30, true) + bytes.getUint16(at + 32, true);
    if (next > end) throw new Error("its directory is damaged");
    const name = zip.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
    if ((bytes.getUint16(at + 8, true) & ENCRYPTED) !== 0) throw new Error("it is encrypted");
    entries.push({
      path: new TextDecoder("utf8", { fatal: true, ignoreBOM: true }).decode(name),
      method: bytes.getUint16(at + 10, true),
      checksum: bytes.getUint32(at + 16, true),
      packed: bytes.getUint32(at + 20, true),
      size: bytes.getUint32(at + 24, true),
      at: bytes.getUint32(at + 42, true),
    });
    at = next;
  }
  if (at !== end) throw new Error("there is something between its directory and its end");
  return entries;
}

/** The record at the very end: another one that is found earlier could show other entries. */
function endOf(bytes: DataView): number {
  const first = Math.max(0, bytes.byteLength - END_LENGTH - LONGEST_COMMENT);
  for (let at = bytes.byteLength - END_LENGTH; at >= first; at--) {
    if (bytes.getUint32(at, true) !== END) continue;
    if (at + END_LENGTH + bytes.getUint16(at + 20, true) === bytes.byteLength) return at;
  }
  throw new Error("it is no zip archive, or cut short");
}

function contentOf(
  zip: Uint8Array,
  { path, method, packed, size, checksum, at }: Entry,
  most: number,
): Uint8Array {
  const bytes = viewOf(zip);
  const name = JSON.stringify(path);
  if (at + LOCAL_LENGTH > bytes.byteLength || bytes.getUint32(at, true) !== LOCAL)
    throw new Error(`${name} is not where its directory says`);
  const from = at + LOCAL_LENGTH + bytes.getUint16(at + 26, true) + bytes.getUint16(at + 28, true);
  if (from + packed > bytes.byteLength) throw new Error(`${name} is cut short`);
  const raw = zip.subarray(from, from + packed);
  const tooLarge = new Error(`${name} unpacks to more than the ${most} bytes that are left for it`);
  if (method !== 0 && method !== 8)
    throw new Error(`${name} is packed in a way that is not known (${method})`);
  if (method === 0 && raw.length > most) throw tooLarge;
  let content: Uint8Array;
  try {
    content = method === 0 ? raw : inflated(raw, most);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw code === "ERR_BUFFER_TOO_LARGE" ? tooLarge : new Error(`${name} is damaged`);
  }
  if (content.length > most) throw tooLarge;
  if (content.length !== size || crc32(content) !== checksum)
    throw new Error(`${name} does not unpack to what its directory says`);
  return content;
}

function inflated(raw: Uint8Array, most: number): Uint8Array {
  const { buffer, byteOffset, byteLength } = inflateRawSync(raw, { maxOutputLength: Math.max(1, most) });
  return new Uint8Array(buffer, byteOffset, byteLength);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Node has one of its own from 20.15 on. */
function crc32(content: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of content) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}

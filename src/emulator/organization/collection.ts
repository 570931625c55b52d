/** A record with its place in the order of creation, which later changes keep. */
export interface Entry<V> {
  readonly sequence: number;
  readonly value: V;
}

interface Bucket<V> {
  readonly entries: Map<string, Entry<V>>;
  list?: readonly Entry<V>[];
  values?: readonly V[];
}

/**
 * Immutable records by key, in order of creation. Lists are cached until the next change, so a page costs what
 * its rows cost; indexes are built on first use and then kept.
 */
export class Collection<V> {
  private readonly all: Bucket<V> = { entries: new Map() };
  private readonly indexes = new Map<string, Map<string, Bucket<V>>>();
  private sequence = 0;

  constructor(
    private readonly keyOf: (value: V) => string,
    private readonly indexKeys: Readonly<Record<string, (value: V) => readonly string[]>> = {},
    private readonly changed: () => void = () => undefined,
  ) {}

  get size(): number {
    return this.all.entries.size;
  }

  get(key: string): V | undefined {
    return this.all.entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.all.entries.has(key);
  }

  /** Adds a record, or replaces the one of the same key in its place. */
  set(value: V): void {
    const key = this.keyOf(value);
    const before = this.all.entries.get(key);
    const entry = { sequence: before?.sequence ?? ++this.sequence, value };
    put(this.all, key, entry);
    for (const [name, index] of this.indexes) {
      const old = before === undefined ? [] : this.indexed(name, before.value);
      const fresh = new Set(this.indexed(name, value));
      for (const gone of old.filter((each) => !fresh.has(each))) take(index, gone, key);
      for (const at of fresh) put(bucketOf(index, at), key, entry);
    }
    this.changed();
  }

  delete(key: string): void {
    const before = this.all.entries.get(key);
    if (before === undefined) return;
    this.all.entries.delete(key);
    forget(this.all);
    for (const [name, index] of this.indexes) {
      for (const at of this.indexed(name, before.value)) take(index, at, key);
    }
    this.changed();
  }

  /** Every record, oldest first. */
  list(): readonly Entry<V>[] {
    return listOf(this.all);
  }

  values(): readonly V[] {
    const list = this.list();
    return (this.all.values ??= list.map((entry) => entry.value));
  }

  /** The records that an index files under `at`, oldest first. */
  where(indexName: string, at: string): readonly Entry<V>[] {
    const bucket = this.index(indexName).get(at);
    return bucket === undefined ? [] : listOf(bucket);
  }

  /** The same records in a collection of its own; the records are shared, for they never change. */
  copy(): Collection<V> {
    const copy = new Collection(this.keyOf, this.indexKeys);
    for (const [key, entry] of this.all.entries) copy.all.entries.set(key, entry);
    copy.sequence = this.sequence;
    return copy;
  }

  private index(name: string): Map<string, Bucket<V>> {
    let index = this.indexes.get(name);
    if (index === undefined) {
      index = new Map();
      for (const [key, entry] of this.all.entries) {
        for (const at of this.indexed(name, entry.value)) bucketOf(index, at).entries.set(key, entry);
      }
      this.indexes.set(name, index);
    }
    return index;
  }

  private indexed(name: string, value: V): readonly string[] {
    const keys = this.indexKeys[name];
    if (keys === undefined) throw new Error(`There is no index ${name}.`);
    return keys(value);
  }
}

function bucketOf<V>(index: Map<string, Bucket<V>>, at: string): Bucket<V> {
  let bucket = index.get(at);
  if (bucket === undefined) {
    bucket = { entries: new Map() };
    index.set(at, bucket);
  }
  return bucket;
}

function put<V>(bucket: Bucket<V>, key: string, entry: Entry<V>): void {
  bucket.entries.set(key, entry);
  forget(bucket);
}

function forget<V>(bucket: Bucket<V>): void {
  bucket.list = undefined;
  bucket.values = undefined;
}

function take<V>(index: Map<string, Bucket<V>>, at: string, key: string): void {
  const bucket = index.get(at);
  if (bucket === undefined) return;
  bucket.entries.delete(key);
  forget(bucket);
  if (bucket.entries.size === 0) index.delete(at);
}

function listOf<V>(bucket: Bucket<V>): readonly Entry<V>[] {
  // An index may file a record later than its turn (a group that gained an old member): creation order is what
  // a cursor counts on.
  bucket.list ??= [...bucket.entries.values()].sort((one, other) => one.sequence - other.sequence);
  return bucket.list;
}

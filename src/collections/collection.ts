import type { ZodType } from "zod";
import type { Effect, Group, OrganizationFacts } from "../access";
import type { Family, Listing, ListOptions, ReadApi } from "../api";

/** What a stack says beside what is read. */
export interface DeclaredFacts {
  /** Who writes the members of a group, by its name. */
  readonly writers: ReadonlyMap<string, Group["writer"]>;
  /** The same by Amplitude's id, where code knows it: a group keeps its writer when somebody renames it. */
  readonly writersById?: ReadonlyMap<string, Group["writer"]>;
  readonly roleIds: Readonly<Record<string, string>>;
  readonly projectIds: Readonly<Record<string, string>>;
}

/** Who writes the members of a live group. */
export function writerOf(
  { writers, writersById }: DeclaredFacts,
  { id, name }: Pick<Group, "id" | "name">,
): Group["writer"] {
  return writers.get(name) ?? writersById?.get(id) ?? "unknown";
}

/**
 * One list of the live organization, declared once: the snapshot and its file, the look-ups of the model and the reads of the Terraform host
 * derive from it. Its name is its name in the registry (`index.ts`).
 */
export interface Collection<Row> {
  /** The API family that serves it. Without that family's credentials nothing is known of its rows. */
  readonly family: Family;
  /** What is listed, in words, as in its proof: `module grants`. */
  readonly title: string;
  /** A row as it is saved. Its type is inferred from this. */
  readonly row: ZodType<Row>;
  /** Amplitude's id of a row. */
  id(row: Row): string;
  /** What people call a row; absent where it has no name. */
  name?(row: Row): string;
  /** All rows. Throws ApiFailure, NotWhole. */
  list(api: ReadApi, options: ListOptions): Promise<Listing<Row>>;
  /** The row of an id, asked for singly; undefined when Amplitude says that there is none. */
  one?(api: ReadApi, id: string): Promise<Row | undefined>;
  /** Effects of steps after which its rows are other ones. */
  readonly changedBy: readonly Effect["type"][];
  /** The model of the organization with these rows in it; the rows of collections before it in the registry are in `facts` already. */
  model(facts: OrganizationFacts, rows: readonly Row[], declared: DeclaredFacts): OrganizationFacts;
}

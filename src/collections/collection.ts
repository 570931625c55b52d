import type { ZodType } from "zod";
import type { Effect, Group, OrganizationFacts } from "../access";
import type { Family, ListOptions, Proof, ReadApi, SingleOptions, UnknownRow } from "../api";

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

/** A whole list. A single answer, which has no pages, needs no proof. */
export interface ReadRows<Row> {
  readonly items: readonly Row[];
  readonly proof?: Proof;
  /** Rows that are not understood, and so not among the items. */
  readonly unknownRows?: readonly UnknownRow[];
}

/** Objects that must be there because a row names them. */
export interface Referred {
  /** E-mails. */
  readonly people?: readonly string[];
  /** Amplitude's ids. */
  readonly groups?: readonly string[];
  readonly projects?: readonly string[];
  /** Names. */
  readonly roles?: readonly string[];
}

/**
 * One list of the live organization, declared once: the snapshot and its file, the look-ups of the model and the reads of the Terraform host
 * derive from it. Its name is its name in the registry.
 */
export interface Collection<Row> {
  /** The API family that serves it. Where that family does not answer, nothing is known of its rows. */
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
  list(api: ReadApi, options: ListOptions): Promise<ReadRows<Row>>;
  /** The row of an id, asked for singly; undefined when Amplitude says that there is none. */
  one?(api: ReadApi, id: string, options?: SingleOptions<Row>): Promise<Row | undefined>;
  /** What a row is asked for by where nobody knows its id. Absent: its id. */
  readonly key?: {
    of(row: Row): string;
    read(api: ReadApi, key: string): Promise<Row | undefined>;
  };
  /**
   * How much there is to list, where that is no list with an end. `one row`: one answer, in which no row can be missing. `by place`: there is no
   * list of all of them, and each place of which a declaration speaks is read singly.
   */
  readonly extent?: "one row" | "by place";
  /** It only says again what another list says, for whoever wants to hold them against each other: a state tells nothing of it. */
  readonly witness?: true;
  /** A part of it may be known without its family: from the stack, or over another API. The kind says what is. */
  readonly partlyKnown?: true;
  /** Effects of steps after which its rows are other ones. */
  readonly changedBy: readonly Effect["type"][];
  /**
   * The model of the organization with these rows in it; the rows of collections before it in the registry are in `facts` already. Absent:
   * they are in the model as they were read, and nobody's access depends on them.
   */
  model?(facts: OrganizationFacts, rows: readonly Row[], declared: DeclaredFacts): OrganizationFacts;
  /** How several tell of one row where a host's state is all that is known. Absent: every row stands for itself. */
  readonly shown?: Shown<Row>;
  /** What else must be there. */
  refers?(row: Partial<Row>): Referred;
}

/** How a row is put together of what a state tells. */
export interface Shown<Row> {
  /** What is there in any case. */
  readonly always?: readonly Partial<Row>[];
  /** Equal for what tells of the same row. */
  key(told: Partial<Row>): string;
  /** The row of all that is told of it, in the order of the telling. */
  of(told: readonly Partial<Row>[]): Row;
}

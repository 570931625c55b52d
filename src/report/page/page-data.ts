/** What the page's script is given, as JSON. Numbers are places in the lists beside them. */
export interface PageData {
  readonly projects: readonly string[];
  readonly groups: readonly { readonly name: string; readonly grants: readonly Edge[] }[];
  /** What somebody holds, in words: `no access`, `Member`. */
  readonly texts: readonly string[];
  readonly people: readonly PagePerson[];
}

export interface PagePerson {
  readonly email: string;
  /** A kind of change, or nothing. */
  readonly change: string;
  /** Place of the person's card on the page; -1 where nothing changes. */
  readonly card: number;
  readonly cells: readonly Cell[];
  /** To groups. */
  readonly groups: readonly Edge[];
  /** To projects, past every group. */
  readonly direct: readonly Edge[];
}

/** Project, text before, text after, level for the colour, and what happens: more, less, both, the same by other ways, nothing. */
export type Cell = readonly [
  project: number,
  before: number,
  after: number,
  level: number,
  mark: "+" | "-" | "~" | "=" | "",
];

/** Where it leads, whether it comes, goes, changes or stays, and what is held; -1: a membership. */
export type Edge = readonly [to: number, state: "+" | "-" | "~" | "", text: number];

import type { Edge, PageData } from "../page/page-data";
import type { Bundle } from "./selection";

export interface Node {
  /** `p0`, `g3`, `j12`. */
  readonly id: string;
  readonly column: 0 | 1 | 2;
  readonly label: string;
  y: number;
}

export interface Link {
  readonly from: Node;
  readonly to: Node;
  readonly state: Edge[1];
  /** What is held; nothing for a membership. */
  readonly text: string;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly links: readonly Link[];
}

/** People, their groups, the projects that both open; each column in an order that crosses few lines. */
export function graphOf(shown: readonly Bundle[], { groups, projects, texts }: PageData): Graph {
  const nodes = new Map<string, Node>();
  const links: Link[] = [];
  const node = (id: string, column: Node["column"], label: string): Node => {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const made = { id, column, label, y: 0 };
    nodes.set(id, made);
    return made;
  };
  const textOf = (text: number): string => (text < 0 ? "" : (texts[text] ?? ""));
  shown.forEach(({ people, first }, index) => {
    const label = people.length === 1 ? first.email : `${people.length} people, ${first.email}, …`;
    const person = node(`p${index}`, 0, label);
    for (const [to, state] of first.groups)
      links.push({ from: person, to: node(`g${to}`, 1, groups[to]?.name ?? ""), state, text: "" });
    for (const [to, state, text] of first.direct)
      links.push({ from: person, to: node(`j${to}`, 2, projects[to] ?? ""), state, text: textOf(text) });
  });
  for (const group of [...nodes.values()].filter(({ column }) => column === 1)) {
    for (const [to, state, text] of groups[Number(group.id.slice(1))]?.grants ?? [])
      links.push({ from: group, to: node(`j${to}`, 2, projects[to] ?? ""), state, text: textOf(text) });
  }
  place([...nodes.values()], links);
  return { nodes: [...nodes.values()], links };
}

/** Each column by the middle of what it hangs on, twice there and once back. */
function place(nodes: readonly Node[], links: readonly Link[]): void {
  const columns = [0, 1, 2].map((column) => nodes.filter((node) => node.column === column));
  for (const column of columns) column.forEach((node, index) => (node.y = index));
  const order = (column: number, side: "from" | "to"): void => {
    const other = side === "from" ? "to" : "from";
    const middles = new Map<Node, { sum: number; count: number }>();
    for (const link of links) {
      const middle = middles.get(link[other]) ?? { sum: 0, count: 0 };
      const from = columns[link[side].column]?.length ?? 1;
      middles.set(link[other], { sum: middle.sum + link[side].y / from, count: middle.count + 1 });
    }
    const sorted = [...(columns[column] ?? [])].sort((a, b) => middleOf(middles, a) - middleOf(middles, b));
    sorted.forEach((node, index) => (node.y = index));
  };
  order(1, "from");
  order(2, "from");
  order(1, "to");
  order(0, "to");
  order(1, "from");
  order(2, "from");
}

function middleOf(middles: ReadonlyMap<Node, { sum: number; count: number }>, node: Node): number {
  const middle = middles.get(node);
  return middle === undefined ? 1 : middle.sum / middle.count;
}

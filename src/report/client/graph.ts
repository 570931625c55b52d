import type { PageData, PagePerson } from "../page/page-data";
import { cleanText as clean } from "../clean-text";
import { number } from "../count";
import { byId, element, shape } from "./elements";
import { graphOf, type Graph, type Link, type Node as GraphNode } from "./graph-layout";
import { bundles } from "./selection";

/** More people than this, those of equal ways together, are too many to be followed by eye. */
const DRAWN = 40;
/** More ways than this of one box are in the list. */
const READ_OUT = 12;
const [ROW, TOP, WIDTH, BOX] = [34, 34, 1020, 250];
const STATES = { "": "stays", "+": "comes", "-": "goes", "~": "turns" } as const;

/** Draws people, groups and projects, and the ways between them; the same as a list for who cannot see it. */
export function drawGraph(people: readonly PagePerson[], data: PageData): void {
  const all = bundles(people);
  const graph = graphOf(all.slice(0, DRAWN), data);
  const left = all.slice(DRAWN).reduce((sum, bundle) => sum + bundle.people.length, 0);
  byId("drawn").textContent =
    left === 0
      ? `${number(people.length)} people; those of equal ways are one box. Point at a box, or move there with Tab, to follow its ways.`
      : `${number(people.length - left)} of ${number(people.length)} people are drawn; filter to see the others.`;
  byId("drawing").replaceChildren(picture(graph));
  const ways = byId("ways") as HTMLDetailsElement;
  const list = ways.querySelector("ul");
  const fill = (): void => {
    if (ways.open) list?.replaceChildren(...graph.links.map((link) => element("li", {}, sentence(link))));
  };
  // Nobody waits for a list that is folded.
  ways.ontoggle = fill;
  fill();
}

function picture({ nodes, links }: Graph): SVGSVGElement {
  const tallest = Math.max(
    1,
    ...[0, 1, 2].map((column) => nodes.filter((node) => node.column === column).length),
  );
  const height = TOP + tallest * ROW + 8;
  const drawing = shape("svg", {
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    role: "group",
    "aria-label": "People, their groups, and projects",
  });
  ["People", "Groups", "Projects"].forEach((title, column) =>
    drawing.append(shape("text", { x: left(column), y: 16, class: "title" }, title)),
  );
  const counts = [0, 1, 2].map((column) => nodes.filter((node) => node.column === column).length);
  const y = ({ column, y: place }: GraphNode): number =>
    TOP + (place + (tallest - (counts[column] ?? 0)) / 2) * ROW;
  const lines = new Map(links.map((link) => [link, path(link, y)]));
  drawing.append(...lines.values());
  const own = linksOf(links);
  for (const node of nodes) {
    const mine = followed(node, own).flatMap((link) => lines.get(link) ?? []);
    drawing.append(box(node, y(node), mine, drawing, own.get(node) ?? []));
  }
  return drawing;
}

const left = (column: number): number => (column * (WIDTH - BOX)) / 2;

function path({ from, to, state, text }: Link, y: (node: GraphNode) => number): SVGGElement {
  const [x1, y1, x2, y2] = [left(from.column) + BOX, y(from) + 13, left(to.column), y(to) + 13];
  const bend = (x2 - x1) / 2;
  const curve = shape("path", { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}` });
  const title = shape("title", {}, sentence({ from, to, state, text }));
  return shape("g", { class: `way ${STATES[state]}` }, curve, title);
}

function linksOf(links: readonly Link[]): ReadonlyMap<GraphNode, Link[]> {
  const own = new Map<GraphNode, Link[]>();
  for (const link of links) {
    for (const node of [link.from, link.to]) {
      const known = own.get(node);
      if (known === undefined) own.set(node, [link]);
      else known.push(link);
    }
  }
  return own;
}

/** What a box stands for: its own ways, and for a person those of their groups too. */
function followed(node: GraphNode, own: ReadonlyMap<GraphNode, readonly Link[]>): readonly Link[] {
  const mine = own.get(node) ?? [];
  if (node.column !== 0) return mine;
  const further = mine.flatMap(({ to }) =>
    to.column === 1 ? (own.get(to) ?? []).filter(({ from }) => from === to) : [],
  );
  return [...mine, ...further];
}

function box(
  node: GraphNode,
  y: number,
  lines: readonly SVGGElement[],
  drawing: SVGSVGElement,
  links: readonly Link[],
): SVGGElement {
  const label = clean(node.label);
  const short = label.length > 28 ? `${label.slice(0, 27)}…` : label;
  const more = links.length > READ_OUT ? [`and ${links.length - READ_OUT} more`] : [];
  const ways = [...links.slice(0, READ_OUT).map(sentence), ...more];
  const made = shape(
    "g",
    { class: `box c${node.column}`, tabindex: 0, role: "img", "aria-label": `${label}: ${ways.join("; ")}` },
    shape("rect", { x: left(node.column), y, width: BOX, height: 26, rx: 6 }),
    shape("text", { x: left(node.column) + 10, y: y + 17 }, short),
    shape("title", {}, label),
  );
  const light = (on: boolean) => () => {
    drawing.classList.toggle("following", on);
    made.classList.toggle("lit", on);
    for (const line of lines) line.classList.toggle("lit", on);
  };
  for (const happening of ["focus", "mouseenter"]) made.addEventListener(happening, light(true));
  for (const happening of ["blur", "mouseleave"]) made.addEventListener(happening, light(false));
  return made;
}

function sentence({ from, to, state, text }: Link): string {
  const held = text === "" ? "" : `: ${text}`;
  return clean(`${from.label} → ${to.label}${held}${state === "" ? "" : `, ${STATES[state]}`}`);
}

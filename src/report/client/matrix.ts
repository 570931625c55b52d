import type { Cell, PageData, PagePerson } from "../page/page-data";
import { cleanText as clean } from "../clean-text";
import { byId, element, pages } from "./elements";

const ROWS = 60;
const SHORT = ["", "V", "Mb", "Mg", "Ad", "Org", "◇"];
const MARKS: Readonly<Record<Cell[4], readonly [sign: string, tone: string, word: string]>> = {
  "+": ["+", "up", "gains"],
  "-": ["−", "down", "loses"],
  "~": ["±", "mixed", "gains and loses"],
  "=": ["=", "moved", "equal access, by other ways"],
  "": ["", "", ""],
};

/** People by projects. A page of rows is in the document at a time; arrow keys move over cells and pages. */
export class Matrix {
  readonly #data: PageData;
  readonly #table = byId("grid");
  readonly #says = byId("cell");
  #people: readonly PagePerson[] = [];
  #projects: readonly number[] = [];
  #page = 0;
  #at: readonly [row: number, column: number] = [0, 0];

  constructor(data: PageData) {
    this.#data = data;
    this.#table.addEventListener("keydown", (event) => this.#move(event));
    for (const happening of ["click", "focusin"] as const)
      this.#table.addEventListener(happening, (event) => this.#choose(event.target));
  }

  show(people: readonly PagePerson[], project: number | undefined): void {
    this.#people = people;
    const held = new Set(people.flatMap(({ cells }) => cells.map(([on]) => on)));
    this.#projects = this.#data.projects
      .map((_, index) => index)
      .filter((index) => (project === undefined ? held.has(index) : index === project));
    this.#draw(0);
  }

  #draw(page: number): void {
    this.#page = page;
    const { projects } = this.#data;
    const head = element(
      "tr",
      {},
      element("td", { class: "corner" }),
      ...this.#projects.map((index) =>
        element(
          "th",
          { scope: "col" },
          element("span", {}, element("bdi", {}, clean(projects[index] ?? ""))),
        ),
      ),
    );
    const rows = this.#people
      .slice(page * ROWS, (page + 1) * ROWS)
      .map((person, row) => this.#row(person, row));
    this.#table.setAttribute("aria-rowcount", String(this.#people.length + 1));
    this.#table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
    pages(byId("grid-pages"), this.#people.length, ROWS, page, (next) => {
      this.#draw(next);
      byId("matrix").scrollIntoView();
    });
    this.#focusable(0, 0);
  }

  #row(person: PagePerson, row: number): HTMLTableRowElement {
    const cells = new Map(person.cells.map((cell) => [cell[0], cell]));
    const line = element(
      "tr",
      { "aria-rowindex": String(this.#page * ROWS + row + 2) },
      element("th", { scope: "row" }, element("bdi", {}, clean(person.email))),
    );
    for (const project of this.#projects) {
      const cell = cells.get(project);
      const made = document.createElement("td");
      made.tabIndex = -1;
      if (cell !== undefined) this.#fill(made, cell);
      line.append(made);
    }
    return line;
  }

  #fill(made: HTMLTableCellElement, cell: Cell): void {
    const [, , after, level, mark] = cell;
    const [sign, tone] = MARKS[mark];
    const gone = this.#data.texts[after] === "no access";
    made.className = `r${level} ${tone}${gone ? " gone" : ""}`;
    // What is seen is short; what is read out is a sentence.
    made.append(
      element("span", { "aria-hidden": "true" }, `${gone ? "" : (SHORT[level] ?? "")}${sign}`),
      element("span", { class: "sr" }, this.#sentence(cell)),
    );
  }

  /** `Manager → Member, loses` */
  #sentence([, before, after, , mark]: Cell): string {
    const [was = "", is = ""] = [this.#data.texts[before], this.#data.texts[after]];
    const [, , word] = MARKS[mark];
    return clean(`${was === is ? is : `${was} → ${is}`}${word === "" ? "" : `, ${word}`}`);
  }

  #choose(target: EventTarget | null): void {
    const cell = (target as Element | null)?.closest("tbody td");
    if (!(cell instanceof HTMLTableCellElement) || !(cell.parentElement instanceof HTMLTableRowElement))
      return;
    const [row, column] = [cell.parentElement.sectionRowIndex, cell.cellIndex - 1];
    this.#focusable(row, column);
    const person = this.#people[this.#page * ROWS + row];
    const project = this.#projects[column];
    if (person === undefined || project === undefined) return;
    const held = person.cells.find(([on]) => on === project);
    const says = held === undefined ? "no access, before and after" : this.#sentence(held);
    const ways = this.#ways(person, project);
    this.#says.replaceChildren(
      element("b", {}, clean(person.email)),
      ` on ${clean(this.#data.projects[project] ?? "")}: ${says}${ways === "" ? "" : ` — ${ways}`}`,
    );
  }

  /** Every way that leads there: `direct Member (goes); agency-nova: Viewer (comes)`. */
  #ways(person: PagePerson, project: number): string {
    const { groups, texts } = this.#data;
    const words = { "+": " (comes)", "-": " (goes)", "~": " (changes)", "": "" };
    const direct = person.direct
      .filter(([to]) => to === project)
      .map(([, state, text]) => `direct ${texts[text] ?? ""}${words[state]}`);
    const through = person.groups.flatMap(([group, state]) =>
      (groups[group]?.grants ?? [])
        .filter(([to]) => to === project)
        .map(
          ([, change, text]) =>
            `via ${groups[group]?.name ?? ""}: ${texts[text] ?? ""}${words[state === "" ? change : state]}`,
        ),
    );
    return clean([...direct, ...through].join("; "));
  }

  /** One cell at a time can be reached by Tab. */
  #focusable(row: number, column: number): HTMLTableCellElement | undefined {
    const [before, now] = [this.#cell(...this.#at), this.#cell(row, column)];
    if (before !== undefined) before.tabIndex = -1;
    if (now === undefined) return undefined;
    this.#at = [row, column];
    now.tabIndex = 0;
    return now;
  }

  #cell(row: number, column: number): HTMLTableCellElement | undefined {
    const body = this.#table.querySelector("tbody");
    return body?.rows[row]?.cells[column + 1];
  }

  #move(event: KeyboardEvent): void {
    const [row, column] = this.#at;
    const last = this.#projects.length - 1;
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      Home: [row, 0],
      End: [row, last],
      PageDown: [row + 10, column],
      PageUp: [Math.max(0, row - 10), column],
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const turned = this.#turn(target[0]);
    this.#focusable(turned, Math.min(Math.max(target[1], 0), last))?.focus();
  }

  /** Leafs to the page that holds the row, and answers its place there. */
  #turn(row: number): number {
    const wanted = Math.min(Math.max(0, this.#page * ROWS + row), this.#people.length - 1);
    const page = Math.floor(wanted / ROWS);
    if (page !== this.#page) this.#draw(page);
    return wanted - page * ROWS;
  }
}

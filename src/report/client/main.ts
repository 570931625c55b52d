import type { PageData } from "../page/page-data";
import { number } from "../count";
import { byId, pages } from "./elements";
import { drawGraph } from "./graph";
import { Matrix } from "./matrix";
import { selected, type Wanted } from "./selection";

/** Cards in sight at a time. */
const CARDS = 60;

const data = JSON.parse(byId("data").textContent) as PageData;
const form = byId("filter") as HTMLFormElement;
const cards = [...document.querySelectorAll<HTMLElement>("[data-card]")];
const matrix = new Matrix(data);

function wanted(): Wanted {
  const fields = new FormData(form);
  const place = (name: string): number | undefined => {
    const value = fields.get(name);
    return typeof value === "string" && value !== "" ? Number(value) : undefined;
  };
  const person = fields.get("person");
  return {
    person: typeof person === "string" ? person : "",
    project: place("project"),
    group: place("group"),
    changes: new Set(fields.getAll("change").filter((value) => typeof value === "string")),
  };
}

function showCards(found: readonly number[], page: number): void {
  for (const card of document.querySelectorAll(".card.on")) card.classList.remove("on");
  for (const index of found.slice(page * CARDS, (page + 1) * CARDS)) cards[index]?.classList.add("on");
  pages(byId("card-pages"), found.length, CARDS, page, (next) => {
    showCards(found, next);
    byId("people").scrollIntoView();
  });
}

function show(): void {
  const asked = wanted();
  const people = selected(data, asked);
  byId("found").textContent = `${number(people.length)} of ${number(data.people.length)} people`;
  showCards(
    people.flatMap(({ card }) => (card < 0 ? [] : [card])),
    0,
  );
  matrix.show(people, asked.project);
  drawGraph(people, data);
}

if (data.people.length > 0) {
  for (const id of ["filter", "matrix", "graph"]) byId(id).hidden = false;
  let soon: number | undefined;
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
document.documentElement.dataset["ready"] = "yes";

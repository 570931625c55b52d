import { counted } from "../count";
import { organizationText, rowsOf } from "../view/person-rows";
import { changeKinds, type ChangeKind, type PersonView, type PlanView } from "../view/plan-view";
import { markup, name, type Markup } from "./markup";
import type { PageData } from "./page-data";

/** More than this many different changes of one person are in the matrix only. */
const SHOWN_ROWS = 12;
const SHOWN_PROJECTS = 8;

const words: Readonly<Record<ChangeKind, readonly [word: string, tone: string]>> = {
  leaves: ["leaves", "minus"],
  loses: ["loses access", "minus"],
  changes: ["changes", "both"],
  joins: ["joins", "plus"],
  gains: ["gains access", "plus"],
  equal: ["equal access", "same"],
};

/** Who gains and loses what: in words, as a matrix, as a graph; the last two are drawn by the page's script. */
export function peopleSection(
  { people, totals, unknownAccess }: PlanView,
  { projects, groups, people: shown }: PageData,
): Markup {
  const known = changeKinds.filter((kind) => totals.people[kind] > 0);
  const unchanged = shown.length - people.length;
  return markup`<section aria-labelledby="people">
<h2 id="people">People <span class="count">${people.length.toLocaleString("en-US")}</span></h2>
${unknownAccess === undefined ? undefined : markup`<p>${unknownAccess}.</p>`}
${people.length === 0 && unknownAccess === undefined ? markup`<p class="calm">Nobody gains or loses anything.</p>` : undefined}
<form id="filter" role="search" aria-label="Filter people, matrix and graph" hidden>
<label>Person <input type="search" name="person" autocomplete="off" spellcheck="false" placeholder="part of an e-mail"></label>
<label>Project <select name="project"><option value="">all ${counted(projects.length, "project")}</option>${projects.map((project, index) => markup`<option value="${index}">${project}</option>`)}</select></label>
<label>Group <select name="group"><option value="">all ${counted(groups.length, "group")}</option>${groups.map((group, index) => markup`<option value="${index}">${group.name}</option>`)}</select></label>
<fieldset><legend>Change</legend>${known.map((kind) => markup`<label class="pill ${words[kind][1]}"><input type="checkbox" name="change" value="${kind}" checked> ${words[kind][0]} <b>${totals.people[kind].toLocaleString("en-US")}</b></label>`)}${unchanged > 0 ? markup`<label class="pill"><input type="checkbox" name="change" value=""> unchanged <b>${unchanged.toLocaleString("en-US")}</b></label>` : undefined}</fieldset>
<output id="found" aria-live="polite"></output>
</form>
<div id="cards">${people.map(card)}</div>
<nav class="pages" id="card-pages" aria-label="Pages of people" hidden></nav>
<section id="matrix" aria-labelledby="matrix-title" hidden>
<h3 id="matrix-title">Access matrix</h3>
<p class="legend" aria-label="Legend"><span class="pair"><span class="k r1">V</span> Viewer</span> <span class="pair"><span class="k r2">Mb</span> Member</span> <span class="pair"><span class="k r3">Mg</span> Manager</span> <span class="pair"><span class="k r4">Ad</span> Admin</span> <span class="pair"><span class="k r5">Org</span> through the organization</span> <span class="pair"><span class="k r6">◇</span> custom role</span> <span class="pair"><span class="k up">+</span> gains</span> <span class="pair"><span class="k down">−</span> loses</span> <span class="pair"><span class="k mixed">±</span> both</span> <span class="pair"><span class="k moved">=</span> equal, by other ways</span></p>
<div class="scroll"><table id="grid" role="grid" aria-labelledby="matrix-title"></table></div>
<p id="cell" class="cell" aria-live="polite">Choose a cell to read what it stands for. Arrow keys move.</p>
<nav class="pages" id="grid-pages" aria-label="Pages of the matrix" hidden></nav>
</section>
<section id="graph" aria-labelledby="graph-title" hidden>
<h3 id="graph-title">Ways of access</h3>
<p class="legend" aria-label="Legend"><span class="line stays"></span> stays <span class="line comes"></span> comes <span class="line goes"></span> goes <span class="line turns"></span> another role</p>
<p id="drawn"></p>
<div class="scroll" id="drawing"></div>
<details id="ways"><summary>The same as a list</summary><ul></ul></details>
</section>
</section>`;
}

function card(person: PersonView, index: number): Markup {
  const { email, change, invited, why, steps, organization } = person;
  const [word, tone] = words[change];
  const role = organizationText(person);
  const rows = rowsOf(person);
  return markup`<article class="card ${tone}" data-card="${index}"><h3><bdi>${email}</bdi> <span class="tag">${word}</span></h3>
<ul>${role === undefined ? undefined : markup`<li><strong>${role}</strong>${capabilities("gains", organization?.gained ?? [])}${capabilities("loses", organization?.lost ?? [])}</li>`}${rows.slice(0, SHOWN_ROWS).map(row)}${rows.length > SHOWN_ROWS ? markup`<li class="quiet">and ${rows.length - SHOWN_ROWS} more changes, each in the matrix</li>` : undefined}${invited ? markup`<li class="mail">is sent an invitation e-mail, which cannot be undone</li>` : undefined}</ul>
${why.length + steps.length === 0 ? undefined : markup`<p class="quiet">${why.join(" · ")}${why.length > 0 && steps.length > 0 ? " · " : ""}${stepLinks(steps)}</p>`}</article>
`;
}

function row({ projects, change, ways, gains, loses }: ReturnType<typeof rowsOf>[number]): Markup {
  const names = projects
    .slice(0, SHOWN_PROJECTS)
    .map((project, index) => markup`${index > 0 ? ", " : ""}${name(project)}`);
  const more = projects.length > SHOWN_PROJECTS ? ` and ${projects.length - SHOWN_PROJECTS} more` : "";
  return markup`<li><span class="on">${names}${more}</span> <strong>${change}</strong> <span class="quiet">${ways}</span>${capabilities("gains", gains)}${capabilities("loses", loses)}</li>`;
}

function capabilities(word: "gains" | "loses", labels: readonly string[]): Markup | undefined {
  return labels.length === 0
    ? undefined
    : markup`<span class="${word}"><b>${word}</b> ${labels.join(", ")}</span>`;
}

const SHOWN_STEPS = 8;

function stepLinks(steps: readonly number[]): Markup | undefined {
  if (steps.length === 0) return undefined;
  const links = steps.slice(0, SHOWN_STEPS).map((step) => markup` <a href="#step-${step}">${step}</a>`);
  return markup`${steps.length === 1 ? "step" : "steps"}${links}${steps.length > SHOWN_STEPS ? ` and ${steps.length - SHOWN_STEPS} more` : ""}`;
}

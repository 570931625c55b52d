import type { GuardView, Place, PlanView, StepLine } from "../view/plan-view";
import { blockedText } from "../view/view-discrepancies";
import { markup, name, type Markup } from "./markup";

export function irreversibleSection({ irreversible, gaps }: PlanView): Markup {
  return markup`<section aria-labelledby="undone"><h2 id="undone">What cannot be undone <span class="count">${irreversible.length.toLocaleString("en-US")}</span></h2>
${irreversible.length === 0 ? calm("Nothing.") : markup`<ul class="plain">${irreversible.map(({ says }) => markup`<li>${says}</li>`)}</ul>`}
<h3>What somebody is without for a while <span class="count">${gaps.length.toLocaleString("en-US")}</span></h3>
${gaps.length === 0 ? calm("Nothing.") : markup`<ul class="plain">${gaps.map(({ says }) => markup`<li>${says}</li>`)}</ul>`}
</section>`;
}

const tones: Readonly<Record<Place, string>> = {
  write: "write",
  IdP: "idp",
  invitee: "idp",
  "by hand": "hand",
  later: "later",
  record: "record",
};

/** Steps in their order; records, which send nothing, are folded, but for those that decide over everything else. */
export function stepSection({ lines, confirmed, notes }: PlanView): Markup {
  const acts = lines.filter(({ place, decides }) => place !== "record" || decides);
  const records = lines.filter(({ place, decides }) => place === "record" && !decides);
  return markup`<section aria-labelledby="steps"><h2 id="steps">Steps <span class="count">${acts.length.toLocaleString("en-US")}</span></h2>
${acts.length === 0 ? calm("None.") : markup`<ol class="steps">${acts.map(step)}</ol>`}
${records.length === 0 ? undefined : markup`<details><summary>${records.length.toLocaleString("en-US")} records, which send no request</summary><ul class="plain">${records.map(({ text }) => markup`<li>${text}</li>`)}</ul></details>`}
${confirmed.length + notes.length === 0 ? undefined : markup`<ul class="plain">${confirmed.map((text) => markup`<li><span class="tag">done</span> ${text}</li>`)}${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
</section>`;
}

function step({ number, place, text, notes, refused }: StepLine): Markup {
  const id = number === undefined ? "" : `step-${number}`;
  const anchor = id === "" ? markup`<li>` : markup`<li id="${id}" tabindex="-1">`;
  return markup`${anchor}<span class="no">${number ?? "–"}</span> <span class="place ${tones[place]}">${place}</span> <span class="what">${text}${refused ? markup` <span class="tag bad">refused</span>` : undefined}${notes.map((note) => markup` <span class="quiet">${note}</span>`)}</span></li>
`;
}

const verdicts: Readonly<Record<GuardView["verdict"], string>> = {
  ok: "ok",
  opened: "warn",
  refused: "bad",
  "not judged": "warn",
};

export function guardSections(view: PlanView): Markup {
  const { guards, notChecked, policies } = view;
  const { says, findings, outcomes } = policies;
  const blind = outcomes.filter(({ judged }) => judged !== "whole");
  const older = findings.filter(({ isNew }) => !isNew);
  return markup`<section aria-labelledby="guards"><h2 id="guards">Guards</h2>
${guards.length === 0 ? calm("None.") : markup`<ul class="guards">${guards.map((guard) => verdict(verdicts[guard.verdict], guard.verdict, guard.name, guard.says, guard.opened ?? guard.advice))}</ul>`}
</section>
<section aria-labelledby="policies"><h2 id="policies">Policies</h2>
<p>${says}</p>
${findings.length + blind.length === 0 ? undefined : markup`<ul class="guards">${findings.filter(({ isNew }) => isNew).map(({ level, rule, path, reason, fix }) => verdict(level === "deny" ? "bad" : "warn", level, rule, `${path}. ${reason}`, fix))}${blind.map(({ rule, judged, unchecked }) => verdict("warn", judged === "not" ? "not judged" : "in part", rule, unchecked ?? "", undefined))}</ul>`}
${older.length === 0 ? undefined : markup`<details><summary>${older.length.toLocaleString("en-US")} findings of before the plan</summary><ul class="guards">${older.map(({ level, rule, path, reason, fix }) => verdict("warn", level, rule, `${path}. ${reason}`, fix))}</ul></details>`}
</section>
<section aria-labelledby="unchecked"><h2 id="unchecked">Not checked</h2>
${notChecked.length === 0 ? calm("Nothing.") : markup`<ul class="plain">${notChecked.map((text) => markup`<li>${text}</li>`)}</ul>`}
</section>`;
}

function verdict(tone: string, word: string, rule: string, says: string, advice: string | undefined): Markup {
  return markup`<li><span class="tag ${tone}">${word}</span> <b>${name(rule)}</b> <span>${says}</span>${advice === undefined ? undefined : markup` <span class="quiet">${advice}</span>`}</li>`;
}

/** What an apply costs, and how the limit is shared. */
export function costSection({ forecast, command }: PlanView): Markup {
  const { families, perMinute, invitations, secondLists, says } = forecast;
  return markup`<section aria-labelledby="cost"><h2 id="cost">Cost</h2>
<p>${says}.</p>
<meter min="0" max="${perMinute.limit}" value="${perMinute.ours}" aria-label="Requests a minute that are ours, of ${perMinute.limit}"></meter> <span class="quiet">${perMinute.ours} of ${perMinute.limit} requests a minute are ours, ${perMinute.identityProvider} stay with the identity provider</span>
${families.length === 0 ? undefined : markup`<table class="small"><thead><tr><th scope="col">family</th><th scope="col">reads, before and after</th><th scope="col">writes</th></tr></thead><tbody>${families.map(({ family, reads, writes }) => markup`<tr><th scope="row">${family}</th><td>${reads.toLocaleString("en-US")}</td><td>${writes.toLocaleString("en-US")}</td></tr>`)}${secondLists.requests === 0 ? undefined : markup`<tr><th scope="row">of these, second lists before something is taken</th><td>${secondLists.requests.toLocaleString("en-US")}</td><td>0</td></tr>`}</tbody></table>`}
<h3>Invitations that will be sent <span class="count">${invitations.length.toLocaleString("en-US")}</span></h3>
${invitations.length === 0 ? calm("None.") : markup`<ul class="plain">${invitations.map((email) => markup`<li>${name(email)}</li>`)}</ul>`}
</section>
<section aria-labelledby="command"><h2 id="command">To run exactly this</h2>
<pre tabindex="0">${command}</pre>
</section>`;
}

/** Lists that do not fit together. */
export function discrepancyList({ discrepancies }: PlanView["read"]): Markup | undefined {
  if (discrepancies.length === 0) return undefined;
  return markup`<ul class="guards" aria-label="Lists that do not fit together">${discrepancies.map((found) => verdict("bad", "does not fit", found.name, `${found.says}. ${blockedText(found)}.`, `${found.advice}.`))}</ul>
`;
}

const calm = (text: string): Markup => markup`<p class="calm">${text}</p>`;

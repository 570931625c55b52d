import { createHash } from "node:crypto";
import type { LivePlan } from "../../reconcile";
import assets from "../generated/page-assets.json";
import { jsonInPage } from "../json-text";
import { minute } from "../minute";
import { redactedPicture, redactedView } from "../redacted";
import type { Redaction } from "../redaction";
import type { PlanView } from "../view/plan-view";
import { shortDigest } from "../view/view-of";
import { accessPicture } from "./access-picture";
import { markup, Markup, name } from "./markup";
import { peopleSection } from "./page-people";
import {
  costSection,
  discrepancyList,
  guardSections,
  irreversibleSection,
  stepSection,
} from "./page-sections";

/**
 * A plan as one page that needs no network: access matrix, graph, people, steps, guards, forecast. Its content security policy lets nothing
 * run or load but its own script and style, by their hashes.
 *
 * @param everyone whether the matrix shows the whole organization, or those whose access the plan changes
 * @param redaction takes people out, for a page that everybody can read
 */
export function planPage(
  live: LivePlan,
  whole: PlanView,
  { everyone = false, redaction }: { readonly everyone?: boolean; readonly redaction?: Redaction } = {},
): string {
  const { script: pageScript, style: pageStyle } = assets;
  const drawn = accessPicture(live, whole, { everyone });
  const [picture, view] =
    redaction === undefined
      ? [drawn, whole]
      : [redactedPicture(drawn, redaction), redactedView(whole, redaction)];
  const title = `Plan ${shortDigest(view.digest)} · ${view.stacks.join(", ")}`;
  const policy = `default-src 'none'; script-src ${hash(pageScript)}; style-src ${hash(pageStyle)}; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#people">Skip to the people</a>
${header(view)}
<main>
${totals(view)}
${peopleSection(view, picture)}
${irreversibleSection(view)}
${stepSection(view)}
${guardSections(view)}
${costSection(view)}
</main>
<footer>Made by amplitude-access at ${minute(view.plannedAt)}. ${redaction === undefined ? "It holds names and e-mails." : "People are shown by numbers."}</footer>
<script type="application/json" id="data">${new Markup(jsonInPage(picture))}</script>
<script>${new Markup(pageScript)}</script>
</body>
</html>
`.text;
}

/** CSP's name of an inline script or style. */
function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function header({ stacks, organization, digest, read, plannedAt }: PlanView): Markup {
  const { identity } = read;
  return markup`<header>
<p class="kicker">Amplitude access <span aria-hidden="true">/</span> organization ${name(organization.orgId)} <span aria-hidden="true">/</span> ${organization.region}</p>
<h1>${name(stacks.join(", "))} <code title="${digest}">${shortDigest(digest)}</code></h1>
<p class="proof"><span class="${identity.proved ? "ok" : "bad"}">${identity.proved ? "Proved" : "Not proved"}</span> ${read.says}. ${identity.proved ? "The organization is the one named" : "Not proved that the SCIM key is of this organization"}: ${identity.how}. ${name(organization.host)}, ${minute(plannedAt)}.</p>
${discrepancyList(read)}</header>`;
}

function totals({
  totals: { people, steps, invitations, administrators, refused, says },
  irreversible,
}: PlanView): Markup {
  const tiles: [count: number, label: string, tone: string][] = [
    [people.leaves, people.leaves === 1 ? "leaves" : "leave", "minus"],
    [people.loses, people.loses === 1 ? "loses access" : "lose access", "minus"],
    [people.changes, people.changes === 1 ? "changes" : "change", "both"],
    [people.joins, people.joins === 1 ? "joins" : "join", "plus"],
    [people.gains, people.gains === 1 ? "gains access" : "gain access", "plus"],
    [people.equal, "with equal access", ""],
    [administrators.length, "new administrators", "minus"],
    [irreversible.length, "cannot be undone", "minus"],
    [invitations, "e-mails", "plus"],
    [steps.write + steps.later, "writes", ""],
    [steps.IdP + steps.invitee + steps["by hand"], "steps of others", "both"],
    [refused, "refused", "minus"],
  ];
  const shown = tiles.filter(([count]) => count > 0);
  return markup`<section class="totals" aria-labelledby="totals"><h2 id="totals" class="sr">Totals</h2>
${shown.length === 0 ? markup`<p class="calm">${says}</p>` : markup`<dl>${shown.map(([count, label, tone]) => markup`<div class="${tone}"><dt>${label}</dt><dd>${count.toLocaleString("en-US")}</dd></div>`)}</dl>`}
</section>`;
}

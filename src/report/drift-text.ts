import { createColors } from "picocolors";
import type { Attribution, Drift, Finding, Plan } from "../reconcile";
import { cleanText } from "./clean-text";
import { counted } from "./count";
import { shortDigest } from "./view";
import { readLine } from "./read-line";

const SHOWN_UNMANAGED = 20;

/** Drift for people: what was changed outside and by whom, apart from what was never applied, what waits, and what nobody declares. */
export function driftText(
  plan: Plan,
  drift: Drift,
  { color, events }: { readonly color: boolean; readonly events: string },
): string {
  const { bold, red, yellow, dim } = createColors(color);
  const { organization, stacks, digest } = plan;
  const findings = (title: string, found: readonly Finding[], paint: (text: string) => string): string[] => [
    bold(`${title} (${found.length})`),
    ...found.flatMap((finding, index) => findingLines(finding, `${index + 1}`, paint, dim)),
  ];
  const { people, groups, grants } = drift.unmanaged;
  const listed = (one: string, many: string, names: readonly string[]): string[] => {
    if (names.length === 0) return [];
    const more = names.length > SHOWN_UNMANAGED ? `, and ${names.length - SHOWN_UNMANAGED} more` : "";
    return [
      `  ${counted(names.length, one, many)}: ${names.slice(0, SHOWN_UNMANAGED).map(cleanText).join(", ")}${more}`,
    ];
  };
  const blocks = [
    [
      `${bold(cleanText(stacks.join(", ")))} · org ${organization.orgId} (${organization.region}) · drift ${shortDigest(digest)}`,
      readLine(plan),
      events,
    ],
    findings("Changed outside", drift.outside, red),
    findings("Not applied yet", drift.notApplied, yellow),
    findings("At the identity provider", drift.identityProvider, yellow),
    [
      bold(`Arrived since the last apply, by other means (${drift.arrived.length})`),
      ...drift.arrived
        .slice(0, SHOWN_UNMANAGED)
        .map(({ email, by }) => `  ${cleanText(email)}${by === undefined ? "" : `   ${byText(by)}`}`),
      ...(drift.arrived.length > SHOWN_UNMANAGED
        ? [`  and ${drift.arrived.length - SHOWN_UNMANAGED} more (--json has them all)`]
        : []),
    ],
    [
      bold(`Declared by nobody (${people.length + groups.length + grants.length}), never touched`),
      ...listed("person", "people", people),
      ...listed("group", "groups", groups),
      ...listed("grant", "grants", grants),
    ],
    [`Not checked: ${plan.notChecked.join("; ")}.`],
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

type Paint = (text: string) => string;

function findingLines({ label, step, by }: Finding, mark: string, paint: Paint, dim: Paint): string[] {
  return [
    `  ${paint(mark.padStart(2))}  ${cleanText(label)}${by === undefined ? "" : `   ${byText(by)}`}`,
    `      ${dim("as declared:")} ${cleanText(step.text)}`,
  ];
}

/** `by tom@acme.com, 2026-11-23 15:10 UTC, in Amplitude's pages` */
function byText({ actor, at, through }: Attribution): string {
  const where =
    through === undefined
      ? ""
      : through.startsWith("Mozilla/")
        ? ", in Amplitude's pages"
        : `, through ${cleanText(through)}`;
  return `by ${cleanText(actor)}, ${cleanText(at).slice(0, 16).replace("T", " ")} UTC${where}`;
}

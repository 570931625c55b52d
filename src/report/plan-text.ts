import { createColors } from "picocolors";
import type { PersonDifference } from "../access";
import type { LivePlan, Plan, Refusal, Step } from "../reconcile";
import { cleanText } from "./clean-text";
import { counted } from "./count";
import { policyLines } from "./policy-text";
import { readLine } from "./read-line";

type Colors = ReturnType<typeof createColors>;

/** More than this many lines of one sort become a count, except what cannot be undone. */
const SHOWN_PEOPLE = 200;
const SHOWN_RECORDS = 5;

/** A plan for people at a terminal: the read, the totals, who gains and loses what, the steps, what is refused, what was not checked. */
export function planText({ plan }: Pick<LivePlan, "plan">, { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const blocks = [
    [title(plan, colors), readLine(plan)],
    [totals(plan)],
    people(plan.people, plan, colors),
    steps(plan, colors),
    policyLines(plan, colors),
    refusals(plan.refusals, colors),
    confirmed(plan, colors),
    closing(plan, colors),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

function title(
  { organization: { orgId, region, host }, stacks, digest }: Plan,
  { bold, dim }: Colors,
): string {
  return `${bold(cleanText(stacks.join(", ")))} · org ${orgId} (${region}) · plan ${bold(shortDigest(digest))} ${dim(`· ${host}`)}`;
}

/** For display only; nothing accepts it back. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, 4)}-${digest.slice(4, 8)}`;
}

function totals({ people: touched, steps: all, invitations }: Plan): string {
  const joins = touched.filter(({ presentBefore, presentAfter }) => !presentBefore && presentAfter).length;
  const leaves = touched.filter(({ presentBefore, presentAfter }) => presentBefore && !presentAfter).length;
  const equal = touched.filter((person) => person.equal).length;
  const changes = touched.length - joins - leaves - equal;
  const count = (actor: Step["actor"]): number => all.filter((step) => step.actor === actor).length;
  if (all.length === 0) return "No changes. The organization is as the stack says.";
  const who = [
    `${joins} joins`,
    `${leaves} leaves`,
    `${changes} changes`,
    ...(equal > 0 ? [`${equal} moves with equal access`] : []),
  ];
  const what = [
    counted(count("write"), "write"),
    ...(count("idp") > 0 ? [`${count("idp")} at the identity provider`] : []),
    ...(count("hand") > 0 ? [`${count("hand")} by hand`] : []),
    ...(count("record") > 0 ? [counted(count("record"), "record")] : []),
    counted(invitations.length, "e-mail"),
  ];
  return `${who.join(" · ")}       ${what.join(" · ")}`;
}

function people(touched: readonly PersonDifference[], plan: Plan, colors: Colors): string[] {
  const lines = touched.slice(0, SHOWN_PEOPLE).flatMap((person) => personLines(person, plan, colors));
  const hidden = touched.length - SHOWN_PEOPLE;
  return hidden > 0 ? [...lines, colors.dim(`... and ${hidden} more people (--json has them all)`)] : lines;
}

function personLines(
  person: PersonDifference,
  plan: Plan,
  { green, red, yellow, dim, bold }: Colors,
): string[] {
  const { email, presentBefore, presentAfter, equal, projects } = person;
  const joins = !presentBefore && presentAfter;
  const leaves = presentBefore && !presentAfter;
  const [mark, paint, word] = joins
    ? ["+", green, "joins"]
    : leaves
      ? ["-", red, "leaves: ends with nothing"]
      : equal
        ? ["=", dim, "access is equal, by other ways"]
        : ["~", yellow, "changes"];
  const rows = projects.map(({ projectName, before, after, pathsBefore, pathsAfter, lost }) => {
    const path = after === "no access" ? `was ${ways(pathsBefore)}` : ways(pathsAfter);
    const loses = after !== "no access" && lost.length > 0 ? `   loses: ${cleanText(lost.join(", "))}` : "";
    const change = cleanText(before === after ? after : `${before} → ${after}`);
    return `    ${cleanText(projectName).padEnd(24)} ${change.padEnd(26)} ${dim(cleanText(path))}${loses}`;
  });
  const invited = plan.invitations.some((address) => address.toLowerCase() === email);
  return [
    `${paint(mark)} ${bold(cleanText(email))}  ${word}`,
    ...rows,
    ...(invited ? [`    Amplitude e-mails an invitation. It cannot be undone.`] : []),
  ];
}

const ways = (paths: readonly string[]): string =>
  paths.map((path) => path.replace(/^.*? (?=via |direct|as )/, "")).join(", ");

function steps(plan: Plan, { bold, dim, red }: Colors): string[] {
  if (plan.steps.length === 0) return [];
  const held = new Set(plan.refusals.flatMap(({ steps: ids }) => ids ?? []));
  const lines = linesOf(
    plan.steps.filter(({ actor }) => actor !== "record"),
    held,
  );
  const width = String(lines.length).length + 2;
  const shown = lines.map(({ step, text }, index) => {
    const note = held.has(step.id) ? red("refused, see below") : dim(noteOf(step));
    return `${String(index + 1).padStart(width)}  ${placeOf(step).padEnd(8)} ${cleanText(text)}   ${note}`.trimEnd();
  });
  const written = new Set(
    plan.steps.filter(({ actor }) => actor !== "record").flatMap(({ addresses }) => addresses),
  );
  const records = plan.steps.filter(
    ({ actor, addresses, facts }) =>
      actor === "record" && (facts["changes"] !== "" || !addresses.some((address) => written.has(address))),
  );
  // Policy and facts decide over everything else: none of them is ever a count.
  const decides = ({ values: { what } }: Step): boolean => what === "policy" || what === "fact";
  const declared = records.filter((step) => !decides(step));
  const recorded = [...records.filter(decides), ...declared.slice(0, SHOWN_RECORDS)].map(
    ({ text }) => `${" ".repeat(width)}  record   ${cleanText(text)}`,
  );
  const more = declared.length - SHOWN_RECORDS;
  return [
    bold("Steps, in this order"),
    ...shown,
    ...recorded,
    ...(more > 0 ? [`${" ".repeat(width)}  record   ${more} more declarations, which send no request`] : []),
  ];
}

interface Line {
  readonly step: Step;
  readonly text: string;
}

/** More members than this in one line become a count; --json has them all. */
const SHOWN_MEMBERS = 20;

/** Neighbours that do the same to one group are one line: `agency-nova gains ana@nova.agency, jo@nova.agency`. */
function linesOf(all: readonly Step[], held: ReadonlySet<string>): Line[] {
  const runs: Step[][] = [];
  for (const step of all) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && sameLine(run[0], step, held)) run.push(step);
    else runs.push([step]);
  }
  return runs.flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ step: first, text: lineText(first, others) }],
  );
}

function sameLine(a: Step, b: Step, held: ReadonlySet<string>): boolean {
  const { group, email } = b.values;
  return (
    group !== undefined &&
    email !== undefined &&
    a.operation === b.operation &&
    a.values["group"] === group &&
    a.because.join() === b.because.join() &&
    held.has(a.id) === held.has(b.id)
  );
}

function lineText(first: Step, others: readonly Step[]): string {
  const shown = others
    .slice(0, SHOWN_MEMBERS - 1)
    .map(({ text, values }) => text.slice(text.lastIndexOf(values["email"] ?? "")));
  const more = others.length - shown.length;
  return [first.text, ...shown, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

const places: Readonly<Record<Step["actor"], string>> = {
  write: "write",
  idp: "IdP",
  hand: "by hand",
  record: "record",
};
const placeOf = ({ actor, notBefore, unless }: Step): string =>
  actor === "write" && (notBefore ?? unless) !== undefined ? "later" : places[actor];

/** That a line declares it goes without saying; every other reason is said. */
function noteOf(step: Step): string {
  if (step.notBefore !== undefined) return `not before ${step.notBefore}`;
  if (step.actor === "write" && step.unless !== undefined) return `once ${step.unless} is confirmed`;
  const reasons = step.because.filter((reason) => !reason.startsWith("declared by"));
  return cleanText(step.actor === "hand" ? `${step.how ?? ""}   [confirm ${step.id}]` : reasons.join("; "));
}

function refusals(refused: readonly Refusal[], { red }: Colors): string[] {
  return refused.map(
    ({ rule, summary, advice }) => `${red("refused")}  ${rule}: ${cleanText(summary)}. ${cleanText(advice)}`,
  );
}

/** What nobody has to do any more, who says so and for how long; and whose word has ended. */
function confirmed({ confirmed: done, notes }: Plan, { dim, yellow }: Colors): string[] {
  return [
    ...done.map(({ step, by, on, until }) =>
      dim(
        `by hand   ${cleanText(step.text)}: confirmed by ${cleanText(by)} on ${on.slice(0, 10)}${until === undefined ? "" : `, until ${until.slice(0, 10)}`}`,
      ),
    ),
    ...notes.map((note) => yellow(cleanText(note))),
  ];
}

const SHOWN_IRREVERSIBLE = 20;

function listed(texts: readonly string[]): string {
  const more = texts.length - SHOWN_IRREVERSIBLE;
  return `${texts.slice(0, SHOWN_IRREVERSIBLE).map(cleanText).join("; ")}${more > 0 ? `; and ${more} more (--json has them all)` : ""}`;
}

function closing({ notChecked, fingerprint, irreversible }: Plan, { dim, yellow }: Colors): string[] {
  const identity = fingerprint.proved
    ? `The organization is the one named: ${fingerprint.how}.`
    : yellow(
        `Not proved that the SCIM key is of this organization: ${fingerprint.how}. A first write needs --trust-organization.`,
      );
  return [
    dim(identity),
    `What cannot be undone: ${irreversible.length === 0 ? "nothing" : listed(irreversible)}.`,
    `Not checked: ${notChecked.join("; ")}.`,
  ];
}

import type { Organization } from "../access";
import type { Family } from "../api";
import { collectionNamed, type Snapshot } from "../collections";
import type { LiveStep } from "./step";

/** What no later run can put back. */
export interface Irreversible {
  readonly what: "invitation" | "person" | "key" | "group";
  /** An e-mail, or the name of a key or group. */
  readonly subject: string;
  /** In words, with what it costs: `removing ana@nova.agency, whose content then has no owner`. */
  readonly says: string;
}

/** An invitation is sent, content loses its owner, a group's members are not in Amplitude's memory. */
export function irreversible(steps: readonly LiveStep[], live: Organization): Irreversible[] {
  const invitations = [...new Set(steps.flatMap(({ step }) => step.invites))]
    .sort()
    .map((email) => ({ what: "invitation" as const, subject: email, says: `the invitation to ${email}` }));
  const removals = steps.flatMap(({ effects }) =>
    effects.flatMap((effect): Irreversible[] => {
      if (effect.type === "remove_person") {
        const { email } = effect;
        return [
          { what: "person", subject: email, says: `removing ${email}, whose content then has no owner` },
        ];
      }
      if (effect.type === "delete_key") {
        const { keyType, label, generation } = effect;
        const says = `deleting the ${keyType} key ${label}, generation ${generation}: whoever still uses it is refused`;
        return [{ what: "key", subject: label, says }];
      }
      if (effect.type !== "delete_group") return [];
      const { id, name } = effect.group;
      const members = (id === undefined ? undefined : live.group(id))?.members.size ?? 0;
      return [
        {
          what: "group",
          subject: name,
          says: `deleting group ${name} with its ${members === 1 ? "1 member" : `${members} members`}`,
        },
      ];
    }),
  );
  return [...invitations, ...removals];
}

/** A key is not made where there is nowhere to put its value: whoever reviews the plan knows it before the apply does. */
export function placesNeeded(steps: readonly LiveStep[], credentials: string | undefined): string[] {
  const keys = steps.flatMap(({ step, operation }) =>
    step.actor === "write" ? (operation.seenOnce?.(step.values, step.facts) ?? []) : [],
  );
  if (keys.length === 0) return [];
  const variable = `AMPLITUDE_${credentials === undefined ? "" : `${credentials}_`}KEY_STORES`;
  const stores = [...new Set(keys.flatMap(({ store }) => store ?? []))].sort();
  const commands = stores.map((store) => `a command for ${store}`).join(" and ");
  const first = stores.length === 0 ? "" : `${commands} in the file of ${variable}, else `;
  return [
    `New keys (${keys.length}) need a place for their values, which are seen once: ${first}--keys-out FILE. Without it they are not made.`,
  ];
}

/** What nobody read, and what it would take. */
export function notChecked(
  { families, unread: failed = [], unknownRows = [] }: Snapshot,
  baseKnown: boolean,
): string[] {
  const missing: [family: Family, what: string, without: string][] = [
    ["scim", "people and groups", "no AMPLITUDE_SCIM_KEY"],
    ["user-management", "project roles", "no AMPLITUDE_ORG_API_KEY and AMPLITUDE_ORG_SECRET_KEY"],
    ["developer", "names of projects that no `project_ids` gives", "no AMPLITUDE_TOKEN"],
    [
      "management",
      "organization roles and settings, add-ons, modules and API keys",
      "Amplitude has no API for them",
    ],
  ];
  const unread = missing
    .filter(([family]) => !families.includes(family))
    .map(([family, what, without]) => {
      const reason = failed.find((one) => one.family === family)?.reason;
      return reason === undefined ? `${what} (${without})` : `${what}: ${clause(reason)}`;
    });
  // A list that others are only held against: its family has answered all the same.
  for (const { family, reason } of failed)
    if (families.includes(family) && missing.some(([known]) => known === family))
      unread.push(`lists held against each other: ${clause(reason)}`);
  // Properties are read for each project: what failed is that of one of them.
  for (const { family, reason } of failed)
    if (missing.every(([known]) => known !== family)) unread.push(`properties: ${clause(reason)}`);
  for (const name of new Set(unknownRows.map(({ collection }) => collection))) {
    const rows = unknownRows.filter(({ collection }) => collection === name);
    const which = rows.length === 1 ? "1 row that is" : `${rows.length} rows that are`;
    unread.push(
      `${collectionNamed(name).title}: ${which} not understood, for example ${rows[0]?.says ?? ""}`,
    );
  }
  return baseKnown
    ? unread
    : ["lines deleted from the stack: there is no base of an earlier apply", ...unread];
}

/** Sentences as a part of a longer one, which brings its own full stop. */
const clause = (text: string): string => text.replace(/\.$/, "");

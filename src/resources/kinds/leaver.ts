import { canonicalEmail, type Organization, type Principal } from "../../access";
import {
  computed,
  date,
  email,
  instant,
  instantOf,
  oneOf,
  optional,
  problem,
  required,
  string,
} from "../../schema";
import { defineKind } from "../kind";
import type { StepDraft } from "../operation";
import { revoke } from "../operations/grant";
import { idpLose, removeMember } from "../operations/group";
import { revokeModule } from "../operations/module";
import { changeOrganizationRole } from "../operations/organization";
import { remove, transferContent } from "../operations/person";
import { groupLabel, projectReference } from "../references";

const attributes = {
  email: required(email, "E-mail address of the person who must be absent.", { requiresReplace: true }),
  left_on: required(date, "The day they left.", { origin: "declared" }),
  ticket: optional(string, "Where it was decided, for the record.", { origin: "declared" }),
  content_to: optional(
    email,
    "Who takes over their charts and dashboards, by hand, before the person is removed.",
    {
      origin: "declared",
    },
  ),
  content_until: optional(
    instant,
    "Until when the removal waits for that. Their access never waits. Without it: 7 days after `left_on`.",
    {
      origin: "declared",
    },
  ),
  status: computed(oneOf(["present", "absent"]), "present: something of theirs is left. absent: nothing is."),
};

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** Somebody who must be absent. The line stays as the record; deleting it forgets, and revokes nothing. */
export const leaver = defineKind({
  type: "amplitude_leaver",
  description:
    "A person who must be absent: memberships, grants and the person are removed, and stay removed. The line is the record; deleting it forgets it.",
  attributes,
  key: ["email"],
  family: "scim",
  reads: ["people", "groups", "assignments"],
  nature: "given",
  can: { create: true, update: true, delete: true },
  find: (live, config) => ({ email: config.email, status: trace(live, config.email) ? "present" : "absent" }),
  rows: (config) => [
    { collection: "people", key: canonicalEmail(config.email) },
    { collection: "groups" },
    { collection: "assignments" },
  ],
  // Nobody is a leaver until a stack says so.
  list: () => [],
  shows: ({ email: address, status }) => ({
    people: address === undefined || status !== "present" ? [] : [{ email: address }],
  }),
  id: () => undefined,
  label: (config) => config.email,
  names: (config) => ({ present: [], absent: [config.email] }),
  predict: () => ({ status: "absent" }),
  apart: true,
  validate: (config) =>
    config.content_until !== undefined && config.content_to === undefined
      ? [
          problem("content_until without content_to", "Say who takes the content over, or leave both out.", {
            attribute: "content_until",
          }),
        ]
      : [],
  steps: ({ action, config }, { live, now }) =>
    action === "delete" || config === undefined
      ? []
      : leaving(live, now, {
          address: config.email,
          because: config.ticket ?? `left on ${config.left_on}`,
          contentTo: config.content_to,
          contentUntil: instantOf(config.content_until ?? "") ?? (instantOf(config.left_on) ?? 0) + WEEK,
        }),
  example: {
    create: { email: "ana@nova.agency", left_on: "2026-11-23", ticket: "SEC-311" },
    update: { ticket: "SEC-312" },
  },
});

function trace(live: Organization, address: string): boolean {
  return (
    live.person(address) !== undefined ||
    live.groupsOf(address).length > 0 ||
    live.grantsOf(self(address)).length > 0 ||
    live.modulesOf(self(address)).length > 0
  );
}

const self = (address: string): Principal => ({ type: "user", id: canonicalEmail(address) });

/** What is left to somebody who cannot be removed yet (playbook, "Add, Update, Remove at a Glance"). */
const LOWEST = "no_access";

interface Leaving {
  readonly address: string;
  readonly because: string;
  readonly contentTo: string | undefined;
  /** Milliseconds since the epoch. */
  readonly contentUntil: number;
}

/** Everything of a leaver that the families can reach, access first, the person last. */
function leaving(
  live: Organization,
  now: number,
  { address, because, contentTo, contentUntil }: Leaving,
): StepDraft[] {
  const steps = [
    ...memberships(live, address, because),
    ...modules(live, address, because),
    ...grants(live, address, because),
  ];
  const person = live.person(address);
  if (person === undefined) return steps;
  // Where no family shows roles, removing the person takes theirs too.
  const role = person.organizationRole;
  if (role !== undefined && role !== LOWEST)
    steps.push(
      changeOrganizationRole.draft(
        { email: address, role: LOWEST },
        { from: role, anyway: true },
        { because },
      ),
    );
  if (contentTo === undefined || now >= contentUntil)
    return [...steps, remove.draft({ email: address }, {}, { because })];
  const transfer = transferContent.draft({ email: address, to: contentTo }, {}, { because });
  const notBefore = new Date(contentUntil).toISOString();
  return [...steps, transfer, remove.draft({ email: address }, {}, { because, notBefore, unless: transfer })];
}

function memberships(live: Organization, address: string, because: string): StepDraft[] {
  return live.groupsOf(address).map((group) => {
    const values = { group: groupLabel(live, group), email: address };
    const operation = group.writer === "idp" ? idpLose : removeMember;
    return operation.draft(values, { groupId: group.id }, { because });
  });
}

function modules(live: Organization, address: string, because: string): StepDraft[] {
  return live.modulesOf(self(address)).map(({ id, projectId, module }) => {
    const project = projectReference(live, projectId).name;
    return revokeModule.draft(
      { principalType: "user", principal: address, project, module },
      { projectId, moduleGrantId: id },
      { because },
    );
  });
}

function grants(live: Organization, address: string, because: string): StepDraft[] {
  return live.grantsOf(self(address)).map(({ id, projectId, roleId }) => {
    const project = projectReference(live, projectId).name;
    const role = live.role(roleId)?.name ?? roleId;
    return revoke.draft(
      { principalType: "user", principal: address, project, role },
      { projectId, assignmentId: id },
      { because },
    );
  });
}

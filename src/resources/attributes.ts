import {
  computed,
  idOf,
  instant,
  oneOf,
  optional,
  required,
  string,
  type Id,
  type ValueType,
} from "../schema";

/** Attributes that several kinds share, worded once. */

export const expiresAt = optional(
  instant,
  "When it ends: a date (the end of that day, UTC) or an RFC 3339 time with an offset. Past it the access is removed.",
  { origin: "declared" },
);

export const engagement = optional(string, "Name of the engagement it belongs to. Amplitude never sees it.", {
  origin: "declared",
});

export const id = computed(string, "Amplitude's id.");

export const groupId = required<Id>(
  idOf("group id", () => "group"),
  "Id of the permission group, written as a reference to it.",
  { requiresReplace: true },
);

export const projectId = required<Id>(
  idOf("project id", () => "project"),
  "Id of the project, written as a reference to its lookup, or as it is.",
  { requiresReplace: true },
);

export const principalType = required(
  oneOf(["user", "group"]),
  "Whether the principal is a person or a group.",
  {
    requiresReplace: true,
  },
);

const holder = idOf("e-mail or group id", ({ principal_type: type }) =>
  type === "group" ? "group" : undefined,
);

/** An e-mail is compared without case; a group's id as it is. */
const principalId: ValueType<Id> = {
  ...holder,
  canonical: (value) =>
    typeof value === "string" && value.includes("@") ? value.toLowerCase() : holder.canonical(value),
};

export const principal = required(
  principalId,
  "E-mail of the person, or id of the group written as a reference to it.",
  {
    requiresReplace: true,
  },
);

import {
  bool,
  canonicalEmail,
  computed,
  idOf,
  instant,
  mapOf,
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
    typeof value === "string" && value.includes("@") ? canonicalEmail(value) : holder.canonical(value),
};

export const principal = required(
  principalId,
  "E-mail of the person, or id of the group written as a reference to it.",
  {
    requiresReplace: true,
  },
);

/** Computed by the Terraform host alone: where it belongs to nothing of Amplitude's, the kind says nothing about it. */
export const verified = computed(
  bool,
  "Whether Amplitude answered for it. false: there is no API for it under the credentials given, and a person has to do and to check it.",
);

/** Of everything that can end; see `lifecycle/term.ts`. */
export const status = computed(
  oneOf(["present", "overdue", "expired"]),
  "present: in effect. overdue: past its end and still there; the next apply takes it away. expired: past its end and gone.",
);

export const deletionProtection = optional(
  bool,
  "Terraform refuses to delete or replace it unless this is false in the state already: apply that first.",
  { origin: "declared" },
);

/** `10m`, `1h30m`, `45s`. */
const duration: ValueType<string> = {
  ...string,
  name: "duration",
  check: (value) =>
    typeof value === "string" && /^(?=.)(?:\d+h)?(?:\d+m)?(?:\d+s)?$/.test(value)
      ? undefined
      : `${JSON.stringify(value)} is not a duration such as 10m or 1h30m`,
};

export const timeouts = optional(
  mapOf(oneOf(["create"]), duration),
  "How long to wait for others: `create`, for the identity provider to push it; 10m where it is left out.",
  { origin: "declared" },
);

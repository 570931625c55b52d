import { z } from "zod";

/** An e-mail address; whose it is does not depend on its case. */
export const email = z.string().regex(/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/, {
  error: (issue) => `not an e-mail address: ${JSON.stringify(issue.input)}`,
});

/** A time in RFC 3339. */
export const time = z.iso.datetime({
  offset: true,
  error: "not a time in RFC 3339, such as 2026-11-23T09:00:00Z",
});

/** An id that Amplitude counts: of an organization, a project, a group. */
export const id = z.int().min(1);

/** A name or label of 1 to 255 characters. */
export const name = z.string().min(1).max(255);

/** The playbook's organization roles, strongest first; Amplitude's own are Admin, Manager, Member and Viewer. */
export const organizationRoles = ["owner", "admin", "manager", "member", "viewer", "no_access"] as const;

/** One of the organization roles. */
export const organizationRole = z.enum(organizationRoles);

/** A range of addresses, version 4 or 6, such as `203.0.113.0/24` (playbook: "Add allowed CIDR ranges"). */
export const addressRange = z.union([z.cidrv4(), z.cidrv6()], {
  error: (issue) => `not a CIDR range, such as 203.0.113.0/24: ${JSON.stringify(issue.input)}`,
});

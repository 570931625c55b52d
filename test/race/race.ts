import type { Seed } from "../../src/emulator";
import type { Harness } from "../support/harness";
import { organization, type OrganizationBuilder } from "../support/organization";
import type { StackContent } from "../support/stack-file";

/** What others do between plan and write, and what becomes of the step then. */
export interface Interference {
  /** In words. */
  readonly what: string;
  readonly does: (site: Harness) => Promise<void>;
  /** done: what was wanted is there, whoever brought it about, or nothing of what others do reaches it. clash: it is left to them. */
  readonly ends: "done" | "clash";
  /** Everything that is sent. */
  readonly sends: readonly string[];
  /** Of a clash: what was there, what is there now, and who made it so. */
  readonly told?: RegExp;
}

/** One step of ours, and others in its way. */
export interface Race {
  readonly organization: OrganizationBuilder | Seed;
  /** What is in effect before, where that is not only what is there. */
  readonly before?: StackContent["resources"];
  readonly after: NonNullable<StackContent["resources"]>;
  readonly step: string;
  /** What it costs when nobody is in the way. */
  readonly sends: readonly string[];
  /** Requests for second lists, before something is taken; none where left out. */
  readonly secondLists?: number;
  readonly byHand: Interference;
  readonly bySync: Interference;
}

/** A step that is never ours to write. */
export interface Others {
  readonly organization: OrganizationBuilder | Seed;
  readonly provider?: NonNullable<StackContent["provider"]>;
  readonly before?: StackContent["resources"];
  readonly after: NonNullable<StackContent["resources"]>;
  readonly step: string;
  readonly outcome: "waiting" | "by hand";
}

/** An organization with everything that Amplitude's pages can do. */
export const acme = (): OrganizationBuilder =>
  organization()
    .people("ana@nova.agency", "jo@nova.agency")
    .project("Web")
    .switches({ management: "served", "audit-log-documented-only": false });

/** Somebody does something in Amplitude's own pages. */
export const byHand =
  (change: Readonly<Record<string, unknown>>) =>
  async (site: Harness): Promise<void> =>
    await site.ui(change);

type ProviderGroup = Readonly<Record<"name" | "members" | "mapping", unknown>>;

/** The identity provider pushes a group. */
export const bySync =
  (group: Partial<ProviderGroup>, more = {}) =>
  async (site: Harness): Promise<void> => {
    await site.idp([group], more);
    await site.sync();
  };

/** A sync that does what a sync can do, none of which is about the step. */
export function unreached(sends: readonly string[]): Interference {
  return {
    what: "it pushes people and roles of its own",
    does: bySync({ name: "amp", members: ["mia@acme.com"], mapping: { organizationRole: "manager" } }),
    ends: "done",
    sends,
  };
}

export const grantOn = (principal: string, role: string, project = "501") => ({
  principal_type: "user",
  principal,
  project_id: project,
  role,
});

/** Paths of ids that Amplitude chose. */
export const plain = (request: string): string =>
  request.replace(/(role-assignments|module-grants|projects|api-keys)\/(?!501)[^/]+$/, "$1/ID");

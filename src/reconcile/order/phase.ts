/**
 * In which order steps are wanted: group changes come before role changes, so that an identity provider's sync cannot undo one. It
 * speaks of effects, never of kinds. Safety overrides it: `Agenda` takes the first step of this order that harms nobody now.
 */
export const phases = [
  "looked at by hand",
  "settings tightened",
  "leavers: memberships",
  "leavers: grants",
  "leavers: organization role",
  "leavers: identity provider",
  "leavers: content",
  "leavers: person",
  "projects made and changed",
  "groups and people made",
  "people renamed",
  "identity provider: gains",
  "memberships added",
  "groups' roles raised",
  "groups' modules granted",
  "identity provider: losses",
  "memberships removed",
  "groups' modules revoked",
  "groups' roles lowered",
  "invitations accepted",
  "people's roles raised",
  "people's modules granted",
  "keys made",
  "keys handed over",
  "people's modules revoked",
  "people's roles lowered",
  "people removed",
  "groups deleted",
  "keys deleted",
  "projects archived",
  "settings loosened",
  "settings that can lock out",
  "records",
] as const;

export type Phase = (typeof phases)[number];

/** Why steps of a phase are wanted where they are, in words. */
export const whyOf: Readonly<Record<Phase, string>> = {
  "looked at by hand": "somebody only looks: it changes nothing, and guards rest on what they say",
  "settings tightened": "first: what tightens a setting protects every later step",
  "leavers: memberships": "who has left loses what groups give before anything else happens",
  "leavers: grants": "who has left loses their own access next",
  "leavers: organization role": "who has left loses their role in the organization next",
  "leavers: identity provider":
    "the identity provider lets go of who has left before they are removed, or a sync would bring them back",
  "leavers: content": "content is handed over while its owner is still there",
  "leavers: person": "who has left goes once nothing else is left of them",
  "projects made and changed": "projects come before what hangs on them",
  "groups and people made": "groups and people come before what hangs on them",
  "people renamed": "a name gives no access: it goes with the people",
  "identity provider: gains":
    "group changes first, the identity provider's before all: its sync sets the rest",
  "memberships added": "group changes come before people's own roles, and giving before taking",
  "groups' roles raised": "groups' roles come before people's own, and giving before taking",
  "groups' modules granted": "a module needs a role on the project to be worth something",
  "identity provider: losses":
    "the identity provider takes before we do: a sync would give back what it still holds",
  "memberships removed": "group changes come before people's own roles, and taking after giving",
  "groups' modules revoked": "a module goes before the role that it needs",
  "groups' roles lowered": "groups' roles come before people's own, and taking after giving",
  "invitations accepted": "who has not accepted yet cannot stand in for anybody",
  "people's roles raised": "people's own roles come after the groups, and giving before taking",
  "people's modules granted": "a module needs a role on the project to be worth something",
  "keys made": "a new key comes before the old one goes",
  "keys handed over": "whoever uses a key has the new one before the old one goes",
  "people's modules revoked": "a module goes before the role that it needs",
  "people's roles lowered": "people's own roles come after the groups, and taking after giving",
  "people removed": "people go once nobody depends on their access",
  "groups deleted": "a group goes once nobody depends on it",
  "keys deleted": "an old key goes once the new one is in use",
  "projects archived": "a project is closed once nobody is to reach it",
  "settings loosened": "what loosens a setting comes after everything that it would expose",
  "settings that can lock out": "last: it can lock out whoever runs this",
  records: "a record says that the steps of its declaration are done",
};

/** Where a step stands in a plan, and why there. It is no part of a step's identity, and of no digest. */
export interface Place {
  readonly phase: Phase;
  /** Its place by preference alone, counted from 1. */
  readonly preferred: number;
  /** Why it is there: `later than preferred: ana@nova.agency would lose Viewer on Mobile`. */
  readonly reason: string;
  /** Id of the step that it had to wait for. */
  readonly after?: string;
  /** Of a step that others carry out: ids of those that must be done before it. Plans of before 0.2 have `after` alone. */
  readonly notBefore?: readonly string[];
}

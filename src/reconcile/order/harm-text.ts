import {
  accessText,
  admitted,
  byPassword,
  effectiveAccess,
  isKeyHolder,
  keyOfHolder,
  organizationPlace,
  present,
  type Email,
  type KeyName,
  type Model,
  type Rights,
} from "../../access";
import type { LiveStep } from "../step";

/** What somebody would gain (P2) or lose (P3) by a step, in words; found by doing it once more. */
export interface ToTell {
  readonly model: Model;
  readonly step: LiveStep;
  readonly email: Email;
  readonly rights: Rights;
  readonly rule: "P2" | "P3";
  /** Whether it would come with the next sync, not with the step itself. */
  readonly synced: boolean;
}

/** `ana@nova.agency would lose Viewer on Mobile` */
export function harmText({ model, step, email, rights, rule, synced }: ToTell): string {
  if (isKeyHolder(email)) return keyText(keyOfHolder(email), rule, model);
  const when = synced ? " at the next sync" : "";
  const [place = organizationPlace] = rights.keys();
  if (place === organizationPlace) return `${email} ${inOrganization(rule, rights.get(place) ?? 0)}${when}`;
  const [projectId = place] = place.split(" ", 1);
  const live = model.organization;
  const access = (): string => accessText(effectiveAccess(live, email).projects.get(projectId));
  const before = access();
  const mark = model.mark();
  model.apply(step.effects);
  if (synced) model.sync([email]);
  const after = access();
  model.rollback(mark);
  const project = live.project(projectId)?.name ?? projectId;
  if (rule === "P2")
    return `${email} would be ${after} on ${project}, which they are to be neither before nor after${when}`;
  return after === "no access"
    ? `${email} would lose ${before} on ${project}${when}`
    : `${email} would be only ${after} on ${project}, not ${before}${when}`;
}

/** `the secret key nova-sync of Web would be out of use before another of its generations is in use` */
function keyText({ keyType, label, projectId }: KeyName, rule: "P2" | "P3", { organization }: Model): string {
  const of = projectId === undefined ? "" : ` of ${organization.project(projectId)?.name ?? projectId}`;
  const does =
    rule === "P2"
      ? "would open it, which it is to do neither before nor after"
      : "would be gone for whoever works with it: no other generation of it is in use";
  return `the ${keyType} key ${label}${of} ${does}`;
}

function inOrganization(rule: "P2" | "P3", bits: number): string {
  if ((bits & present) !== 0)
    return rule === "P3"
      ? "would be removed, and is to stay"
      : "would be there, and is to be there neither before nor after";
  if ((bits & byPassword) !== 0 && rule === "P2")
    return "could accept with a password, before single sign-on is enforced";
  if ((bits & admitted) !== 0 && rule === "P3")
    return "would be shut out by single sign-on, and is to stay: the identity provider does not have them";
  return rule === "P3"
    ? "would lose what they may do in the organization"
    : "could do in the organization what they may neither before nor after";
}

import { Engagement, type AccessStack, type EngagementProps } from "amplitude-access";

/** The facts of an engagement. */
export const FACTS: EngagementProps = {
  agency: "Nova Analytics GmbH",
  domains: ["nova.agency"],
  sow: "SOW-2231",
  dpa: "DPA-0917",
  owner: "priya@acme.com",
  from: "2026-11-30",
  until: "2027-03-31",
};

/** The engagement "nova" with these facts, but for some. */
export const nova = (stack: AccessStack, facts: Partial<EngagementProps> = {}): Engagement =>
  new Engagement(stack, "nova", { ...FACTS, ...facts });

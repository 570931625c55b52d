import type { Seed } from "../../src/emulator/index";
import { at, client, type Answer, type Client } from "./acme";

export const org = "/api/2/organizations/7";

export const projects: Seed["projects"] = [
  { id: 501, name: "Production", environment: "production", addOns: ["govern", "experiment"] },
  { id: 502, name: "Staging" },
  { id: 503, name: "Retired", archived: true, addOns: ["govern"] },
];

export const november = { start_date: "2026-11-01T00:00:00Z", end_date: "2026-11-30T00:00:00Z" };

/** The small organization with projects to manage, at an Amplitude that serves the management family. */
export function served(seed: Partial<Seed> = {}): Client {
  return client({
    projects,
    ...seed,
    switches: { management: "served", "audit-log-documented-only": false, ...seed.switches },
  });
}

/** What is asked for to grant a module; the principal is an e-mail or a group's id. */
export function moduleGrant(principal: string, name: string, project = 501): object {
  const type = principal.includes("@") ? "user" : "group";
  return { principal_type: type, principal, project_id: project, module: name };
}

/** What a test of a refusal looks at. */
export function codes(answer: Answer): unknown {
  return { status: answer.status, code: at(answer, "error_code") };
}

/** The audit log, newest first: who, domain, feature, action, target. */
export async function log({ send }: Client): Promise<string[]> {
  const answer = await send("POST", "/api/2/audit-logs/7", november);
  return (at(answer, "events") as Record<string, string>[]).map((event) =>
    [event["user_email"], event["domain"], event["feature"], event["action"], event["target"]].join(" "),
  );
}

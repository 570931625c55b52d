import type { AuditEvent, ReadApi } from "../../src/api";
import type { Emulator } from "../../src/emulator";

/** The audit log of a month. */
export async function lately(api: ReadApi): Promise<readonly AuditEvent[]> {
  await api.start();
  const day = 24 * 60 * 60 * 1000;
  const [from = "", to = ""] = [api.now() - 30 * day, api.now()].map((time) => new Date(time).toISOString());
  return (await api.events(from, to)).items;
}

/** `eng Web: Viewer`, sorted. */
export function grantsOf(emulator: Emulator): string[] {
  const { assignments, groups, projects } = emulator.state();
  return assignments
    .map(({ principalType, principal, project, role }) => {
      const group = groups.find(({ id, name }) => String(id) === String(principal) || name === principal);
      const holder = principalType === "group" ? (group?.name ?? String(principal)) : String(principal);
      const on = projects.find(({ id }) => id === project)?.name ?? String(project);
      return `${holder} ${on}: ${role}`;
    })
    .sort();
}

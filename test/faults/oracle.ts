import { createEmulator, type State } from "../../src/emulator";

/*
 * What people may do and what may not come about on the way, read off the emulator's state. Written from the playbook's matrix and
 * the rules of ARCHITECTURE.md, without the model that plans are judged by.
 */

type Rights = ReadonlySet<string>;
export type Access = ReadonlyMap<string, Rights>;

const byRole: Readonly<Record<string, readonly string[]>> = {
  Viewer: ["view"],
  Member: ["view", "personal charts", "cohorts", "export"],
  Manager: ["view", "personal charts", "cohorts", "export", "shared content"],
  Admin: ["view", "personal charts", "cohorts", "export", "shared content", "settings", "delete"],
};
const byAdministration = ["view", "personal charts", "cohorts", "export", "shared content", "delete"];

/** A state is looked at before a write and after the one before it: what is read off it is worked out once. */
function once<T>(read: (state: State) => T): (state: State) => T {
  const known = new WeakMap<State, T>();
  return (state) => {
    const found = known.get(state) ?? read(state);
    known.set(state, found);
    return found;
  };
}

/** What everybody may do: present or not, on every project, in the organization. */
export const accessIn = once(
  ({ people, groups, projects, assignments, modules, settings, identityProvider }: State): Access => {
    const provided = new Set(identityProvider?.groups.flatMap(({ members }) => members));
    return new Map(
      people.map(({ email, organizationRole }) => {
        const rights = new Set(["is in the organization"]);
        if (!settings.ssoEnforced || provided.has(email)) rights.add("can log in");
        const administers = organizationRole === "owner" || organizationRole === "admin";
        if (administers) rights.add("administers");
        if (organizationRole === "owner") rights.add("billing");
        // No access in the organization is none on its projects, whatever is granted there.
        if (organizationRole === "no_access") return [email, rights];
        const of = groups.filter(({ members }) => members.includes(email));
        for (const { id, name, archived } of projects) {
          if (archived) continue;
          for (const right of administers ? byAdministration : []) rights.add(`${right} on ${name}`);
          const held = new Set<string>();
          for (const { principalType, principal, project, role } of assignments) {
            if (project !== id) continue;
            const reached =
              principalType === "user"
                ? principal === email
                : of.some((group) => String(group.id) === String(principal) || group.name === principal);
            if (reached) held.add(role);
          }
          const manages = modules.some(
            ({ principalType, principal, project }) =>
              project === id &&
              (principalType === "user"
                ? principal === email
                : of.some((group) => String(group.id) === String(principal) || group.name === principal)),
          );
          // What a role of one's own gives is not readable: it is a right of its own, also with a module.
          for (const role of held) {
            for (const right of byRole[role] ?? [role]) rights.add(`${right} on ${name}`);
            if (!manages) continue;
            if (role === "Manager" || role === "Admin") rights.add(`edit tracking plans on ${name}`);
            else if (byRole[role] === undefined)
              rights.add(`whatever data managers may as ${role} on ${name}`);
          }
        }
        return [email, rights];
      }),
    );
  },
);

/** Everything that somebody can write or take away, as one text each. */
export const edges = once(
  ({ people, groups, projects, assignments, modules, settings, apiKeys }: State): ReadonlySet<string> => {
    const groupName = (id: string | number): string =>
      groups.find((group) => String(group.id) === String(id) || group.name === id)?.name ?? String(id);
    return new Set([
      ...people.map(({ email }) => `person ${email}`),
      ...people.map(({ email, organizationRole }) => {
        const administers = organizationRole === "owner" || organizationRole === "admin";
        return `${email}: ${administers ? "admin" : "member"}`;
      }),
      ...groups.flatMap(({ name, members }) => [
        `group ${name}`,
        ...members.map((email) => `${name} has ${email}`),
      ]),
      `single sign-on: ${settings.ssoEnforced ? "enforced" : "not enforced"}`,
      ...projects.map(({ name, archived }) => `project ${name}: ${archived ? "archived" : "open"}`),
      ...apiKeys.map(({ label }) => `key ${label}`),
      ...modules.map(
        ({ principalType, principal, project }) =>
          `${principalType === "user" ? String(principal) : groupName(principal)} manages data of ${project}`,
      ),
      ...assignments.map(
        ({ principalType, principal, project, role }) =>
          `${principalType === "user" ? String(principal) : groupName(principal)} ` +
          `${projects.find(({ id }) => id === project)?.name ?? String(project)}: ${role}`,
      ),
    ]);
  },
);

/** The state after the identity provider's next sync, which is tried on a copy where it could do something. */
export const synced = once(async (state: State): Promise<State> => {
  if (isSynced(state)) return state;
  const copy = createEmulator({ ...state, audit: [] }, { clock: "virtual" });
  await copy.fetch(new Request("http://127.0.0.1/_emulator/idp/sync", { method: "POST" }));
  return copy.state();
});

function isSynced({ identityProvider, groups, people, projects, assignments }: State): boolean {
  return (identityProvider?.groups ?? []).every(({ name, members, mapping }) => {
    const live = new Set(groups.find((group) => group.name === name)?.members);
    return (
      members.length === live.size &&
      members.every((email) => live.has(email) && people.some((person) => person.email === email)) &&
      members.every((email) =>
        Object.entries(mapping?.projectRoles ?? {}).every(([on, role]) =>
          assignments.some(
            (each) =>
              each.principal === email &&
              each.role === role &&
              projects.some(({ id, name: called }) => id === each.project && called === on),
          ),
        ),
      )
    );
  });
}

/** Between what a run moves. */
export interface Bounds {
  readonly before: Access;
  readonly after: Access;
  readonly minimum: number;
  readonly kept: readonly string[];
  /** Labels of keys that are there before and after: one generation of each is always in use. */
  readonly labels: readonly string[];
  /** Keys that whoever uses them has, as Amplitude shows them. */
  readonly inUse: ReadonlySet<string>;
}

/** What is not as it must be on the way. */
export function violations(
  state: State,
  { before, after, minimum, kept, labels, inUse }: Bounds,
): Set<string> {
  const now = accessIn(state);
  const found = new Set<string>();
  for (const email of new Set([...before.keys(), ...after.keys(), ...now.keys()])) {
    const [was, is, will] = [before, now, after].map((access) => access.get(email) ?? new Set<string>());
    // Whoever administers reaches every project, also one that comes or goes meanwhile: that they administer is what is judged.
    const administers = [was, is, will].some((rights) => rights?.has("administers") === true);
    const implied = administers ? byAdministration : [];
    for (const right of is ?? []) {
      if (implied.some((each) => right.startsWith(`${each} on `))) continue;
      if (was?.has(right) !== true && will?.has(right) !== true) found.add(`P2 ${email} has: ${right}`);
    }
    for (const right of was ?? []) {
      if (will?.has(right) === true && is?.has(right) !== true) found.add(`P3 ${email} lacks: ${right}`);
    }
  }
  const administrators = state.people.filter(
    ({ email, status, organizationRole: role }) =>
      status === "joined" &&
      (role === "owner" || role === "admin") &&
      now.get(email)?.has("can log in") === true,
  );
  for (let short = administrators.length; short < minimum; short++)
    found.add(`P1 administrators: only ${short}`);
  for (const email of kept)
    if (!administrators.some((person) => person.email === email))
      found.add(`P1 ${email} lost administration`);
  for (const label of labels) {
    const live = state.apiKeys.filter((key) => key.label === label || key.label.startsWith(`${label} #`));
    if (!live.some((key) => inUse.has(key.label))) found.add(`P3 key ${label}: none of it is in use`);
  }
  return found;
}

/** What a write has added that was not so before, nor would have been after a sync (P1 to P4). */
export async function addedBy(first: State, then: State, bounds: Bounds): Promise<string[]> {
  const [was, is] = [edges(first), edges(then)];
  const changed = [...new Set([...was, ...is])].filter((edge) => was.has(edge) !== is.has(edge));
  if (changed.length === 0) return [];
  const [firstSynced, thenSynced] = [await synced(first), await synced(then)];
  const known = new Set([...violations(first, bounds), ...violations(firstSynced, bounds)]);
  const now = [...violations(then, bounds)].filter((each) => !known.has(each));
  const later = [...violations(thenSynced, bounds)]
    .filter((each) => !known.has(each) && !now.includes(each))
    .map((each) => `${each} (after a sync)`);
  const end = edges(thenSynced);
  const undone = changed
    .filter((edge) => end.has(edge) === was.has(edge))
    .map((edge) => `P4 a sync undoes: ${edge}`);
  return [...now, ...later, ...undone];
}

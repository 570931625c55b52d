/** One organization in two spellings: what an emulator is seeded with, and the stack that declares exactly that. */

const MEMBERS = 80;
const PROJECTS = 40;
const GRANTS_PER_GROUP = 20;
const DIRECT_GRANTS_PER_PERSON = 4;

export const ORGANIZATION_ID = 1;

const email = (i: number): string => `person${i}@large.example`;
const projectName = (i: number): string => `Project ${i}`;
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** For each group its members and projects; `people` is a multiple of 20. */
function groupsOf(people: number): { name: string; members: string[]; projects: number[] }[] {
  return range(people / 20).map((g) => ({
    name: `group-${g}`,
    members: range(MEMBERS).map((m) => email((g * 17 + m) % people)),
    projects: range(GRANTS_PER_GROUP).map((p) => (g + p) % PROJECTS),
  }));
}

/** A quarter of the people have four direct grants each. */
function directGrants(people: number): { person: string; project: number }[] {
  return range(people).map((i) => ({
    person: email(i % (people / DIRECT_GRANTS_PER_PERSON)),
    project: (i + Math.floor((i * DIRECT_GRANTS_PER_PERSON) / people)) % PROJECTS,
  }));
}

/** `people` people, a twentieth as many groups, four times as many memberships, twice as many role assignments. */
export function largeSeed(people: number): object {
  const groups = groupsOf(people);
  return {
    format: "amplitude-emulator/1",
    organization: { id: ORGANIZATION_ID, name: "Large", region: "us" },
    clock: "2026-11-23T09:00:00Z",
    people: range(people).map((i) => ({ email: email(i), givenName: "Person", familyName: `Number ${i}` })),
    groups: groups.map(({ name, members }, g) => ({ id: g + 1, name, members })),
    projects: range(PROJECTS).map((i) => ({ id: 1000 + i, name: projectName(i) })),
    assignments: [
      ...groups.flatMap(({ projects }, g) =>
        projects.map((p) => ({
          principalType: "group",
          principal: g + 1,
          project: 1000 + p,
          role: "Member",
        })),
      ),
      ...directGrants(people).map(({ person, project }) => ({
        principalType: "user",
        principal: person,
        project: 1000 + project,
        role: "Viewer",
      })),
    ],
  };
}

/** The same as a synthesized stack. */
export function largeStack(people: number): object {
  const groups = groupsOf(people);
  const assignment: Record<string, object> = {};
  groups.forEach(({ projects }, g) => {
    for (const p of projects) {
      assignment[`g${g}_${p}`] = {
        principal_type: "group",
        principal: `\${amplitude_group.g${g}.id}`,
        project_id: `\${data.amplitude_project.p${p}.id}`,
        role: "Member",
      };
    }
  });
  directGrants(people).forEach(({ person, project }, i) => {
    assignment[`u${i}`] = {
      principal_type: "user",
      principal: person,
      project_id: `\${data.amplitude_project.p${project}.id}`,
      role: "Viewer",
    };
  });
  return {
    "//": { metadata: { stackName: "large" } },
    provider: { amplitude: [{ org_id: String(ORGANIZATION_ID), region: "us" }] },
    data: {
      amplitude_project: Object.fromEntries(range(PROJECTS).map((i) => [`p${i}`, { name: projectName(i) }])),
    },
    resource: {
      amplitude_group: Object.fromEntries(groups.map(({ name, members }, g) => [`g${g}`, { name, members }])),
      amplitude_project_role_assignment: assignment,
    },
  };
}

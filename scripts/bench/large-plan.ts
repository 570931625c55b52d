import { emptyBase, makePlan, parseStack, unite, type LivePlan } from "../../src/reconcile";
import type { Snapshot } from "../../src/resources";

/** How large, and how much of it changes. */
export interface LargePlan {
  /** A multiple of 50. */
  readonly people: number;
  /** Of those, whose role changes on every project that they reach. A multiple of 50. */
  readonly changed: number;
  readonly projects: number;
  /** Projects that each group opens, one beside the other. */
  readonly projectsOfGroup: number;
}

const MEMBERS = 50;
const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
const email = (index: number): string => `person${String(index).padStart(5, "0")}@large.example`;
const roleId = (index: number): string => `00000000-0000-4000-8000-00000000000${index}`;

/** A plan of a large organization, without anything to read it from: groups of 50, of which some get another role. */
export function largePlan({ people, changed, projects, projectsOfGroup }: LargePlan): LivePlan {
  const groups = range(people / MEMBERS).map((group) => ({
    id: String(group + 1),
    name: `group-${group}`,
    members: range(MEMBERS).map((member) => email(group * MEMBERS + member)),
    projects: range(projectsOfGroup).map((project) => (group + project) % projects),
  }));
  const at = "2026-11-23T09:00:00Z";
  const proof = (family: "scim" | "user-management", collection: string, rows: number) => ({
    family,
    collection,
    requests: Math.ceil(rows / 100),
    rows,
    startedAt: at,
    endedAt: at,
  });
  const snapshot: Snapshot = {
    people: range(people).map((index) => ({ email: email(index) })),
    groups: groups.map(({ id, name, members }) => ({ id, name, members })),
    roles: ["Viewer", "Member", "Manager", "Admin"].map((name, index) => ({
      id: roleId(index),
      name,
      custom: false,
    })),
    projects: range(projects).map((index) => ({ id: String(1000 + index), name: `Project ${index}` })),
    assignments: groups.flatMap(({ id, projects: opened }) =>
      opened.map((project) => ({
        id: `${id}-${project}`,
        principalType: "group" as const,
        principal: id,
        projectId: String(1000 + project),
        roleId: roleId(1),
      })),
    ),
    userManagementGroups: groups.map(({ id }) => ({ id })),
    proofs: [
      proof("scim", "people", people),
      proof("user-management", "role assignments", groups.length * projectsOfGroup),
    ],
    families: ["scim", "user-management"],
  };
  const roles = ["Viewer", "Manager", "Admin"];
  const stack = {
    "//": { metadata: { stackName: "large" } },
    provider: { amplitude: [{ org_id: "1", region: "us" }] },
    resource: {
      amplitude_group: Object.fromEntries(
        groups
          .slice(0, changed / MEMBERS)
          .map(({ name, members }, group) => [`g${group}`, { name, members }]),
      ),
      amplitude_project_role_assignment: Object.fromEntries(
        groups.slice(0, changed / MEMBERS).flatMap(({ projects: opened }, group) =>
          opened.map((project) => [
            `g${group}_${project}`,
            {
              principal_type: "group",
              principal: `\${amplitude_group.g${group}.id}`,
              project_id: String(1000 + project),
              role: roles[(group + project) % roles.length],
            },
          ]),
        ),
      ),
    },
  };
  return makePlan({
    desired: unite([parseStack(JSON.stringify(stack), "cdk.tf.json")]),
    snapshot,
    base: emptyBase({ orgId: "1", host: "bench" }),
    baseKnown: false,
    retired: new Set(),
    host: "bench",
    now: Date.parse(at),
  });
}

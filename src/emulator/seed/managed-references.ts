import { addOnOf } from "./managed-records";
import type { ProjectState, State } from "./schema";
import { unique, type Path, type Report } from "./uniqueness";

/** What is twice or points nowhere among module grants, API keys and properties. */
export function managedProblems(seed: State, report: Report): void {
  const projects = new Map(seed.projects.map((project) => [project.id, project]));
  const needsProject = (id: number, path: Path): void => {
    if (!projects.has(id)) report(path, `there is no project ${id}`);
  };
  moduleProblems(seed, projects, report);
  unique(seed.apiKeys, "apiKeys", "id", (key) => key.id, report);
  seed.apiKeys.forEach((key, index) => {
    if (key.projectId !== null) needsProject(key.projectId, ["apiKeys", index, "projectId"]);
  });
  unique(
    seed.properties,
    "properties",
    undefined,
    ({ project, type, name }) => `${type} property ${name} of project ${project}`,
    report,
  );
  seed.properties.forEach(({ project }, index) => needsProject(project, ["properties", index, "project"]));
}

function moduleProblems(seed: State, projects: ReadonlyMap<number, ProjectState>, report: Report): void {
  const people = new Set(seed.people.map((person) => person.email.toLowerCase()));
  const ids = new Set<string>();
  const taken = new Set<string>();
  seed.modules.forEach((grant, index) => {
    const at = (field: string): Path => ["modules", index, field];
    if (grant.id !== undefined) {
      if (ids.has(grant.id)) report(at("id"), `${grant.id} is the id of an earlier module grant`);
      ids.add(grant.id);
    }
    let key = String(grant.principal).toLowerCase();
    if (grant.principalType === "user") {
      if (!people.has(key)) report(at("principal"), `${grant.principal} is not in people`);
    } else {
      const group =
        seed.groups.find(({ name }) => name === grant.principal) ??
        seed.groups.find(({ id }) => String(id) === String(grant.principal));
      if (group === undefined) report(at("principal"), `there is no group ${grant.principal}`);
      key = String(group?.id ?? grant.principal);
    }
    const project = projects.get(grant.project);
    if (project === undefined) report(at("project"), `there is no project ${grant.project}`);
    else if (!project.addOns.includes(addOnOf(grant.module)))
      report(at("module"), `project ${grant.project} does not have the add-on ${addOnOf(grant.module)}`);
    const place = `${grant.principalType} ${key} ${grant.project} ${grant.module}`;
    if (taken.has(place))
      report(
        ["modules", index],
        `${grant.principal} already has ${grant.module} on project ${grant.project}`,
      );
    taken.add(place);
  });
}

import { canonicalName } from "../schema";
import type { Draft } from "./draft";
import { isRefusal, type Refusal } from "./effect";
import { keyText, type KeyIdentity, type Project } from "./organization";
import { newId, projectIdOf, unknownProject } from "./reference";

/** A new project, known as `new:<name>` until it has an id. The name of an archived one is taken too. */
export function createProject(draft: Draft, name: string, id = newId(name)): Refusal | undefined {
  if (draft.projectsNamed(name).length > 0) return nameTaken(name);
  if (draft.project(id) !== undefined)
    return { code: "project_name_taken", reason: `There is already a project of the id ${id}.` };
  draft.putProject({ id, name, archived: false });
  return undefined;
}

export function renameProject(draft: Draft, projectId: string, name: string): Refusal | undefined {
  const project = listedProject(draft, projectId);
  if (isRefusal(project)) return project;
  if (canonicalName(project.name) === canonicalName(name)) return undefined;
  if (draft.projectsNamed(name).length > 0) return nameTaken(name);
  draft.putProject({ ...project, name });
  return undefined;
}

/** Archives or restores. */
export function changeProject(
  draft: Draft,
  projectId: string,
  { archived }: { readonly archived: boolean },
): Refusal | undefined {
  const project = listedProject(draft, projectId);
  if (isRefusal(project)) return project;
  if ((project.archived ?? false) !== archived) draft.putProject({ ...project, archived });
  return undefined;
}

/** Why nothing can be granted on this project now. */
export function archivedRefusal(draft: Draft, projectId: string): Refusal | undefined {
  const project = draft.project(projectId);
  if (project?.archived !== true) return undefined;
  return {
    code: "project_archived",
    reason: `The project ${project.name} is archived: nothing can be granted on it.`,
  };
}

export function createKey(draft: Draft, identity: KeyIdentity): Refusal | undefined {
  const key = keyIn(draft, identity);
  if (isRefusal(key)) return key;
  if (draft.key(key) !== undefined) {
    const reason = `There is already a ${key.keyType} key ${key.label} of generation ${key.generation}.`;
    return { code: "key_present", reason };
  }
  draft.putKey({ id: newId(keyText(key)), ...key });
  return undefined;
}

/** Whoever uses the key has it: nothing of the organization changes, but only what is there can be handed over. */
export function handOverKey(draft: Draft, identity: KeyIdentity): Refusal | undefined {
  const key = keyIn(draft, identity);
  if (isRefusal(key)) return key;
  if (draft.key(key) !== undefined) return undefined;
  const reason = `There is no ${key.keyType} key ${key.label} of generation ${key.generation}.`;
  return { code: "key_unknown", reason };
}

export function deleteKey(draft: Draft, identity: KeyIdentity): Refusal | undefined {
  const key = keyIn(draft, identity);
  if (isRefusal(key)) return key.code === "project_unknown" ? undefined : key;
  draft.dropKey(key);
  return undefined;
}

/** The key's identity with the id that its project is known by. */
function keyIn(draft: Draft, { label, keyType, projectId, generation }: KeyIdentity): KeyIdentity | Refusal {
  if (projectId === undefined) return { label, keyType, generation };
  const project = projectIdOf(draft, projectId);
  return isRefusal(project) ? project : { label, keyType, projectId: project.id, generation };
}

function listedProject(draft: Draft, projectId: string): Project | Refusal {
  const found = projectIdOf(draft, projectId);
  return isRefusal(found) ? found : (draft.project(found.id) ?? unknownProject(found.id));
}

function nameTaken(name: string): Refusal {
  return { code: "project_name_taken", reason: `There is already a project ${name}.` };
}

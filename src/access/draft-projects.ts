import { canonicalName } from "../schema";
import type { Organization, Project } from "./organization";
import { Overlay, type Undo } from "./overlay";

/** The projects of a draft, by id and by name. */
export class DraftProjects {
  readonly #base: Organization;
  readonly #projects: Overlay<string, Project>;
  readonly #idsByName: Overlay<string, readonly string[]>;

  constructor(base: Organization, journal: Undo[]) {
    this.#base = base;
    this.#projects = new Overlay((id) => base.project(id), journal);
    this.#idsByName = new Overlay((name) => base.projectsNamed(name).map(({ id }) => id), journal);
  }

  *all(): Iterable<Project> {
    for (const project of this.#base.projects()) {
      if (!this.#projects.covers(project.id)) yield project;
    }
    yield* this.#projects.added();
  }

  one(id: string): Project | undefined {
    return this.#projects.get(id);
  }

  named(name: string): readonly Project[] {
    return this.#idsNamed(name).flatMap((id) => this.one(id) ?? []);
  }

  /** Ids that were put here. */
  putIds(): Iterable<string> {
    return this.#projects.addedKeys();
  }

  /** Adds the project, or replaces what was known of it. */
  put(project: Project): void {
    const known = this.one(project.id);
    this.#projects.set(project.id, project);
    if (known?.name === project.name) return;
    if (known !== undefined) {
      const others = this.#idsNamed(known.name).filter((id) => id !== project.id);
      this.#idsByName.set(canonicalName(known.name), others);
    }
    this.#idsByName.set(canonicalName(project.name), [...this.#idsNamed(project.name), project.id]);
  }

  #idsNamed(name: string): readonly string[] {
    return this.#idsByName.get(canonicalName(name)) ?? [];
  }
}

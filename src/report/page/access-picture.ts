import {
  accessText,
  canonicalEmail,
  effectiveAccess,
  everyonesAccess,
  type Organization,
  type Principal,
  type ProjectAccess,
} from "../../access";
import type { LivePlan } from "../../reconcile";
import type { PlanView, ProjectView } from "../view/plan-view";
import type { Cell, Edge, PageData, PagePerson } from "./page-data";

/** Everything that the matrix and the graph show: people, all that they hold, before and after. Pure. */
export function accessPicture(
  { before, after }: Pick<LivePlan, "before" | "after">,
  view: PlanView,
  { everyone }: { readonly everyone: boolean },
): PageData {
  const projects = new Places(projectNames(before, after));
  const groups = new Places(new Map());
  const texts = new Places(new Map());
  const changed = new Map(view.people.map((person, card) => [person.email, { person, card }]));
  const emails = everyone
    ? new Set([...changed.keys(), ...[before, after].flatMap(everyonesAccess).map(({ email }) => email)])
    : new Set(changed.keys());
  const people = [...emails].map((email): PagePerson => {
    const [was, is] = [effectiveAccess(before, email), effectiveAccess(after, email)];
    const difference = changed.get(email);
    const ids = new Set([...was.projects.keys(), ...is.projects.keys()]);
    const cells = [...ids].map((id): Cell => {
      const [left, right] = [was.projects.get(id), is.projects.get(id)];
      return [
        projects.of(id),
        texts.of(accessText(left)),
        texts.of(accessText(right)),
        levelOf(right ?? left),
        markOf(difference?.person.projects.find((project) => project.id === id)),
      ];
    });
    return {
      email,
      change: difference?.person.change ?? "",
      card: difference?.card ?? -1,
      cells,
      groups: groupEdges(before, after, email, groups),
      direct: grantEdges(before, after, { type: "user", id: canonicalEmail(email) }, projects, texts),
    };
  });
  return {
    projects: projects.names(),
    groups: [...groups.ids()].map((id) => ({
      name: (after.group(id) ?? before.group(id))?.name ?? id,
      grants: grantEdges(before, after, { type: "group", id }, projects, texts),
    })),
    texts: texts.names(),
    people,
  };
}

/** Numbers things in the order in which they are first named. */
class Places {
  readonly #names: ReadonlyMap<string, string>;
  readonly #places = new Map<string, number>();

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
    for (const id of names.keys()) this.of(id);
  }

  of(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    this.#places.set(id, this.#places.size);
    return this.#places.size - 1;
  }

  ids(): Iterable<string> {
    return this.#places.keys();
  }

  names(): string[] {
    return [...this.#places.keys()].map((id) => this.#names.get(id) ?? id);
  }
}

/** By name; a project that only grants name goes by its id. */
function projectNames(before: Organization, after: Organization): ReadonlyMap<string, string> {
  const ids = new Set([...before.projectIds(), ...after.projectIds()]);
  const named = [...ids].map((id) => [id, (after.project(id) ?? before.project(id))?.name ?? id] as const);
  return new Map(named.sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const levels = { viewer: 1, member: 2, manager: 3, admin: 4 } as const;

/** For the colour: 0 nothing, 1 Viewer to 4 Admin, 5 by a role in the organization, 6 only what a custom role permits. */
function levelOf(access: ProjectAccess | undefined): number {
  if (access === undefined) return 0;
  if (access.paths.some(({ via }) => via.type === "organization")) return 5;
  return access.role === undefined ? 6 : levels[access.role];
}

function markOf(project: ProjectView | undefined): Cell[4] {
  if (project === undefined) return "";
  const { gained, lost, before, after } = project;
  const [gains, loses] = [
    gained.length > 0 || before === "no access",
    lost.length > 0 || after === "no access",
  ];
  if (gains === loses) return gains ? "~" : "=";
  return gains ? "+" : "-";
}

function groupEdges(before: Organization, after: Organization, email: string, groups: Places): Edge[] {
  const [was, is] = [before, after].map(
    (organization) => new Set(organization.groupsOf(email).map(({ id, name }) => (id === "" ? name : id))),
  );
  return edges(was ?? new Set(), is ?? new Set(), groups);
}

function edges(was: ReadonlySet<string>, is: ReadonlySet<string>, places: Places): Edge[] {
  return [...new Set([...was, ...is])].map((id) => [
    places.of(id),
    was.has(id) ? (is.has(id) ? "" : "-") : "+",
    -1,
  ]);
}

function grantEdges(
  before: Organization,
  after: Organization,
  principal: Principal,
  projects: Places,
  texts: Places,
): Edge[] {
  const [was, is] = [rolesOf(before, principal), rolesOf(after, principal)];
  return [...new Set([...was.keys(), ...is.keys()])].map((id) => {
    const [from, to] = [was.get(id), is.get(id)];
    const state = from === to ? "" : from === undefined ? "+" : to === undefined ? "-" : "~";
    const text = state === "~" ? `${from ?? ""} → ${to ?? ""}` : (to ?? from ?? "");
    return [projects.of(id), state, texts.of(text)];
  });
}

/** What one principal holds, by project: `Member`, `Member + govern data manager`. */
function rolesOf(organization: Organization, principal: Principal): ReadonlyMap<string, string> {
  const roles = new Map<string, string[]>();
  const hold = (projectId: string, what: string): void =>
    void roles.set(projectId, [...(roles.get(projectId) ?? []), what]);
  for (const { projectId, roleId } of organization.grantsOf(principal))
    hold(projectId, organization.role(roleId)?.name ?? roleId);
  for (const { projectId, module } of organization.modulesOf(principal))
    hold(projectId, module.replaceAll("_", " "));
  return new Map([...roles].map(([id, names]) => [id, names.sort().join(" + ")]));
}

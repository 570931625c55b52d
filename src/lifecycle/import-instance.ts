import type { Organization } from "../access";
import type { Kind } from "../resources";
import { DiagnosticError, problem } from "../schema";
import type { Values } from "./compare";
import { identify, liveState } from "./identity";

/**
 * The key attributes behind an import id: the segments of the kind's key, percent-encoded, joined by `/`. Where an attribute holds the id of a group or
 * a project, its name does as well; where the object itself has an id, that does as well.
 * @throws DiagnosticError when the text is no such key, or nothing of that name is live
 */
export function importInstance(kind: Kind, text: string, live: Organization): Values {
  const form = kind.key.map((name) => `<${name}>`).join("/");
  const segments = text.split("/").map((segment) => decoded(segment, form));
  const empty = kind.key.some(
    (name, index) => segments[index] === "" && kind.attributes[name]?.presence === "required",
  );
  if (segments.length !== kind.key.length || empty) {
    throw new DiagnosticError([
      problem(
        `${JSON.stringify(text)} is not an import id of ${kind.type}`,
        `Write ${form}, each part percent-encoded where it holds a "/" or "%", ids or names.`,
      ),
    ]);
  }
  const values: Record<string, unknown> = {};
  kind.key.forEach((name, index) => {
    const attribute = kind.attributes[name];
    const segment = segments[index] ?? "";
    if (segment === "") return;
    const referent = attribute?.type.refersTo?.(values);
    const text = attribute?.type.wire === "number" ? Number(segment) : segment;
    const value = referent === undefined ? text : idNamed(live, referent, segment);
    const wrong = attribute?.type.check(value);
    if (wrong !== undefined)
      throw new DiagnosticError([problem(`${name}: ${wrong}`, `The import id has the form ${form}.`)]);
    values[name] = value;
  });
  const found = byKeyOrId(kind, values, live, text);
  if (found === undefined) {
    throw new DiagnosticError([
      problem(`There is no ${kind.type} ${text}`, `Amplitude lists none of that key. Its form is ${form}.`),
    ]);
  }
  return found;
}

function byKeyOrId(kind: Kind, values: Values, live: Organization, text: string): Values | undefined {
  const byKey = liveState(identify(kind, values, { live }));
  const found =
    byKey ??
    (kind.key.length === 1 ? liveState(identify(kind, values, { live, known: { id: text } })) : undefined);
  if (found === undefined) return undefined;
  const id = kind.id(found as never);
  const keys = Object.fromEntries(kind.key.map((name) => [name, found[name] ?? values[name]]));
  return id === undefined || kind.attributes["id"] === undefined ? keys : { ...keys, id };
}

function decoded(segment: string, form: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new DiagnosticError([
      problem(`${JSON.stringify(segment)} is not percent-encoded text`, `Write ${form}, a "%" as %25.`),
    ]);
  }
}

/** An id as it is, or the id of what is called so. */
function idNamed(live: Organization, referent: "group" | "project", text: string): string {
  const named = referent === "group" ? live.groupsNamed(text) : live.projectsNamed(text);
  const [found, ...others] = named;
  if (others.length > 0) {
    throw new DiagnosticError([
      problem(
        `Two live ${referent}s are called ${text}`,
        `Write the id: ${named.map(({ id }) => id).join(" or ")}.`,
      ),
    ]);
  }
  return found?.id ?? text;
}

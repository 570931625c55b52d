import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { ValueType } from "../schema";
import { hazardsOf } from "./yaml-hazards";

/** From 1; columns in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong at a place. */
export interface PlacedProblem extends Place {
  readonly text: string;
}

/** A value and where it is written. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Place;
}

/** A field of a map. */
export interface Field {
  readonly name: string;
  readonly at: Place;
  readonly node: Node | undefined;
}

/** More are noise, and a file can have half a million. */
const SHOWN = 100;
const NOTHING = new Set(["", "~", "null", "Null", "NULL"]);
const TRUTH = /^(?:true|false)$/i;

/**
 * Reads a YAML text as plain text, lists and maps. Nothing is a number, a date or a boolean, nothing is expanded, and what is wrong is kept with its
 * place while reading goes on.
 */
export class YamlFields {
  readonly #lines = new LineCounter();
  readonly #problems: PlacedProblem[] = [];
  #root: Node | undefined;

  constructor(text: string) {
    // The parser counts lines too, and only when it runs.
    this.#lines.addNewLine(0);
    for (const { index } of text.matchAll(/\n/g)) this.#lines.addNewLine(index + 1);
    const { found, tooDeep } = hazardsOf(text);
    for (const hazard of found) this.#refuse(this.#place(hazard.offset), hazard.text);
    if (tooDeep === undefined) this.#parse(text);
    else this.#refuse(this.#place(tooDeep.offset), tooDeep.text);
  }

  /** By place. */
  get problems(): readonly PlacedProblem[] {
    const sorted = [...this.#problems].sort((a, b) => a.line - b.line || a.column - b.column);
    const more = sorted[SHOWN];
    if (more === undefined) return sorted;
    const text = `and ${sorted.length - SHOWN} more problems from here`;
    return [...sorted.slice(0, SHOWN), { line: more.line, column: more.column, text }];
  }

  refuse(at: Place, text: string): void {
    this.#refuse(at, text);
  }

  /** The fields of the document; undefined when it cannot be read further. */
  document<F extends string>(
    known: Readonly<Record<F, "required" | "optional">>,
  ): Partial<Record<F, Field>> | undefined {
    if (this.#root === undefined) return undefined;
    return this.record({ name: "the file", at: this.#placeOf(this.#root), node: this.#root }, known);
  }

  /** A map with known fields; refuses others and misses the required ones. */
  record<F extends string>(
    field: Field,
    known: Readonly<Record<F, "required" | "optional">>,
  ): Partial<Record<F, Field>> | undefined {
    const entries = this.entries(field);
    if (entries === undefined) return undefined;
    const names = Object.keys(known) as F[];
    const found = new Map<F, Field>();
    for (const entry of entries) {
      const name = names.find((candidate) => candidate === entry.name);
      if (name !== undefined) found.set(name, entry);
      else this.#refuse(entry.at, `there is no field ${quoted(entry.name)} here: use ${names.join(", ")}`);
    }
    for (const name of names) {
      if (known[name] === "required" && !found.has(name))
        this.#refuse(field.at, `${field.name} has no ${name}: add it`);
    }
    return Object.fromEntries(found) as Partial<Record<F, Field>>;
  }

  /** A map with any fields, none of them twice. */
  entries({ name, at, node }: Field): Field[] | undefined {
    if (isAlias(node)) return undefined;
    if (!isMap(node)) {
      this.#refuse(node === undefined ? at : this.#placeOf(node), `${name} is not a map: write name: value`);
      return undefined;
    }
    const seen = new Map<string, Place>();
    const entries: Field[] = [];
    for (const { key, value } of node.items) {
      if (isAlias(key)) continue;
      const place = this.#placeOf(key as Node);
      if (!isScalar(key) || typeof key.value !== "string" || key.value === "") {
        this.#refuse(place, `a field of ${name} has no name: write it as text`);
        continue;
      }
      const twin = seen.get(key.value);
      if (key.value === "<<" && key.type === "PLAIN") {
        this.#refuse(place, "a merge key is refused: write the fields out");
      } else if (twin !== undefined) {
        this.#refuse(place, `${quoted(key.value)} is there already, at line ${twin.line}: keep one`);
      } else {
        seen.set(key.value, place);
        entries.push({ name: key.value, at: place, node: (value as Node | null) ?? undefined });
      }
    }
    return entries;
  }

  /** What a field is, before it is read: a map, a list, or else text. */
  shape({ node }: Field): "map" | "list" | "text" {
    return isMap(node) ? "map" : isSeq(node) ? "list" : "text";
  }

  /** Text of one type. */
  text(field: Field | undefined, type: ValueType<string>): Placed<string> | undefined {
    return field && this.#text(field.name, field.at, field.node, type);
  }

  /** A list of texts of one type, none of them twice. */
  texts(field: Field | undefined, type: ValueType<string>): Placed<string>[] | undefined {
    if (field === undefined || isAlias(field.node)) return undefined;
    const { name, at, node } = field;
    if (!isSeq(node)) {
      this.#refuse(
        node === undefined ? at : this.#placeOf(node),
        `${name} is not a list: write [one, another]`,
      );
      return undefined;
    }
    const seen = new Set<string>();
    return (node.items as Node[]).flatMap((item) => {
      const text = this.#text(`an item of ${name}`, at, item, type);
      if (text === undefined) return [];
      if (seen.has(type.canonical(text.value)))
        this.#refuse(text.at, `${quoted(text.value)} is in ${name} twice: keep one`);
      seen.add(type.canonical(text.value));
      return [text];
    });
  }

  #text(
    name: string,
    fallback: Place,
    node: Node | undefined,
    type: ValueType<string>,
  ): Placed<string> | undefined {
    if (isAlias(node)) return undefined;
    const at = node === undefined ? fallback : this.#placeOf(node);
    const wrong = isScalar(node) || node === undefined ? undefined : "it is a list or a map, not text";
    const value = isScalar(node) && typeof node.value === "string" ? node.value : "";
    const plain = !isScalar(node) || node.type === "PLAIN";
    const empty = value.trim() === "" || (plain && NOTHING.has(value)) ? "it is empty" : undefined;
    const truth = plain && TRUTH.test(value) ? `${value} is true or false, not text` : undefined;
    const problem = wrong ?? empty ?? truth ?? type.check(value);
    if (problem === undefined) return { value, at };
    this.#refuse(at, `${name} is wrong: ${problem}`);
    return undefined;
  }

  #parse(text: string): void {
    const document = parseDocument(text, {
      schema: "failsafe",
      prettyErrors: false,
      // Its own search for duplicates takes hours for a file of 1 MiB.
      uniqueKeys: false,
      logLevel: "error",
    });
    const refused = new Set(this.#problems.map(({ line }) => line));
    const tab = document.errors.find(({ code }) => code === "TAB_AS_INDENT")?.pos[0] ?? Infinity;
    for (const { code, message, pos } of document.errors) {
      const at = this.#place(pos[0]);
      // One mistake in a line makes the parser stumble over the rest of it, a tab that indents over all that follows.
      if (pos[0] >= tab || refused.has(at.line)) continue;
      refused.add(at.line);
      this.#refuse(
        at,
        code === "MULTIPLE_DOCS"
          ? "a second document begins: one file is one engagement"
          : `not YAML: ${message}`,
      );
    }
    if (document.errors.length > 0) return;
    const root = document.contents as Node | null;
    if (root !== null && !(isScalar(root) && root.value === "")) this.#root = root;
    else this.#refuse({ line: 1, column: 1 }, "the file is empty: write the engagement's facts");
  }

  #refuse({ line, column }: Place, text: string): void {
    this.#problems.push({ line, column, text });
  }

  #placeOf(node: Node): Place {
    return this.#place(node.range?.[0] ?? 0);
  }

  #place(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

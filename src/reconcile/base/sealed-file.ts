import { z } from "zod";
import { digest, DiagnosticError, problem, type Json } from "../../schema";

/** What a saved file says of itself. */
export interface FileFormat {
  /** What people call it: `base`, `plan file`, `snapshot`. */
  readonly what: string;
  readonly format: string;
  readonly version: number;
  /** Older versions that are read, and how the content of each is that of the next one. */
  readonly older?: ReadonlyMap<number, (content: Record<string, unknown>) => Record<string, unknown>>;
}

/** JSON text of a value with its format, its version and a digest over everything: what was edited or cut short shows. */
export function seal({ format, version }: FileFormat, content: object): string {
  const stated = { format, version, ...content };
  return `${JSON.stringify({ ...stated, digest: digest(stated) })}\n`;
}

/** The content of a sealed file. Throws DiagnosticError when it is not whole, not as it was written, or of another version. */
export function unseal<T>(expected: FileFormat, text: string, file: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw fileProblem(expected, file, "It is not JSON: it was cut short or edited");
  }
  const {
    format,
    version,
    digest: stated,
    ...rest
  } = (typeof content === "object" ? (content ?? {}) : {}) as Record<string, unknown>;
  if (format !== expected.format) {
    throw fileProblem(
      expected,
      file,
      `It does not say that it is one (format ${JSON.stringify(expected.format)})`,
    );
  }
  const older = typeof version === "number" ? expected.older?.get(version) : undefined;
  if (version !== expected.version && older === undefined) {
    throw fileProblem(
      expected,
      file,
      `It is of version ${JSON.stringify(version)}, and this program reads version ${expected.version}${
        typeof version === "number" && version > expected.version
          ? ": a newer program wrote it. Update this one"
          : ""
      }`,
    );
  }
  if (stated !== digest({ format, version: version as number, ...(rest as Record<string, Json>) })) {
    throw fileProblem(expected, file, "Its content does not match its digest: it was edited or cut short");
  }
  const parsed = schema.safeParse(upgraded(rest, version as number, expected));
  if (!parsed.success) throw fileProblem(expected, file, `It is not one: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function upgraded(
  content: Record<string, unknown>,
  version: number,
  { older }: Pick<FileFormat, "older">,
): Record<string, unknown> {
  const next = older?.get(version);
  return next === undefined ? content : upgraded(next(content), version + 1, { older });
}

/** The error in which every saved file that cannot be used ends. */
export function fileProblem({ what }: FileFormat, file: string, why: string): DiagnosticError {
  return new DiagnosticError([
    problem(
      `Cannot use the ${what} ${file}`,
      `${why}. Nothing was done. Use the file as it was written, or make a new one.`,
    ),
  ]);
}

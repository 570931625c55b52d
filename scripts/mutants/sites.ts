import { createHash } from "node:crypto";
import * as ts from "typescript";

/** One place of a file where another text makes another program. */
export interface Site {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly becomes: string;
}

/** A comparison at its boundary, an equality turned round, both halves of a condition where one was enough and the other way. */
const OPERATORS: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "&&": "||",
  "||": "&&",
};

/** Functions whose argument is all that a digest knows. */
const DIGEST = /^(?:digest|sha256|hash)/i;

/** Every comparison, condition, limit and part of a digest of a source text, in its order. */
export function sitesOf(file: string, text: string): Site[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const sites: Site[] = [];
  const add = (node: ts.Node, becomes: string): void => {
    const start = node.getStart(source);
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    sites.push({ file, line, start, end: node.end, was: text.slice(start, node.end), becomes });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const becomes = OPERATORS[node.operatorToken.getText(source)];
      if (becomes !== undefined) add(node.operatorToken, becomes);
    }
    if (ts.isIfStatement(node)) add(node.expression, `!(${node.expression.getText(source)})`);
    if (ts.isNumericLiteral(node) && isLimit(node)) add(node, `(${node.text} + 1)`);
    if (ts.isCallExpression(node) && DIGEST.test(node.expression.getText(source)))
      for (const argument of node.arguments)
        if (ts.isObjectLiteralExpression(argument))
          for (const property of argument.properties) add(property, `${nameOf(property)}: 0`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

/** A number that something is compared with, or that has a name. */
function isLimit({ parent }: ts.NumericLiteral): boolean {
  if (ts.isVariableDeclaration(parent)) return true;
  return ts.isBinaryExpression(parent) && /^[<>]=?$/.test(parent.operatorToken.getText());
}

function nameOf(property: ts.ObjectLiteralElementLike): string {
  return property.name?.getText() ?? "spread";
}

/** So many of them, each once: the same for the same seed. */
export function sampled<T>(all: readonly T[], count: number, seed: number): T[] {
  const drawn = (index: number): string => createHash("sha256").update(`${seed} ${index}`).digest("hex");
  return all
    .map((each, index) => ({ each, by: drawn(index) }))
    .sort((a, b) => (a.by < b.by ? -1 : 1))
    .slice(0, count)
    .map(({ each }) => each);
}

import type { SyntaxNode } from '@lezer/common';
import { parseExpression } from 'feelin';
import { describeError } from './describe-error.ts';
import type { KnownNames } from './known-names.ts';
import { maskSource } from './mask-source.ts';
import { type Expression, syntaxErrorAt } from './source-position.ts';

/** An expression that fits the grammar. */
export interface ParsedSource extends Expression {
  /** The text with names, strings and comments masked; what the tree was made of. */
  readonly masked: string;
  /** The one expression. */
  readonly root: SyntaxNode;
}

function readExpression(source: string): Expression {
  const blanks = /^\s*(?:=\s*)?/.exec(source)?.[0] ?? '';
  return { source, text: source.slice(blanks.length).trimEnd(), start: blanks.length };
}

function firstError(top: SyntaxNode): SyntaxNode | undefined {
  const cursor = top.cursor();
  do {
    if (cursor.type.isError) return cursor.node;
  } while (cursor.next());
  return undefined;
}

/**
 * Parses an expression; one leading `=` is not part of it.
 * @throws {FeelSyntaxError} FEEL_SYNTAX
 */
export function parseSource(source: string, names: KnownNames, longest: number): ParsedSource {
  const expression = readExpression(source);
  if (expression.text.length > longest) {
    const message = `The expression has more than ${longest} characters (limit sourceLength)`;
    throw syntaxErrorAt(expression, 0, message);
  }
  const masked = maskSource(expression.text, names);
  const top = parseExpression(masked, {}, 'camunda').topNode;
  const error = firstError(top);
  if (error !== undefined) {
    throw syntaxErrorAt(expression, error.from, describeError(expression.text, error));
  }
  const root = top.firstChild;
  if (root === null) throw syntaxErrorAt(expression, 0, 'The expression is empty');
  return { ...expression, masked, root };
}

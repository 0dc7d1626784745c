import type { SyntaxNode, Tree } from '@lezer/common';
import { parseExpression } from 'feelin';
import { describeError } from './describe-error.ts';
import { findExpected } from './find-expected.ts';
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

/** Levels of the tree; beyond it compiling or evaluating could exhaust the stack. */
const deepest = 600;

interface Problem {
  readonly at: number;
  readonly message: string;
  /** What could stand there, where the grammar knows. */
  readonly expected?: readonly string[];
}

function findProblem(text: string, masked: string, tree: Tree): Problem | undefined {
  let depth = 0;
  let tooDeep: Problem | undefined;
  let error: SyntaxNode | undefined;
  tree.iterate({
    enter(node) {
      depth += 1;
      if (node.type.isError) error ??= node.node;
      if (depth > deepest) {
        const message = `The expression is nested deeper than ${deepest} levels, or has as many terms`;
        tooDeep ??= { at: node.from, message };
      }
      return tooDeep === undefined;
    },
    leave() {
      depth -= 1;
    },
  });
  if (tooDeep !== undefined || error === undefined) return tooDeep;
  const expected = text.trim() === '' ? ['a value'] : findExpected(masked.slice(0, error.from));
  return { at: error.from, message: describeError(text, error), expected };
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
  const tree = parseExpression(masked, {}, 'camunda');
  const problem = findProblem(expression.text, masked, tree);
  if (problem !== undefined) {
    throw syntaxErrorAt(expression, problem.at, problem.message, problem.expected);
  }
  const root = tree.topNode.firstChild;
  if (root === null) throw syntaxErrorAt(expression, 0, 'The expression is empty');
  return { ...expression, masked, root };
}
